import type { Totals } from './totals.ts';

/** How often a line tells of it: on a terminal it is written over, in a log it stays. */
const intervalMs = { terminal: 500, log: 15_000 };

/** Tells how far many runs are while they go on; disposing ends that with one last line. */
export function showProgress(totals: Totals, seeds: number): Disposable {
  const { stdout } = process;
  const startedMs = performance.now();
  const line = () => progressLine(totals, seeds, performance.now() - startedMs);
  const show = () => stdout.write(stdout.isTTY ? `\r\u001b[K${line()}` : `${line()}\n`);
  const timer = setInterval(show, stdout.isTTY ? intervalMs.terminal : intervalMs.log);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      show();
      stdout.write('\n');
    },
  };
}

/** How far it is, how fast, and how long it will still take. */
function progressLine(totals: Totals, seeds: number, elapsedMs: number): string {
  const perSecond = totals.seeds / (elapsedMs / 1_000);
  const left = totals.seeds === 0 ? '?' : durationWords((seeds - totals.seeds) / perSecond);
  return (
    `${totals.seeds} of ${seeds} seeds, ${perSecond.toFixed(1)} a second, ${left} left; ` +
    `${totals.counts.failovers} failovers, ${totals.violations} violations`
  );
}

function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
