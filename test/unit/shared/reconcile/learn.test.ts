import { describe, expect, it } from 'vitest';
import { noState } from '../../../../shared/model/role-state.ts';
import { isNews, learn } from '../../../../shared/reconcile/learn.ts';
import { instanceId, nowMs, roleName } from '../../../builders/observed.ts';

const role = roleName('db');
const alarmOf = (number: number, timeMs = nowMs) => ({
  role,
  alarmName: `alarm ${number}`,
  alarm: { state: 'ALARM' as const, timeMs },
});

describe('what a role learns', () => {
  it('is news once, and again when it is later', () => {
    const state = learn(noState, alarmOf(1));

    expect(isNews(noState, alarmOf(1))).toBe(true);
    expect(isNews(state, alarmOf(1))).toBe(false);
    expect(isNews(state, alarmOf(1, nowMs + 1))).toBe(true);
    expect(isNews(state, alarmOf(1, nowMs - 1))).toBe(false);
  });

  it('of an instance goes by its revision', () => {
    const factsOf = (revision: number) => ({ role, instanceId: instanceId(1), facts: {}, revision });
    const state = learn(noState, factsOf(2));

    expect([1, 2, 3].map((revision) => isNews(state, factsOf(revision)))).toEqual([false, false, true]);
  });

  it('has a bound: whoever makes alarms cannot fill its state, and those it knows are still heard', () => {
    const full = Array.from({ length: 50 }, (_, index) => alarmOf(index)).reduce(learn, noState);

    expect(isNews(full, alarmOf(50))).toBe(false);
    expect(isNews(full, { ...alarmOf(50), alarmName: 'constructor' })).toBe(false);
    expect(isNews(full, alarmOf(49, nowMs + 1))).toBe(true);
  });
});
