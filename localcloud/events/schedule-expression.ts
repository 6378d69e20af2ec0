import { parseCron } from './cron.ts';
import type { Schedule } from './schedule.ts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * Compiles `rate(…)`, which counts from `startMs`, or `cron(…)` in UTC; undefined when the text is neither.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string, startMs: number): Schedule | undefined {
  const rate = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate !== null) {
    const [, count, unit, plural] = rate;
    // `rate(1 minutes)` and `rate(5 minute)` are refused.
    if (Number(count) > 1 !== (plural === 's')) return undefined;
    return everyPeriod(Number(count) * unitMs[unit as keyof typeof unitMs], startMs);
  }
  const cron = /^cron\((.+)\)$/.exec(expression)?.[1];
  return cron === undefined ? undefined : parseCron(cron);
}

function everyPeriod(periodMs: number, startMs: number): Schedule {
  return { nextAfter: (timeMs) => startMs + (Math.floor((timeMs - startMs) / periodMs) + 1) * periodMs };
}
