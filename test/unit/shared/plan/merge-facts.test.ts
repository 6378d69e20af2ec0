import { describe, expect, it } from 'vitest';
import type { AlarmFact, InstanceFacts, Leaving, PendingHook } from '../../../../shared/model/facts.ts';
import { mergeFacts, newerAlarm } from '../../../../shared/plan/merge-facts.ts';
import { nowMs } from '../../../builders/observed.ts';

const hook = (rest: Partial<PendingHook> = {}): PendingHook => ({
  kind: 'launch',
  action: { groupName: 'databases', hookName: 'claim', actionToken: 'token-1' },
  sinceMs: nowMs,
  ...rest,
});
const action = hook().action;

const word = (rest: Partial<Leaving> = {}): Leaving => ({
  saidAtMs: nowMs,
  atMs: nowMs,
  words: 'it was said',
  ...rest,
});

/** The facts of both, learned in one order and in the other. */
function eitherWay(a: InstanceFacts, b: InstanceFacts): readonly InstanceFacts[] {
  return [mergeFacts(a, b), mergeFacts(b, a)];
}

describe('mergeFacts, of two lifecycle actions', () => {
  it.each<[which: string, earlier: PendingHook, later: PendingHook]>([
    ['the later', hook({ kind: 'terminate', answeredAtMs: nowMs + 5 }), hook({ sinceMs: nowMs + 1 })],
    ['the termination of two at one time', hook(), hook({ kind: 'terminate' })],
    ['one that is answered', hook(), hook({ answeredAtMs: nowMs + 5 })],
    ['the answer that came last', hook({ answeredAtMs: nowMs + 5 }), hook({ answeredAtMs: nowMs + 6 })],
    [
      'the same of two tokens',
      hook({ answeredAtMs: nowMs + 5 }),
      hook({ action: { ...action, actionToken: 'token-2' } }),
    ],
    [
      'the same of two groups',
      hook({ answeredAtMs: nowMs + 5 }),
      hook({ action: { ...action, groupName: 'web' } }),
    ],
    [
      'the same of two hooks',
      hook({ answeredAtMs: nowMs + 5 }),
      hook({ action: { ...action, hookName: 'drain' } }),
    ],
  ])('keeps %s, whichever was learned first', (_, earlier, later) => {
    for (const facts of eitherWay({ hook: earlier }, { hook: later })) expect(facts.hook).toEqual(later);
  });
});

describe('mergeFacts, of two words of one source', () => {
  it.each<[which: string, earlier: Leaving, later: Leaving]>([
    ['the one said later', word({ isOver: true, atMs: nowMs + 9 }), word({ saidAtMs: nowMs + 1 })],
    ['the one that takes it back', word({ atMs: nowMs + 9 }), word({ isOver: true })],
    ['the later end', word({ words: 'z' }), word({ atMs: nowMs + 9 })],
    ['the same of two that say otherwise', word({ words: 'a' }), word({ words: 'b' })],
  ])('keeps %s, whichever was learned first', (_, earlier, later) => {
    const merged = eitherWay({ leaving: { spot: earlier } }, { leaving: { spot: later } });

    for (const facts of merged) expect(facts.leaving).toEqual({ spot: later });
  });
});

describe('mergeFacts', () => {
  const rings = (timeMs: number, ...names: readonly string[]): InstanceFacts => ({
    alarms: Object.fromEntries(names.map((name) => [name, { state: 'ALARM' as const, timeMs }])),
  });

  it('keeps the greater of two tag versions, and of two times of a launch hook', () => {
    const [a, b] = [
      { tagVersion: 7, launchHookSeenAtMs: nowMs },
      { tagVersion: 3, launchHookSeenAtMs: nowMs + 1 },
    ];

    for (const facts of eitherWay(a, b)) {
      expect(facts).toEqual({ tagVersion: 7, launchHookSeenAtMs: nowMs + 1 });
    }
  });

  it('keeps what is known when something else is told', () => {
    const all = { tagVersion: 7, launchHookSeenAtMs: nowMs, hook: hook(), leaving: { spot: word() } };

    for (const facts of eitherWay(all, rings(nowMs, 'cpu'))) {
      expect(facts).toEqual({ ...all, ...rings(nowMs, 'cpu') });
    }
  });

  it('keeps names in their order, so that equal facts are equal texts', () => {
    const [a, b] = [rings(nowMs, 'disk', 'net'), rings(nowMs, 'cpu', 'mem')];
    const later = rings(nowMs + 1, 'cpu', 'mem');

    for (const { alarms = {} } of [...eitherWay(a, b), ...eitherWay(a, later)]) {
      expect(Object.keys(alarms)).toEqual(['cpu', 'disk', 'mem', 'net']);
    }
  });

  it('keeps the same fifty of more that are of one time, whichever was learned first', () => {
    const names = Array.from({ length: 60 }, (_, index) => `alarm ${10 + index}`);
    const learned = (order: readonly string[]) =>
      order.reduce<InstanceFacts>((known, name) => mergeFacts(known, rings(nowMs, name)), {});

    const kept = Object.keys(learned(names).alarms ?? {});

    expect(kept).toEqual(names.slice(10));
    expect(Object.keys(learned(names.toReversed()).alarms ?? {})).toEqual(kept);
  });
});

describe('newerAlarm', () => {
  const told: AlarmFact = { state: 'OK', timeMs: nowMs };

  it('is the known word itself where the same is told again', () => {
    const known = { ...told };

    expect(newerAlarm(known, told)).toBe(known);
  });

  it.each<[first: AlarmFact['state'], second: AlarmFact['state']]>([
    ['OK', 'INSUFFICIENT_DATA'],
    ['INSUFFICIENT_DATA', 'ALARM'],
    ['OK', 'ALARM'],
  ])('holds %s for better than %s, and believes the worse at one time', (better, worse) => {
    const [a, b] = [
      { state: better, timeMs: nowMs },
      { state: worse, timeMs: nowMs },
    ] as const;

    expect(newerAlarm(a, b)).toBe(b);
    expect(newerAlarm(b, a)).toBe(b);
  });
});
