import { describe, expect, it } from 'vitest';
import type { ObservedInstance } from '../../../../../shared/model/observed.ts';
import { elect } from '../../../../../shared/plan/election/elect.ts';
import type { Scene } from '../../../../builders/candidates.ts';
import {
  aCandidate,
  alarmed,
  electIn,
  holdersIn,
  leaving,
  observedOf,
  verdictIn,
} from '../../../../builders/candidates.ts';
import { instanceId, nowMs } from '../../../../builders/observed.ts';

const priority = (value: string) => ({ tags: { role: 'db', 'role-priority': value } });

/** Candidate 1 is the oldest, and so first among equals. */
const two = [aCandidate(1), aCandidate(2)];

describe('elect, for a slot that is free', () => {
  it.each<[who: string, scene: Scene, elected: number | undefined]>([
    ['nobody when nobody asks', { candidates: [] }, undefined],
    ['the only candidate', { candidates: [aCandidate(1)] }, 1],
    ['the higher priority', { candidates: [aCandidate(1), aCandidate(2, priority('1'))] }, 2],
    ['no priority before a negative one', { candidates: [aCandidate(1, priority('-1')), aCandidate(2)] }, 2],
    ['an unreadable priority as none', { candidates: [aCandidate(1), aCandidate(2, priority('high'))] }, 1],
    ['the older among equal priorities', { candidates: two }, 1],
    [
      'the lower id among those launched together',
      { candidates: [aCandidate(2, { launchTimeMs: 1 }), aCandidate(1, { launchTimeMs: 1 })] },
      1,
    ],
    [
      'the same one when they are described the other way round',
      { candidates: [aCandidate(1, { launchTimeMs: 1 }), aCandidate(2, { launchTimeMs: 1 })] },
      1,
    ],
    ['the newest where it is preferred', { candidates: two, election: { prefer: 'newest' } }, 2],
    [
      'the oldest where it is preferred, whatever its priority',
      { candidates: [aCandidate(1), aCandidate(2, priority('9'))], election: { prefer: 'oldest' } },
      1,
    ],
    [
      'the preferred zone before the priority',
      {
        candidates: [aCandidate(1, priority('9')), aCandidate(2, { zone: 'eu-west-1b' })],
        election: { zones: ['eu-west-1b'] },
      },
      2,
    ],
    [
      'the first of the preferred zones',
      {
        candidates: [aCandidate(1), aCandidate(2, { zone: 'eu-west-1b' })],
        election: { zones: ['eu-west-1c', 'eu-west-1b', 'eu-west-1a'] },
      },
      2,
    ],
    [
      'who is ready before who is preferred',
      { candidates: [aCandidate(1, { ...priority('9'), state: 'pending' }), aCandidate(2)] },
      2,
    ],
    [
      'who stays before who is preferred and leaving',
      { candidates: [aCandidate(1, priority('9')), aCandidate(2)], facts: { 1: leaving('spot') } },
      2,
    ],
    [
      'who is leaving before who is unhealthy',
      { candidates: two, facts: { 1: alarmed('ALARM'), 2: leaving('spot') } },
      2,
    ],
    [
      'an unhealthy one rather than nobody',
      { candidates: [aCandidate(1)], facts: { 1: alarmed('ALARM') } },
      1,
    ],
    [
      'an unhealthy one before one that is leaving as well',
      {
        candidates: two,
        facts: { 1: { ...alarmed('ALARM'), ...leaving('spot') }, 2: alarmed('ALARM') },
      },
      2,
    ],
    ['who asks for several roles', { candidates: [aCandidate(1, { tags: { role: 'web, db' } })] }, 1],
    [
      'nobody who asks for another role',
      { candidates: [aCandidate(1, { tags: { role: 'web' } })] },
      undefined,
    ],
  ])('elects %s', (_, scene, expected) => {
    expect(holdersIn(scene)).toEqual([expected]);
  });
});

describe('elect, for a slot that is held', () => {
  const heldByTwo = (candidates: readonly ObservedInstance[], rest: Partial<Scene> = {}): Scene => ({
    candidates,
    holders: [2],
    ...rest,
  });

  it.each<[who: string, scene: Scene, elected: number | undefined]>([
    ['the holder while it is healthy', heldByTwo(two), 2],
    ['the holder before a higher priority', heldByTwo([aCandidate(1, priority('9')), aCandidate(2)]), 2],
    ['another when the holder is nowhere to be seen', heldByTwo([aCandidate(1)]), 1],
    ['nobody when the holder is gone and nobody else there', heldByTwo([]), undefined],
    ['another when the holder stopped', heldByTwo([aCandidate(1), aCandidate(2, { state: 'stopped' })]), 1],
    [
      'another when the holder is stopping',
      heldByTwo([aCandidate(1), aCandidate(2, { state: 'stopping' })]),
      1,
    ],
    ['another when the holder lost its tag', heldByTwo([aCandidate(1), aCandidate(2, { tags: {} })]), 1],
    [
      'nobody when only the holder is there, without its tag',
      heldByTwo([aCandidate(2, { tags: {} })]),
      undefined,
    ],
    [
      'another when EC2 would not give the holder its addresses',
      heldByTwo(two, {
        state: { unfit: [{ instanceId: instanceId(2), words: 'it is full', untilMs: nowMs + 1 }] },
      }),
      1,
    ],
    [
      'the holder again when that is long ago',
      heldByTwo(two, {
        state: { unfit: [{ instanceId: instanceId(2), words: 'it is full', untilMs: nowMs }] },
      }),
      2,
    ],
  ])('elects %s', (_, scene, expected) => {
    expect(holdersIn(scene)).toEqual([expected]);
  });

  it('elects another when something is in the way of the holder', () => {
    const scene = heldByTwo(two);
    const inTheWayOfTwo = (instance: ObservedInstance) =>
      instance.instanceId === instanceId(2) ? 'it has no public address' : undefined;

    expect(holdersIn(scene, inTheWayOfTwo)).toEqual([1]);
    expect(verdictIn(scene, 2, inTheWayOfTwo)).toEqual({
      kind: 'refused',
      words: 'refused because it has no public address',
    });
  });

  it('takes whoever carries the address as the holder before the first claim, and only then', () => {
    const electedOf = (scene: Scene, carrier: number) => {
      const observed = observedOf(scene);
      const carrierOf = () => instanceId(carrier);
      return elect(observed, observed.state.slots, () => undefined, nowMs, carrierOf).holders.get(0);
    };

    expect(electedOf({ candidates: two }, 2)).toBe(instanceId(2));
    expect(electedOf({ candidates: two, holders: [2] }, 1)).toBe(instanceId(2));
  });
});

describe('the verdict', () => {
  it.each<[state: ObservedInstance['state'], kind: string, words: string]>([
    ['pending', 'waiting', 'waiting for it to run; it is pending'],
    ['stopping', 'stopped', 'waiting for it to start; it is stopping'],
    ['stopped', 'stopped', 'waiting for it to start; it is stopped'],
    ['shutting-down', 'gone', 'is shutting-down'],
    ['terminated', 'gone', 'is terminated'],
  ])('on an instance that is %s', (state, kind, words) => {
    const scene = { candidates: [aCandidate(1, { state })], holders: [1] };

    expect(holdersIn(scene)).toEqual([undefined]);
    expect(verdictIn(scene, 1)).toEqual({ kind, words });
  });

  it('is one for each candidate, holders first and then in the order in which they would step in', () => {
    const { verdicts } = electIn({
      candidates: [
        aCandidate(6, { tags: {} }),
        aCandidate(5, { state: 'stopped' }),
        aCandidate(4),
        aCandidate(3, { state: 'pending' }),
        aCandidate(2),
        aCandidate(1, priority('5')),
        aCandidate(8),
        aCandidate(7),
      ],
      holders: [2],
      facts: { 4: leaving('spot'), 7: alarmed('ALARM') },
      state: { unfit: [{ instanceId: instanceId(8), words: 'it is full', untilMs: nowMs + 1 }] },
    });

    expect(verdicts.map(({ instanceId: id, kind }) => [Number.parseInt(id.slice(2), 16), kind])).toEqual([
      [2, 'holder'],
      [1, 'ready'],
      [4, 'leaving'],
      [7, 'unhealthy'],
      [3, 'waiting'],
      [5, 'stopped'],
      [8, 'refused'],
      [6, 'gone'],
    ]);
  });

  it('on those who cannot hold the role is in the order of their ids, whatever order they come in', () => {
    const stopped = [1, 2, 3].map((number) => aCandidate(number, { state: 'stopped' }));
    const ids = (candidates: readonly ObservedInstance[]) =>
      electIn({ candidates }).verdicts.map((each) => each.instanceId);

    expect(ids(stopped)).toEqual([1, 2, 3].map(instanceId));
    expect(ids(stopped.toReversed())).toEqual([1, 2, 3].map(instanceId));
  });

  it.each<[who: string, number: number, words: string]>([
    ['the holder', 2, 'holds the role'],
    ['who could step in', 1, 'ready to step in'],
    ['who no longer asks', 3, 'no longer carries the tag of the role'],
  ])('on %s', (_, number, words) => {
    const scene = { candidates: [...two, aCandidate(3, { tags: {} })], holders: [2] };

    expect(verdictIn(scene, number).words).toBe(words);
  });
});
