import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../../builders/candidates.ts';
import {
  aCandidate,
  alarmed,
  electIn,
  holdersIn,
  leaving,
  minuteMs,
  verdictIn,
} from '../../../../builders/candidates.ts';
import { instanceId, nowMs } from '../../../../builders/observed.ts';

const two = [aCandidate(1), aCandidate(2)];
const cooldownEnds = new Date(nowMs + minuteMs / 2).toISOString();

describe('the cooldown of a holder', () => {
  const claimedHalfAMinuteAgo = { candidates: two, holders: [1], claimedAtMs: nowMs - minuteMs / 2 };

  it.each<[holder: string, rest: Partial<Scene>, elected: number | undefined]>([
    ['unhealthy', { facts: { 1: alarmed('ALARM') } }, 1],
    ['leaving', { facts: { 1: leaving('spot') } }, 2],
    ['unhealthy and leaving', { facts: { 1: { ...alarmed('ALARM'), ...leaving('spot') } } }, 2],
    ['stopped', { candidates: [aCandidate(1, { state: 'stopped' }), aCandidate(2)] }, 2],
    ['untagged', { candidates: [aCandidate(1, { tags: {} }), aCandidate(2)] }, 2],
    ['gone', { candidates: [aCandidate(2)] }, 2],
    ['no longer allowed', { allow: { instances: instanceId(2) } }, 2],
  ])('of one that is %s', (_, rest, elected) => {
    expect(holdersIn({ ...claimedHalfAMinuteAgo, ...rest })).toEqual([elected]);
  });

  it('is over at its end, not before', () => {
    const scene = (claimedAtMs: number): Scene => ({
      candidates: two,
      holders: [1],
      claimedAtMs,
      facts: { 1: alarmed('ALARM') },
      election: { cooldown: '10m' },
    });

    expect(holdersIn(scene(nowMs - 10 * minuteMs + 1))).toEqual([1]);
    expect(holdersIn(scene(nowMs - 10 * minuteMs))).toEqual([2]);
  });

  it('is named in the verdicts on who waits for it', () => {
    const scene = { ...claimedHalfAMinuteAgo, facts: { 1: alarmed('ALARM') } };

    expect(electIn(scene).verdicts).toEqual([
      {
        instanceId: instanceId(1),
        kind: 'holder',
        words: `holds the role; unhealthy because alarm cpu is in ALARM; cooldown until ${cooldownEnds}`,
      },
      {
        instanceId: instanceId(2),
        kind: 'ready',
        words: `ready to step in; cooldown until ${cooldownEnds}`,
      },
    ]);
  });

  it('keeps a holder that flaps from moving more than once in it', () => {
    const moved = { candidates: two, holders: [2], claimedAtMs: nowMs - 1, facts: { 2: alarmed('ALARM') } };

    expect(holdersIn(moved)).toEqual([2]);
  });
});

describe('an unhealthy holder', () => {
  it.each<[facts: NonNullable<Scene['facts']>, other: string, elected: number]>([
    [{ 1: alarmed('ALARM') }, 'good', 2],
    [{ 1: alarmed('ALARM'), 2: leaving('spot') }, 'leaving', 2],
    [{ 1: alarmed('ALARM'), 2: alarmed('ALARM') }, 'as unhealthy', 1],
    [{ 1: alarmed('OK') }, 'good, but it is well again', 1],
  ])('%# is replaced if the other is better: %s', (facts, _, elected) => {
    expect(holdersIn({ candidates: two, holders: [1], facts })).toEqual([elected]);
  });
});

describe('failback', () => {
  const preferred = aCandidate(2, { tags: { role: 'db', 'role-priority': '9' } });
  const scene = (election: Scene['election'], claimedAtMs = nowMs - 60 * minuteMs): Scene => ({
    candidates: [aCandidate(1), preferred],
    holders: [1],
    claimedAtMs,
    ...(election === undefined ? {} : { election }),
  });

  it.each<[election: NonNullable<Scene['election']>, elected: number]>([
    [{ prefer: 'priority' }, 1],
    [{ prefer: 'priority', failback: true }, 2],
    [{ prefer: 'newest', failback: true }, 2],
    [{ prefer: 'oldest', failback: true }, 1],
    [{ prefer: 'incumbent', failback: true }, 1],
    [{ prefer: 'newest', failback: true, zones: ['eu-west-1a'] }, 2],
  ])('%j', (election, elected) => {
    expect(holdersIn(scene(election))).toEqual([elected]);
  });

  it('waits for the cooldown, and says so', () => {
    const early = scene({ prefer: 'priority', failback: true }, nowMs - minuteMs / 2);

    expect(holdersIn(early)).toEqual([1]);
    expect(verdictIn(early, 2).words).toBe(`ready to step in; cooldown until ${cooldownEnds}`);
  });

  it('does not move for what only breaks ties', () => {
    const equals = {
      candidates: two,
      holders: [2],
      election: { prefer: 'priority', failback: true },
    } as const;

    expect(holdersIn(equals)).toEqual([2]);
  });

  it('does not move to one that is preferred and not good, be the holder as bad', () => {
    const sick = { ...scene({ prefer: 'priority', failback: true }), facts: { 2: alarmed('ALARM') } };
    const bothSick = { ...sick, facts: { 1: alarmed('ALARM'), 2: alarmed('ALARM') } };

    expect(holdersIn(sick)).toEqual([1]);
    expect(holdersIn(bothSick)).toEqual([1]);
  });

  it('moves to the oldest where that is preferred', () => {
    const younger = { ...scene({ prefer: 'oldest', failback: true }), holders: [2] };

    expect(holdersIn(younger)).toEqual([1]);
  });

  it('does not move to one that would soon have to go', () => {
    const retirement = leaving('health AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED', {
      atMs: nowMs + 60 * minuteMs,
    });

    const doomed = { ...scene({ prefer: 'priority', failback: true }), facts: { 2: retirement } };

    expect(holdersIn(doomed)).toEqual([1]);
  });

  it('moves away from the zone that is not preferred', () => {
    const zones = {
      candidates: [aCandidate(1, { zone: 'eu-west-1b' }), aCandidate(2)],
      holders: [1],
      election: { prefer: 'priority', failback: true, zones: ['eu-west-1a'] },
    } as const satisfies Scene;

    expect(holdersIn(zones)).toEqual([2]);
  });
});
