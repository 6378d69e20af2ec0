import type { HistoryEntry } from '../../shared/model/history-entry.ts';
import type { Steps } from '../../shared/model/outcome.ts';
import type { Style } from '../terminal.ts';
import { tableLines } from './table-lines.ts';
import { timeText } from './times.ts';

interface HistoryOptions {
  /** What election said of each candidate. */
  readonly showsVerdicts: boolean;
}

/** One row per entry, in the order given; of a group each tells its slot. */
export function historyLines(
  entries: readonly HistoryEntry[],
  { showsVerdicts }: HistoryOptions,
  style: Style,
): readonly string[] {
  const isOfGroup = entries.some(({ slot }) => slot > 0);
  const rows = entries.map((entry) => [
    timeText(entry.timeMs),
    ...(isOfGroup ? [String(entry.slot)] : []),
    String(entry.generation),
    holdersText(entry),
    stepsText(entry.steps),
    [
      headline(entry, style),
      ...entry.changes,
      ...entry.refusals.map(refused),
      ...(showsVerdicts ? entry.verdicts.map((verdict) => style.dim(`- ${verdict}`)) : []),
    ].join('\n'),
  ]);
  const slot = isOfGroup ? ['SLOT'] : [];
  return tableLines(['TIME', ...slot, 'GEN', 'FROM -> TO', 'TOOK', 'WHY AND WHAT'], rows, style);
}

/** What moved nothing has one holder. */
function holdersText({ from, to }: HistoryEntry): string {
  if (from === to) return from ?? 'nobody';
  return `${from ?? 'nobody'}\n-> ${to ?? 'nobody'}`;
}

/** Words of an operator that moved nothing have no outcome worth telling. */
function headline({ outcome, cause }: HistoryEntry, style: Style): string {
  if (outcome === 'noop') return cause;
  return `${cause}: ${outcome === 'converged' ? style.green(outcome) : style.yellow(outcome)}`;
}

function refused(words: string): string {
  return `refused: ${words}`;
}

function stepsText(steps: Steps): string {
  const { observeMs, claimMs, applyMs } = steps;
  if (totalMs(steps) === 0) return '-';
  return `${totalMs(steps)} ms\nread ${observeMs}, claim ${claimMs}, apply ${applyMs}`;
}

function totalMs({ observeMs, claimMs, applyMs }: Steps): number {
  return observeMs + claimMs + applyMs;
}

/** For `--json`. */
export function historyDocument(entry: HistoryEntry): object {
  const { timeMs, slot, generation, outcome, cause, from, to, changes, refusals, verdicts, steps } = entry;
  return {
    time: new Date(timeMs).toISOString(),
    slot,
    generation,
    outcome,
    cause,
    from: from ?? null,
    to: to ?? null,
    changes,
    refusals,
    verdicts,
    ms: { ...steps, totalMs: totalMs(steps) },
  };
}
