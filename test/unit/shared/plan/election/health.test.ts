import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../../builders/candidates.ts';
import { aCandidate, alarmed, holdersIn, minuteMs, verdictIn } from '../../../../builders/candidates.ts';
import { nowMs } from '../../../../builders/observed.ts';

type Ready = NonNullable<Scene['election']>['ready'];

const tagged = (number: number, value: string) => aCandidate(number, { tags: { role: 'db', app: value } });

/** What is known of the one candidate, and what that makes of it as a newcomer and as the holder. */
type Row = [
  ready: Ready,
  known: string,
  scene: Omit<Scene, 'candidates'> & Partial<Scene>,
  newcomer: [elected: boolean, words: string],
  holder: string,
];

const ready = 'holds the role';
const inAlarm = 'holds the role; unhealthy because alarm cpu is in ALARM';

const rows: Row[] = [
  ['running', 'nothing', {}, [true, ready], ready],
  ['running', 'an alarm', { facts: { 1: alarmed('ALARM') } }, [true, inAlarm], inAlarm],
  ['status-checks', 'ok', { statusChecks: { 1: 'ok' } }, [true, ready], ready],
  [
    'status-checks',
    'initializing',
    { statusChecks: { 1: 'initializing' } },
    [false, 'waiting for its status checks; they are initializing'],
    ready,
  ],
  [
    'status-checks',
    'initializing, and an alarm',
    { statusChecks: { 1: 'initializing' }, facts: { 1: alarmed('ALARM') } },
    [false, 'waiting for its status checks; they are initializing'],
    inAlarm,
  ],
  [
    'status-checks',
    'insufficient-data',
    { statusChecks: { 1: 'insufficient-data' } },
    [false, 'waiting for its status checks; they are insufficient-data'],
    ready,
  ],
  ['status-checks', 'nothing', {}, [false, 'waiting for its status checks; they are unknown'], ready],
  [
    'status-checks',
    'impaired',
    { statusChecks: { 1: 'impaired' } },
    [true, 'holds the role; unhealthy because its status checks are impaired'],
    'holds the role; unhealthy because its status checks are impaired',
  ],
  [{ tag: 'app=up' }, 'the tag', { candidates: [tagged(1, 'up')] }, [true, ready], ready],
  [{ tag: 'app=a=b' }, 'the tag with its sign', { candidates: [tagged(1, 'a=b')] }, [true, ready], ready],
  [
    { tag: 'app=up' },
    'another value',
    { candidates: [tagged(1, 'down')] },
    [false, 'waiting for its tag app=up'],
    'holds the role; unhealthy because its tag app is no longer up',
  ],
  [
    { tag: 'constructor=' },
    'no tag of a name that objects have',
    {},
    [false, 'waiting for its tag constructor='],
    'holds the role; unhealthy because its tag constructor is no longer ',
  ],
  ['hook', 'no hook', {}, [false, 'waiting for its launch hook'], ready],
  ['hook', 'the hook', { facts: { 1: { launchHookSeenAtMs: nowMs - 1 } } }, [true, ready], ready],
  ['alarm', 'no alarm', {}, [false, 'waiting for an alarm of it to be OK'], ready],
  ['alarm', 'OK', { facts: { 1: alarmed('OK') } }, [true, ready], ready],
  [
    'alarm',
    'INSUFFICIENT_DATA',
    { facts: { 1: alarmed('INSUFFICIENT_DATA') } },
    [false, 'waiting for an alarm of it to be OK'],
    ready,
  ],
  ['alarm', 'ALARM', { facts: { 1: alarmed('ALARM') } }, [true, inAlarm], inAlarm],
  [
    'alarm',
    'one OK and one ALARM',
    { facts: { 1: { alarms: { ...alarmed('OK', 'disk').alarms, ...alarmed('ALARM').alarms } } } },
    [true, inAlarm],
    inAlarm,
  ],
];

describe.each(rows)('ready: %j, knowing %s', (readyRule, _, rest, [isElected, words], holderWords) => {
  const scene: Scene = { candidates: [aCandidate(1)], ...rest, election: { ready: readyRule } };

  it(`a newcomer ${isElected ? 'is elected when nobody is better' : 'waits'}`, () => {
    expect(holdersIn(scene)).toEqual([isElected ? 1 : undefined]);
    expect(verdictIn(scene, 1)).toEqual({ kind: isElected ? 'holder' : 'waiting', words });
  });

  it('the holder stays while nobody is better', () => {
    const held = { ...scene, holders: [1] };

    expect(holdersIn(held)).toEqual([1]);
    expect(verdictIn(held, 1)).toEqual({ kind: 'holder', words: holderWords });
  });
});

describe('an alarm that names the role', () => {
  const rings = (timeMs: number, rest: Partial<Scene> = {}): Scene => ({
    candidates: [aCandidate(1), aCandidate(2)],
    holders: [1],
    claimedAtMs: nowMs - 10 * minuteMs,
    state: { alarms: { 'db is down': { state: 'ALARM', timeMs } } },
    ...rest,
  });

  it('means the holder of that time', () => {
    expect(holdersIn(rings(nowMs - minuteMs))).toEqual([2]);
  });

  it('does not mean who took over since', () => {
    expect(holdersIn(rings(nowMs - 11 * minuteMs))).toEqual([1]);
  });

  it('does not mean who took over in the very moment that it rang', () => {
    expect(verdictIn(rings(nowMs - 10 * minuteMs), 1)).toEqual({ kind: 'holder', words: 'holds the role' });
  });

  it('does not mean who takes over now, when its clock is ahead', () => {
    expect(holdersIn(rings(nowMs + minuteMs, { claimedAtMs: nowMs }))).toEqual([1]);
  });

  it('does not mean anybody who does not hold the role', () => {
    expect(verdictIn(rings(nowMs - minuteMs), 2).words).toBe('holds the role');
  });

  it('moves nobody in a group, where nobody can tell which holder is meant', () => {
    const group = rings(nowMs - minuteMs, {
      candidates: [aCandidate(1), aCandidate(2), aCandidate(3)],
      holders: [1, 2],
    });

    expect(holdersIn(group)).toEqual([1, 2]);
  });

  it('is over when it is OK', () => {
    const scene = rings(0, { state: { alarms: { 'db is down': { state: 'OK', timeMs: nowMs } } } });

    expect(holdersIn(scene)).toEqual([1]);
  });
});
