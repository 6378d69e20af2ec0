import { writeFileSync } from 'node:fs';
import type { Totals } from './totals.ts';

/**
 * Writes what a long run came to as JSON, for the documents: `docs/generate.ts` makes tables of it. `asked` are the seeds
 * that it was to simulate; somebody may have stopped it before.
 */
export function writeRunReport(path: string, asked: number, command: string, totals: Totals): void {
  const { actions, faultKinds: faults, moves, roles } = totals.counts;
  const report = { command, asked, totals: Object.fromEntries(totals.rows()), actions, faults, moves, roles };
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
}
