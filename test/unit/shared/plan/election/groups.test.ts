import { describe, expect, it } from 'vitest';
import type { ObservedInstance } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { elect } from '../../../../../shared/plan/election/elect.ts';
import type { Scene } from '../../../../builders/candidates.ts';
import {
  aCandidate,
  alarmed,
  holdersIn,
  leaving,
  minuteMs,
  observedOf,
  verdictIn,
} from '../../../../builders/candidates.ts';
import { instanceId, nowMs } from '../../../../builders/observed.ts';

const candidates = (...numbers: readonly number[]) => numbers.map((number) => aCandidate(number));

describe('a group', () => {
  it.each<[what: string, scene: Scene, holders: readonly (number | undefined)[]]>([
    ['fills its slots in their order with the best', { candidates: candidates(3, 1, 2), slots: 2 }, [1, 2]],
    [
      'leaves vacant what nobody is there for',
      { candidates: candidates(1), slots: 3 },
      [1, undefined, undefined],
    ],
    ['keeps its holders where they are', { candidates: candidates(1, 2, 3), holders: [3, 1, 2] }, [3, 1, 2]],
    [
      'gives the slot of one that is gone to the next, and moves nobody else',
      { candidates: candidates(1, 3, 4), holders: [4, 2, 3] },
      [4, 1, 3],
    ],
    [
      'does not move a holder to a slot that comes first',
      { candidates: candidates(1, 2), holders: [undefined, 1, 2] },
      [undefined, 1, 2],
    ],
    [
      'counts an instance once that holds two slots',
      { candidates: candidates(1, 2), holders: [1, 1] },
      [1, 2],
    ],
    [
      'fills what is vacant before it replaces who is leaving',
      { candidates: candidates(1, 2), holders: [1, undefined], facts: { 1: leaving('spot') } },
      [1, 2],
    ],
    [
      'replaces who is leaving when all slots are filled',
      { candidates: candidates(1, 2, 3), holders: [1, 2], facts: { 1: leaving('spot') } },
      [3, 2],
    ],
    [
      'replaces the worst holder first',
      {
        candidates: candidates(1, 2, 3),
        holders: [1, 2],
        facts: { 1: leaving('spot'), 2: { ...alarmed('ALARM'), ...leaving('spot') } },
      },
      [1, 3],
    ],
    [
      'fails back to who is preferred most, from who is preferred least',
      {
        candidates: candidates(1, 2, 3),
        holders: [1, 2],
        election: { prefer: 'newest', failback: true },
      },
      [3, 2],
    ],
  ])('%s', (_, scene, holders) => {
    expect(holdersIn(scene)).toEqual(holders);
  });

  it('fills its slots in the order of their numbers, whatever order the table gives them in', () => {
    const observed = observedOf({ candidates: candidates(1, 2, 3), slots: 3 });

    const { holders } = elect(observed, observed.state.slots.toReversed(), () => undefined, nowMs);

    expect([...holders]).toEqual([
      [0, instanceId(1)],
      [1, instanceId(2)],
      [2, instanceId(3)],
    ]);
  });

  it('leaves a holder where it is, though it has what a slot before its own would want too', () => {
    const observed = observedOf({ candidates: candidates(1, 2), slots: 2, holders: [undefined, 1] });
    const incumbentOf = ({ slot }: SlotState) => (slot === 0 ? instanceId(1) : undefined);

    const { holders } = elect(observed, observed.state.slots, () => undefined, nowMs, incumbentOf);

    expect([...holders.values()]).toEqual([instanceId(2), instanceId(1)]);
  });

  it('names the slot that each holds', () => {
    const scene = { candidates: candidates(1, 2, 3), holders: [2, 1] };

    expect([1, 2, 3].map((number) => verdictIn(scene, number).words)).toEqual([
      'holds slot 1 of the role',
      'holds slot 0 of the role',
      'ready to step in',
    ]);
  });

  it('has a cooldown for each slot', () => {
    const observed = observedOf({
      candidates: candidates(1, 2, 3, 4),
      holders: [1, 2],
      facts: { 1: alarmed('ALARM'), 2: alarmed('ALARM') },
    });
    const slots = observed.state.slots.map((slot) =>
      slot.slot === 0 ? { ...slot, claimedAtMs: nowMs - minuteMs / 2 } : slot,
    );

    const { holders } = elect(observed, slots, () => undefined, nowMs);

    expect([...holders.values()]).toEqual([instanceId(1), instanceId(3)]);
  });
});

describe('an obstacle to one slot', () => {
  /** Candidate 1 cannot take slot 0: it is not in its zone. */
  const notThere = (instance: ObservedInstance, { slot }: SlotState) =>
    instance.instanceId === instanceId(1) && slot === 0 ? 'it is in another zone' : undefined;

  it('leaves the others to it', () => {
    expect(holdersIn({ candidates: candidates(1, 2), slots: 2 }, notThere)).toEqual([2, 1]);
  });

  it('leaves the slot vacant when nobody else is there', () => {
    expect(holdersIn({ candidates: candidates(1), slots: 2 }, notThere)).toEqual([undefined, 1]);
  });

  it('is no refusal while the candidate could take another slot', () => {
    const scene = { candidates: candidates(1, 2, 3), holders: [2, 3] };

    expect(verdictIn(scene, 1, notThere)).toEqual({ kind: 'ready', words: 'ready to step in' });
    expect(verdictIn(scene, 1, () => 'it is in another zone').kind).toBe('refused');
  });
});
