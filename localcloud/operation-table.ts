import type { Honesty, Operation, Service } from './core/service.ts';

/**
 * One Markdown table per service, from what each operation says of itself: what is modelled, what is not, and where its
 * rules come from. Operations in alphabetical order, so that the same code gives the same text.
 */
export function operationTable(services: Iterable<Service>): string {
  return [...services]
    .toSorted((a, b) => compare(a.name, b.name))
    .map((service) => `### ${service.name}\n\n${serviceTable(service)}`)
    .join('\n\n');
}

/** The same for what is told by subject, because it has no operations. In the order of the map. */
export function subjectTable(subjects: ReadonlyMap<string, Honesty>): string {
  return table(
    'subject',
    [...subjects].map(([subject, honesty]) => row(subject, honesty)),
  );
}

function serviceTable({ operations }: Service): string {
  const rows = [...operations.values()].toSorted((a, b) => compare(a.name, b.name)).map(operationRow);
  return table('operation', rows);
}

function table(title: string, rows: readonly string[]): string {
  return [`| ${title} | modelled | not modelled | sources |`, '|---|---|---|---|', ...rows].join('\n');
}

function operationRow({ name, effect, honesty }: Operation): string {
  return row(`\`${name}\` (${effect})`, honesty);
}

function row(title: string, { modelled, notModelled = [], sources }: Honesty): string {
  const cells = [
    title,
    modelled.map(sentence).join(' '),
    notModelled.map(sentence).join(' '),
    sources.map(sourceText).join(', '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function sentence(text: string): string {
  return /[.!?)]$/.test(text) ? text : `${text}.`;
}

/** A link is shown by the name of its page. */
function sourceText(source: string): string {
  if (!source.startsWith('https://')) return source;
  const { hostname, pathname, hash } = new URL(source);
  const page = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  return `[${page.replace(/\.(html|md)$/, '')}${hash}](${source})`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
