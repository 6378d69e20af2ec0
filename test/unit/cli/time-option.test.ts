import { describe, expect, it } from 'vitest';
import { momentMs, timeOption } from '../../../cli/time-option.ts';

const nowMs = Date.UTC(2026, 2, 1, 12);

describe('timeOption', () => {
  it.each([
    ['90s', nowMs - 90_000],
    ['30m', nowMs - 1_800_000],
    ['2h', nowMs - 7_200_000],
    ['14d', nowMs - 14 * 86_400_000],
    ['2026-03-01T11:00:00Z', nowMs - 3_600_000],
    ['2026-03-01T11:00Z', nowMs - 3_600_000],
    ['2026-03-01T12:00:00.5+02:00', nowMs - 7_199_500],
  ])('takes %s', (text, timeMs) => {
    expect(momentMs(timeOption(text), nowMs)).toBe(timeMs);
  });

  it.each([
    '',
    'yesterday',
    '2',
    '2w',
    '-2h',
    '2h ago',
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-13-01T12:00:00Z',
  ])('refuses "%s"', (text) => {
    expect(() => timeOption(text)).toThrow('2h');
  });
});
