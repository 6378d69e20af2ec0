import type { HistoryEntry } from '../../shared/model/history-entry.ts';
import type { Steps } from '../../shared/model/outcome.ts';
import type { Style } from '../terminal.ts';
import { tableLines } from './table-lines.ts';
import { timeText } from './times.ts';

/** One row per entry, in the order given. */
export function historyLines(entries: readonly HistoryEntry[], style: Style): readonly string[] {
  const rows = entries.map((entry) => [
    timeText(entry.timeMs),
    String(entry.generation),
    `${entry.from ?? 'nobody'}\n-> ${entry.to ?? 'nobody'}`,
    stepsText(entry.steps),
    [headline(entry, style), ...entry.changes, ...entry.refusals.map(refused)].join('\n'),
  ]);
  return tableLines(['TIME', 'GEN', 'FROM -> TO', 'TOOK', 'WHY AND WHAT'], rows, style);
}

function headline({ outcome, cause }: HistoryEntry, style: Style): string {
  return `${cause}: ${outcome === 'converged' ? style.green(outcome) : style.yellow(outcome)}`;
}

function refused(words: string): string {
  return `refused: ${words}`;
}

function stepsText(steps: Steps): string {
  const { observeMs, claimMs, applyMs } = steps;
  return `${totalMs(steps)} ms\nread ${observeMs}, claim ${claimMs}, apply ${applyMs}`;
}

function totalMs({ observeMs, claimMs, applyMs }: Steps): number {
  return observeMs + claimMs + applyMs;
}

/** For `--json`. */
export function historyDocument(entry: HistoryEntry): object {
  const { timeMs, slot, generation, outcome, cause, from, to, changes, refusals, steps } = entry;
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
    ms: { ...steps, totalMs: totalMs(steps) },
  };
}
