import { describe, expect, it } from 'vitest';
import { checkSpan, replayName } from '../../../cli/replays.ts';

const nowMs = Date.UTC(2026, 2, 1, 12, 30, 5);
const hourMs = 3_600_000;
const archive = { arn: '', busArn: '', createdMs: 0, retentionDays: 14 };

describe('checkSpan', () => {
  it('takes what the archive can have', () => {
    expect(() =>
      checkSpan({ startMs: nowMs - 14 * 24 * hourMs, endMs: nowMs }, archive, nowMs),
    ).not.toThrow();
  });

  it('takes anything of an archive that keeps events for ever', () => {
    const span = { startMs: nowMs - 900 * 24 * hourMs, endMs: nowMs };

    expect(() => checkSpan(span, { ...archive, retentionDays: 0 }, nowMs)).not.toThrow();
  });

  it.each([
    ['in the future', { startMs: nowMs, endMs: nowMs + 1 }],
    ['not before', { startMs: nowMs - hourMs, endMs: nowMs - hourMs }],
    ['14 days', { startMs: nowMs - 15 * 24 * hourMs, endMs: nowMs }],
  ])('refuses a span that is %s', (words, span) => {
    expect(() => checkSpan(span, archive, nowMs)).toThrow(words);
  });
});

describe('replayName', () => {
  it('is one that EventBridge takes, however long the name of the stack', () => {
    const name = replayName('a'.repeat(40), nowMs, '01234567-89ab-cdef-0123-456789abcdef');

    expect(name).toBe(`${'a'.repeat(32)}-20260301T123005-01234567`);
    expect(name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
  });
});
