import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observed, ObservedInstance } from '../../shared/model/observed.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import type { Election } from '../../shared/plan/election/elect.ts';
import { elect } from '../../shared/plan/election/elect.ts';
import type { ObstacleTo } from '../../shared/plan/election/standing.ts';
import { parseRoleTag } from '../../shared/plan/role-tag.ts';
import { deepFreeze } from '../builders/arbitraries.ts';
import { arbitraryScene } from '../builders/arbitrary-scenes.ts';
import { observedOf } from '../builders/candidates.ts';
import { instanceId, nowMs } from '../builders/observed.ts';

const arbitraryObserved = arbitraryScene.map((scene) => deepFreeze(observedOf(scene)));

/** Candidate 2 can take no slot, or slot 0 not: both are found when an address is bound to a zone. */
const obstacles: Readonly<Record<string, ObstacleTo>> = {
  none: () => undefined,
  everywhere: (instance) => (instance.instanceId === instanceId(2) ? 'it is full' : undefined),
  'at slot 0': (instance, { slot }) =>
    instance.instanceId === instanceId(2) && slot === 0 ? 'it is elsewhere' : undefined,
};
const arbitraryObstacle = fc.constantFrom(...Object.keys(obstacles));

function electionOf(observed: Observed, obstacle = 'none'): Election {
  return elect(observed, observed.state.slots, obstacles[obstacle] ?? (() => undefined), nowMs);
}

/** What is observed once the election was carried out. */
function carriedOut(observed: Observed, { holders }: Election): Observed {
  const slots = observed.state.slots.map((slot): SlotState => {
    const elected = holders.get(slot.slot);
    if (elected === slot.holder) return slot;
    const { holder: _, ...rest } = slot;
    return {
      ...rest,
      ...(elected === undefined ? {} : { holder: elected }),
      generation: slot.generation + 1,
      claimedAtMs: nowMs,
    };
  });
  return { ...observed, state: { ...observed.state, slots } };
}

const hasHolders = ({ holders }: Election) => [...holders.values()].filter((id) => id !== undefined);

describe('election', () => {
  it('decides on every slot and every candidate, and gives nobody two slots', () => {
    fc.assert(
      fc.property(arbitraryObserved, arbitraryObstacle, (observed, obstacle) => {
        const election = electionOf(observed, obstacle);

        const ids = observed.instances.map((each) => each.instanceId);
        expect([...election.holders.keys()]).toEqual(observed.state.slots.map(({ slot }) => slot));
        expect(election.verdicts.map((each) => each.instanceId).toSorted()).toEqual(ids.toSorted());
        const elected = hasHolders(election);
        expect(new Set(elected).size).toBe(elected.length);
        const holders = election.verdicts.filter(({ kind }) => kind === 'holder');
        expect(holders.map((each) => each.instanceId).toSorted()).toEqual(elected.toSorted());
      }),
    );
  });

  it('comes to the same whatever the order of instances, slots and facts', () => {
    const shuffled = arbitraryObserved.chain((observed) =>
      fc.tuple(
        fc.constant(observed),
        fc.shuffledSubarray([...observed.instances], { minLength: observed.instances.length }),
        fc.shuffledSubarray([...observed.state.slots], { minLength: observed.state.slots.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, arbitraryObstacle, ([observed, instances, slots], obstacle) => {
        const facts = Object.fromEntries(Object.entries(observed.state.facts).toReversed());
        const other = { ...observed, instances, state: { ...observed.state, slots, facts } };

        expect(electionOf(other, obstacle)).toEqual(electionOf(observed, obstacle));
      }),
    );
  });

  it('never elects who is not running, does not ask, is not allowed, unfit, or has something in its way', () => {
    fc.assert(
      fc.property(arbitraryObserved, arbitraryObstacle, (observed, obstacle) => {
        const { holders, verdicts } = electionOf(observed, obstacle);

        for (const [slot, id] of holders) {
          const instance = observed.instances.find((each) => each.instanceId === id);
          if (instance !== undefined) expect(barsOf(observed, instance, slot, obstacle)).toEqual([]);
          else expect(id).toBeUndefined();
        }
        for (const { kind, isUnauthorized } of verdicts) {
          if (isUnauthorized === true) expect(kind).toBe('refused');
        }
      }),
    );
  });

  it('leaves no slot vacant that somebody could take', () => {
    fc.assert(
      fc.property(arbitraryObserved, (before) => {
        const observed = { ...before, state: { ...before.state, words: {} } };

        const election = electionOf(observed);

        const idle = election.verdicts.filter(({ kind }) => ['ready', 'leaving', 'unhealthy'].includes(kind));
        if (idle.length > 0) expect(hasHolders(election)).toHaveLength(observed.state.slots.length);
      }),
    );
  });

  it('moves nobody from one slot to another', () => {
    fc.assert(
      fc.property(arbitraryObserved, (observed) => {
        const { holders } = electionOf(observed);

        for (const [slot, id] of holders) {
          const held = observed.state.slots.find(({ holder }) => holder !== undefined && holder === id);
          expect(held?.slot ?? slot).toBe(slot);
        }
      }),
    );
  });

  it('changes nothing when it is held again at once with those whom it elected', () => {
    const withoutWordsForGroups = arbitraryObserved.map((observed) =>
      observed.state.slots.length === 1 ? observed : { ...observed, state: { ...observed.state, words: {} } },
    );
    fc.assert(
      fc.property(withoutWordsForGroups, fc.constantFrom('none', 'everywhere'), (observed, obstacle) => {
        const election = electionOf(observed, obstacle);

        expect(electionOf(carriedOut(observed, election), obstacle).holders).toEqual(election.holders);
      }),
      { numRuns: 500 },
    );
  });

  it('comes to rest after a few rounds, whatever the operator said and whatever is in the way', () => {
    fc.assert(
      fc.property(arbitraryObserved, arbitraryObstacle, (start, obstacle) => {
        let observed: Observed = start;
        for (let round = 0; round < 4; round++)
          observed = carriedOut(observed, electionOf(observed, obstacle));

        expect(carriedOut(observed, electionOf(observed, obstacle))).toEqual(observed);
      }),
      { numRuns: 500 },
    );
  });
});

function barsOf(
  { role, roleTagKey, state }: Observed,
  instance: ObservedInstance,
  slot: number,
  obstacle: string,
): readonly string[] {
  const { instanceId: id } = instance;
  const slotState = state.slots.find((each) => each.slot === slot);
  const allowed = role.spec.allow?.instances;
  return [
    instance.state === 'running' ? [] : ['not running'],
    parseRoleTag(instance.tags[roleTagKey]).includes(role.name) ? [] : ['does not ask'],
    allowed === undefined || allowed.includes(id) ? [] : ['not allowed'],
    state.unfit.some((each) => each.instanceId === id) ? ['unfit'] : [],
    slotState && obstacles[obstacle]?.(instance, slotState) !== undefined ? ['in its way'] : [],
  ].flat();
}
