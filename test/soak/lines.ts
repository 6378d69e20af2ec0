import Table from 'cli-table3';
import type { Progress, SoakReport } from './soak.ts';
import type { Course, Verdict } from './verdict.ts';

/** One line that tells how far the soak is. */
export function progressLine(progress: Progress, elapsedMs: number, totalMs: number): string {
  const { days, steps, moves, faults, killed } = progress;
  const { heapUsed } = process.memoryUsage();
  return [
    `${clock(elapsedMs)} of ${clock(totalMs)}`,
    `day ${days + 1}`,
    `${steps} steps`,
    `${moves} moves`,
    `${faults} faults`,
    `${killed} killed`,
    `heap ${Math.round(heapUsed / 1_000_000)} MB`,
    `${process.getActiveResourcesInfo().length} handles`,
  ].join(' · ');
}

/** What the soak came to, as a table and a last line. */
export function reportLines({ progress }: SoakReport, { courses, violations }: Verdict): readonly string[] {
  const counts = new Table({ head: ['what happened', 'times'], style: plain });
  const { days, steps, looks, invocations, killed, faults, deadLetters, moves } = progress;
  counts.push(
    ['days of the cloud', days],
    ['steps', steps],
    ['looks at the laws', looks],
    ['invocations of functions', invocations],
    ['killed among them', killed],
    ['faults injected', faults],
    ['moves of a slot', moves],
    ['dead letters, redriven', deadLetters],
  );
  const vitals = new Table({
    head: ['each night', 'first', 'last', 'level', 'growth', 'allowed', ''],
    style: plain,
  });
  vitals.push(...courses.map(courseRow));
  return [counts.toString(), vitals.toString(), ...violations, `violations ${violations.length}`];
}

const plain = { head: [], border: [], compact: true };

function courseRow({ title, unit, first, last, trend }: Course): string[] {
  const text = (value: number | undefined): string =>
    value === undefined ? '' : `${value.toFixed(unit === 'MB' ? 1 : 0)} ${unit}`.trim();
  const verdict = trend === undefined ? 'too few nights' : trend.isFlat ? 'flat' : 'GROWS';
  return [
    title,
    text(first),
    text(last),
    text(trend?.level),
    text(trend?.growth),
    text(trend?.allowed),
    verdict,
  ];
}

function clock(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
