import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../../localcloud/events/schedule-expression.ts';

/** The next times after a start, as ISO texts without seconds. */
function times(expression: string, start: string, count = 3): string[] {
  const startMs = Date.parse(`${start}Z`);
  const schedule = parseSchedule(expression, startMs);
  const found: string[] = [];
  for (let timeMs = startMs; found.length < count; ) {
    const nextMs = schedule?.nextAfter(timeMs);
    if (nextMs === undefined) break;
    found.push(new Date(nextMs).toISOString().slice(0, 16));
    timeMs = nextMs;
  }
  return found;
}

describe('a schedule', () => {
  test.each([
    ['rate(1 minute)', ['2026-01-30T10:31', '2026-01-30T10:32', '2026-01-30T10:33']],
    ['rate(2 hours)', ['2026-01-30T12:30', '2026-01-30T14:30', '2026-01-30T16:30']],
    ['rate(7 days)', ['2026-02-06T10:30', '2026-02-13T10:30', '2026-02-20T10:30']],
    ['cron(0/15 * * * ? *)', ['2026-01-30T10:45', '2026-01-30T11:00', '2026-01-30T11:15']],
    ['cron(30 10 * * ? *)', ['2026-01-31T10:30', '2026-02-01T10:30', '2026-02-02T10:30']],
    ['cron(0 8,18 ? * MON-FRI *)', ['2026-01-30T18:00', '2026-02-02T08:00', '2026-02-02T18:00']],
    ['cron(0 0 L * ? *)', ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00']],
    ['cron(0 0 1W * ? *)', ['2026-02-02T00:00', '2026-03-02T00:00', '2026-04-01T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-02-27T00:00', '2026-03-31T00:00', '2026-04-30T00:00']],
    ['cron(0 9 ? * 6L *)', ['2026-02-27T09:00', '2026-03-27T09:00', '2026-04-24T09:00']],
    ['cron(0 9 ? * 2#1 *)', ['2026-02-02T09:00', '2026-03-02T09:00', '2026-04-06T09:00']],
    ['cron(0 9 29 2 ? *)', ['2028-02-29T09:00', '2032-02-29T09:00', '2036-02-29T09:00']],
    ['cron(0 0 1 1 ? 2027-2028)', ['2027-01-01T00:00', '2028-01-01T00:00']],
    ['cron(0 0 1 1 ? 2020)', []],
  ])('%s fires when it should', (expression, expected) => {
    const fired = times(expression, '2026-01-30T10:30');

    expect(fired).toEqual(expected);
  });

  test.each([
    'rate(1 minutes)',
    'rate(0 minutes)',
    'rate(-5 minutes)',
    'rate(5 seconds)',
    'rate(5)',
    'cron(* * * * * *)',
    'cron(* * ? * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 0 32 * ? *)',
    'cron(0 0 1 13 ? *)',
    'cron(0 0 ? * FOO *)',
    'cron(0 0 1 1 ?)',
    'at(2026-01-01T00:00:00)',
  ])('%s is not valid', (expression) => {
    const schedule = parseSchedule(expression, 0);

    expect(schedule).toBeUndefined();
  });
});
