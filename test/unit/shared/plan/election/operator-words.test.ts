import { describe, expect, it } from 'vitest';
import type { OperatorWords } from '../../../../../shared/model/facts.ts';
import type { ObservedInstance } from '../../../../../shared/model/observed.ts';
import type { Scene } from '../../../../builders/candidates.ts';
import {
  aCandidate,
  alarmed,
  holdersIn,
  leaving,
  minuteMs,
  verdictIn,
} from '../../../../builders/candidates.ts';
import { instanceId, nowMs } from '../../../../builders/observed.ts';

const three = [aCandidate(1), aCandidate(2), aCandidate(3)];
const pin = (number: number): OperatorWords => ({
  pin: { instanceId: instanceId(number), by: 'ana', atMs: nowMs - 1 },
});

/** Three candidates, the role held by the first since a moment. */
const pinned = (number: number, rest: Partial<Scene> = {}): Scene => ({
  candidates: three,
  holders: [1],
  claimedAtMs: nowMs - 1,
  state: { words: pin(number) },
  ...rest,
});

describe('a pin', () => {
  it.each<[what: string, scene: Scene, holder: number, words: string]>([
    ['takes the role at once, whatever the cooldown', pinned(3), 3, 'holds the role; pinned by ana'],
    [
      'holds against a better one',
      pinned(1, { facts: { 1: leaving('spot', { words: 'Spot interruption' }) } }),
      1,
      `holds the role; leaving since ${new Date(nowMs - minuteMs).toISOString()}: Spot interruption; pinned by ana`,
    ],
    [
      'holds against failback',
      pinned(1, { claimedAtMs: 0, election: { prefer: 'newest', failback: true } }),
      1,
      'holds the role; pinned by ana',
    ],
    [
      'brings even an unhealthy one, which an operator may want',
      pinned(2, { facts: { 2: alarmed('ALARM') } }),
      2,
      'holds the role; unhealthy because alarm cpu is in ALARM; pinned by ana',
    ],
    [
      'changes nothing while the instance is stopped',
      pinned(2, { candidates: [aCandidate(1), aCandidate(2, { state: 'stopped' })] }),
      1,
      'waiting for it to start; it is stopped; pinned by ana',
    ],
    [
      'changes nothing while the instance is not ready',
      pinned(2, { election: { ready: 'hook' } }),
      1,
      'waiting for its launch hook; pinned by ana',
    ],
    [
      'gives no right',
      pinned(2, { allow: { instances: [instanceId(1), instanceId(3)] } }),
      1,
      `refused because its id is ${instanceId(2)}; allowed are ${instanceId(1)}, ${instanceId(3)}; pinned by ana`,
    ],
  ])('%s', (_, scene, holder, words) => {
    const pinnedId = scene.state?.words?.pin?.instanceId;
    const number = [1, 2, 3].find((each) => instanceId(each) === pinnedId) ?? 0;

    expect(holdersIn(scene)).toEqual([holder]);
    expect(verdictIn(scene, number).words).toBe(words);
  });

  it('does not take a slot that something keeps it from', () => {
    const inTheWay = (instance: ObservedInstance) =>
      instance.instanceId === instanceId(3) ? 'it is full' : undefined;

    expect(holdersIn(pinned(3), inTheWay)).toEqual([1]);
    expect(verdictIn(pinned(3), 3, inTheWay).words).toBe('refused because it is full; pinned by ana');
  });

  it('takes slot 0 of a group, and is content with any that it holds', () => {
    expect(holdersIn(pinned(3, { holders: [1, 2] }))).toEqual([3, 2]);
    expect(holdersIn(pinned(2, { holders: [1, 2] }))).toEqual([1, 2]);
  });
});

describe('a failover', () => {
  const failover = (
    words: Partial<NonNullable<OperatorWords['failover']>> = {},
    rest: Partial<Scene> = {},
  ): Scene => ({
    candidates: three,
    holders: [1],
    claimedAtMs: nowMs - 1,
    state: { words: { failover: { slot: 0, generation: 1, by: 'ana', atMs: nowMs - minuteMs, ...words } } },
    ...rest,
  });
  const alone = { candidates: [aCandidate(1)] };

  it.each<[what: string, scene: Scene, holder: number | undefined]>([
    ['goes to the best of the others at once', failover(), 2],
    ['goes to whom it names', failover({ to: instanceId(3) }), 3],
    ['waits for whom it names, and goes to nobody else', failover({ to: instanceId(9) }), 1],
    ['is over once the slot has another generation', failover({ generation: 0 }), 1],
    ['is over after a quarter of an hour', failover({ atMs: nowMs - 15 * minuteMs }), 1],
    ['is in force until then', failover({ atMs: nowMs - 15 * minuteMs + 1 }), 2],
    ['stays when nobody else is there', failover({}, alone), 1],
    [
      'does not go to one that is worse, which would have to give it back',
      failover({ to: instanceId(2) }, { facts: { 2: alarmed('ALARM'), 3: leaving('spot') } }),
      1,
    ],
    [
      'goes to one that is no better when the holder is as bad',
      failover(
        { to: instanceId(3) },
        { facts: { 1: alarmed('ALARM'), 2: alarmed('ALARM'), 3: alarmed('ALARM') } },
      ),
      3,
    ],
    [
      'names who is to have the slot that is vacant',
      failover({ to: instanceId(3), generation: 0 }, { holders: [undefined] }),
      3,
    ],
    [
      'does not keep a slot vacant for one that is not there',
      failover({ to: instanceId(9), generation: 0 }, { holders: [undefined] }),
      1,
    ],
    [
      'goes to whom it names, though the spec would fail back to another',
      failover({ to: instanceId(2) }, { claimedAtMs: 0, election: { prefer: 'newest', failback: true } }),
      2,
    ],
    ['does not concern other slots', failover({ slot: 1 }, { holders: [1, 2] }), 1],
  ])('%s', (_, scene, holder) => {
    expect(holdersIn(scene)[0]).toBe(holder);
  });

  it('passes over whom something keeps from the slot, and waits if that is the one it names', () => {
    const inTheWay = (instance: ObservedInstance) =>
      instance.instanceId === instanceId(2) ? 'it is full' : undefined;

    expect(holdersIn(failover(), inTheWay)).toEqual([3]);
    expect(holdersIn(failover({ to: instanceId(2) }), inTheWay)).toEqual([1]);
  });

  it('says what it waits for', () => {
    expect(verdictIn(failover({}, alone), 1)).toEqual({
      kind: 'holder',
      words: 'holds the role; asked to hand over by ana, waiting for a successor',
    });
  });

  it('does not move a pinned holder', () => {
    const scene = failover();
    const both = { ...scene, state: { words: { ...scene.state?.words, ...pin(1) } } };

    expect(holdersIn(both)).toEqual([1]);
  });

  it('moves one slot of a group, and never to a holder of another', () => {
    const options = { holders: [1, 2] };

    expect(holdersIn(failover({ slot: 1 }, options))).toEqual([1, 3]);
    expect(holdersIn(failover({ slot: 1, to: instanceId(1) }, options))).toEqual([1, 2]);
  });
});
