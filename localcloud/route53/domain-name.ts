/**
 * A domain name as Route 53 keeps it: lower case, always fully qualified, every character other than a-z, 0-9, `-`
 * and `_` as an octal escape.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export interface DomainName {
  /** With a trailing dot: `\052.example.com.` */
  readonly text: string;
  /** Leftmost first: `\052`, `example`, `com`. */
  readonly labels: readonly string[];
  /** Labels reversed, with a trailing dot: `com.example.\052.`; lists are ordered by it. */
  readonly sortKey: string;
}

/** A text that is no domain name, and Route 53's words for why. */
interface DomainNameProblem {
  readonly kind: 'problem';
  readonly message: string;
}

type ParsedDomainName = { readonly kind: 'name'; readonly name: DomainName } | DomainNameProblem;

/** As the leftmost label it stands for every name below. */
export const wildcardLabel = '\\052';

const plainLabel = /^[a-z0-9_-]+$/;
const characters = /\\([0-3][0-7]{2})|([\s\S])/gu;

const maxLabelBytes = 63;
const maxNameBytes = 255;

/** Reads a name given with or without its trailing dot, in any case, with or without escapes. */
export function parseDomainName(text: string): ParsedDomainName {
  const relative = text.endsWith('.') ? text.slice(0, -1) : text;
  if (relative === '') return problem('DomainNameEmpty (Domain name is empty)', text);
  const labels: string[] = [];
  let nameBytes = -1;
  for (const given of relative.split('.')) {
    const label = parseLabel(given, text);
    if (typeof label !== 'string') return label;
    labels.push(label);
    nameBytes += 1 + byteLength(label);
  }
  if (nameBytes > maxNameBytes) return problem('DomainNameTooLong (Domain name is too long)', text);
  return { kind: 'name', name: domainNameOf(labels) };
}

/** The name made of these labels, leftmost first, as `DomainName.labels` has them. */
export function domainNameOf(labels: readonly string[]): DomainName {
  return { text: `${labels.join('.')}.`, labels, sortKey: `${labels.toReversed().join('.')}.` };
}

/** Whether a name is the zone's own or lies below it. */
export function isWithin(name: DomainName, zoneName: DomainName): boolean {
  return name.sortKey.startsWith(zoneName.sortKey);
}

function parseLabel(given: string, name: string): string | DomainNameProblem {
  if (given === '') return problem('DomainLabelEmpty (Domain label is empty)', name);
  const label = plainLabel.test(given) ? given : escapeLabel(given);
  if (typeof label !== 'string') return label;
  if (byteLength(label) > maxLabelBytes)
    return problem('DomainLabelTooLong (Domain label is too long)', given);
  return label;
}

function escapeLabel(given: string): string | DomainNameProblem {
  let label = '';
  for (const [, octal, character] of given.matchAll(characters)) {
    const code = octal === undefined ? (character?.codePointAt(0) ?? 0) : Number.parseInt(octal, 8);
    if (octal === undefined && (code <= 0o40 || code >= 0o177)) {
      return problem('UnsupportedCharacter (Value contains unsupported characters)', character ?? '');
    }
    const lowerCased = String.fromCharCode(code).replace(/[A-Z]/, (letter) => letter.toLowerCase());
    label += plainLabel.test(lowerCased) ? lowerCased : `\\${code.toString(8).padStart(3, '0')}`;
  }
  return label;
}

function byteLength(label: string): number {
  return label.replaceAll(/\\\d{3}/g, '.').length;
}

function problem(reason: string, found: string): DomainNameProblem {
  return { kind: 'problem', message: `FATAL problem: ${reason} encountered with '${found}'` };
}
