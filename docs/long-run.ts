import { readFileSync } from 'node:fs';
import * as z from 'zod';

const tally = z.record(z.string(), z.int());

/** As `npm run sim -- --report docs/reliability.json` writes it. */
const reportSchema = z.strictObject({
  command: z.string(),
  asked: z.int(),
  totals: tally,
  actions: tally,
  faults: tally,
  moves: tally,
  roles: tally,
});

/** What the longest run of the simulator came to, as tables. */
export function longRun(): string {
  const text = readFileSync(new URL('reliability.json', import.meta.url), 'utf8');
  const { command, asked, totals, actions, faults, moves, roles } = reportSchema.parse(JSON.parse(text));
  return [
    `\`${command}\`${stopped(totals['seeds'] ?? 0, asked)} came to this:`,
    '',
    '| what | how many |',
    '|---|---:|',
    ...Object.entries(totals).map(([name, count]) => `| ${name} | ${amount(count)} |`),
    '',
    '| of each kind | how often |',
    '|---|---|',
    `| what people and AWS did | ${counts(actions)} |`,
    `| what went wrong | ${counts(faults)} |`,
    `| calls that moved something | ${counts(moves)} |`,
    `| roles | ${counts(roles)} |`,
  ].join('\n');
}

function stopped(done: number, asked: number): string {
  return done < asked ? `, stopped by hand after ${amount(done)} of ${amount(asked)} seeds,` : '';
}

/** The most frequent first. */
function counts(kinds: Readonly<Record<string, number>>): string {
  return Object.entries(kinds)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${amount(count)}`)
    .join(', ');
}

function amount(count: number): string {
  return count.toLocaleString('en-US');
}
