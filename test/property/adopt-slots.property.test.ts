import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observed } from '../../shared/model/observed.ts';
import { isSameRecordSet } from '../../shared/model/record-set.ts';
import { noState } from '../../shared/model/role-state.ts';
import type { AdoptionContext } from '../../shared/plan/adopt-slots.ts';
import { adoptSlots } from '../../shared/plan/adopt-slots.ts';
import { observe } from '../../shared/reconcile/observe.ts';
import { arbitraryKindsRole, arbitraryKindsStage } from '../builders/arbitrary-kinds.ts';
import { nowMs, roleName } from '../builders/observed.ts';
import type { Stage } from '../fakes/stage.ts';

const db = roleName('db');
const context: AdoptionContext = { nowMs, cause: 'adopted by a test', generationOf: () => 4 };

/** What is observed of a role that stands somehow, and whose state is lost. */
async function lostState(stage: Stage): Promise<Observed> {
  const { observed } = await observe(stage.ports, stage.settings, {
    roles: [db],
    hints: new Map(),
    readRecordsOf: 'all',
  });
  const [first] = observed;
  if (first === undefined) throw new Error('nothing was observed');
  return { ...first, state: noState };
}

const arbitraryStanding = fc.tuple(arbitraryKindsStage, arbitraryKindsRole);

describe('slots whose state was lost', () => {
  it('are given to no instance twice, count only what is there, and go on from the highest generation', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStanding, fc.boolean(), async ([{ open }, role], wasHeld) => {
        const stage = open(role);
        if (wasHeld) await stage.reconcile(['db'], { readsRecords: true });
        const observed = await lostState(stage);

        const slots = adoptSlots(observed, context);

        const holders = slots.flatMap(({ holder }) => holder ?? []);
        expect(new Set(holders).size).toBe(holders.length);
        for (const { generation, slot, written } of slots) {
          expect(generation).toBe(5);
          expect(slot).toBeLessThan(role.spec.slots);
          for (const record of written.records) {
            expect(stage.route53.at(record.name).some((each) => isSameRecordSet(each, record))).toBe(true);
          }
          for (const { allocationId, associationId } of written.associations) {
            const there = observed.elasticIps.find((each) => each.allocationId === allocationId);
            expect(there?.association?.associationId).toBe(associationId);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('come to the same whatever the order of what was read', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStanding, async ([{ open }, role]) => {
        const stage = open(role);
        await stage.reconcile(['db'], { readsRecords: true });
        const observed = await lostState(stage);
        const { instances, elasticIps, names = [], network } = observed;
        const reversed = {
          ...observed,
          instances: instances.toReversed(),
          elasticIps: elasticIps.toReversed(),
          names: names.toReversed(),
          network: {
            ...network,
            interfaces: network.interfaces.toReversed(),
            targets: network.targets.toReversed(),
          },
        };

        expect(adoptSlots(reversed, context)).toEqual(adoptSlots(observed, context));
      }),
      { numRuns: 60 },
    );
  });

  it('are whose they were, where every one of them can be told', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStanding, async ([{ open }, role]) => {
        // An address that every slot shares tells of none.
        fc.pre(role.spec.slots === 1 || role.spec.addresses.some((each) => !('targetGroup' in each)));
        const stage = open(role);
        await stage.reconcile(['db'], { readsRecords: true });
        const { slots: before } = stage.store.stateOf(db);
        const isFull =
          before.length === role.spec.slots && before.every(({ holder }) => holder !== undefined);

        const adopted = adoptSlots(await lostState(stage), context);

        if (!isFull || adopted.length < role.spec.slots) return;
        expect(adopted.map(({ holder }) => holder).toSorted()).toEqual(
          before.map(({ holder }) => holder).toSorted(),
        );
      }),
      { numRuns: 80 },
    );
  });
});
