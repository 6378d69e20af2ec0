import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssociateAddress, ChangeRecord } from '../../shared/model/change.ts';
import type {
  Observed,
  ObservedElasticIp,
  ObservedInstance,
  ObservedName,
} from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { isSameRecordSet } from '../../shared/model/record-set.ts';
import type { RolePlan } from '../../shared/model/role-plan.ts';
import type { WrittenAssociation } from '../../shared/model/role-state.ts';
import { noState } from '../../shared/model/role-state.ts';
import { planRole, planRoles } from '../../shared/plan/plan-role.ts';
import type { ActPlan } from '../../shared/reconcile/claim.ts';
import { claimedSlots, settledSlots } from '../../shared/reconcile/claim.ts';
import { arbitraryObservation, deepFreeze } from '../builders/arbitraries.ts';
import { allocationId, aRole, associationId, nowMs } from '../builders/observed.ts';

/** Second reads are believed, so that plans are about the world and not about its age. */
function plan(observed: Observed): RolePlan {
  const secondReads = new Set([observed.role.name]);
  return planRole(observed, { nowMs, owner: 'me', hints: new Map(), secondReads, taken: new Set() });
}

/** The world as it is once the plan was claimed, applied and settled. */
function carryOut(observed: Observed, act: ActPlan): Observed {
  let next = observed;
  const associations: WrittenAssociation[] = [];
  const changes = act.slots.flatMap((slot) => slot.changes);
  for (const change of changes) {
    if (change.kind === 'change-record') next = { ...next, names: changeRecord(next.names ?? [], change) };
    else if (change.kind === 'associate-address') {
      const { allocationId: id, networkInterfaceId, privateIp } = change;
      associations.push({
        allocationId: id,
        associationId: associationId(0x99),
        networkInterfaceId,
        privateIp,
      });
      next = associate(next, change);
    }
  }
  const state = {
    ...observed.state,
    revision: observed.state.revision + 1,
    slots: claimedSlots(act, nowMs, 'a test'),
  };
  const slots = settledSlots(
    { observed, plan: act, state },
    () => ({ done: changes, associations, errors: [] }),
    nowMs,
  );
  return { ...next, state: { ...noState, slots, revision: state.revision + 1 } };
}

/** As EC2 does it: one Elastic IP per private address, and the public address of the instance follows. */
function associate(observed: Observed, change: AssociateAddress): Observed {
  const { networkInterfaceId, privateIp, publicIp, instanceId } = change;
  const isThere = ({ association }: ObservedElasticIp) =>
    association?.networkInterfaceId === networkInterfaceId && association.privateIp === privateIp;
  const elasticIps = observed.elasticIps.map((each) => {
    const { association: _, ...free } = each;
    if (each.allocationId === change.allocationId) {
      return {
        ...free,
        association: { associationId: associationId(0x99), networkInterfaceId, privateIp, instanceId },
      };
    }
    expect(isThere(each), 'no other Elastic IP is evicted').toBe(false);
    return each;
  });
  const withPublicIp = (instance: ObservedInstance): ObservedInstance => {
    const place = instance.privateIps.find((each) => each.privateIp === privateIp);
    return instance.instanceId === instanceId && place?.isPrimary ? { ...instance, publicIp } : instance;
  };
  return { ...observed, elasticIps, instances: observed.instances.map(withPublicIp) };
}

/** As Route 53 does it: only what is exactly there is deleted, only what is not there is created. */
function changeRecord(
  names: readonly ObservedName[],
  { before, after }: ChangeRecord,
): readonly ObservedName[] {
  const target = after ?? before;
  return names.map((name) => {
    if (name.zoneId !== target?.zoneId || name.name !== target.name) return name;
    const without = name.records.filter((each) => before === undefined || !isSameRecordSet(each, before));
    expect(name.records.length - without.length).toBe(before === undefined ? 0 : 1);
    const types = [...without, ...(after ? [after] : [])].map(({ type }) => type);
    expect(types.length === 1 || !types.includes('CNAME'), 'a CNAME stands alone').toBe(true);
    expect(new Set(types).size).toBe(types.length);
    return { ...name, records: [...without, ...(after ? [after] : [])] };
  });
}

const shuffled = <Each>(all: readonly Each[]): fc.Arbitrary<Each[]> =>
  fc.shuffledSubarray([...all], { minLength: all.length });

describe('a plan', () => {
  it('is empty once it was carried out, and keeps its holder', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observed) => {
        const first = plan(observed);
        if (first.kind !== 'act') return;

        const second = plan(carryOut(observed, first));

        expect(second).toMatchObject({
          kind: 'rest',
          slots: [{ holder: first.slots[0]?.holder, changes: [], refusals: first.slots[0]?.refusals }],
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('that rests has nothing to change', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observed) => {
        const result = plan(observed);

        if (result.kind === 'rest') expect(result.slots.flatMap(({ changes }) => changes)).toEqual([]);
      }),
    );
  });

  it('comes to the same whatever the order of what was read, and if an instance was read twice', () => {
    const reordered = arbitraryObservation.chain((observed) =>
      fc.tuple(
        fc.constant(observed),
        shuffled(observed.instances),
        shuffled(observed.elasticIps),
        shuffled(observed.names ?? []),
      ),
    );
    fc.assert(
      fc.property(reordered, ([observed, instances, elasticIps, names]) => {
        const result = plan({ ...observed, instances, elasticIps, names });
        const doubled = plan({ ...observed, instances: [...instances, ...instances] });

        expect(result).toEqual(plan(observed));
        expect(withoutVerdicts(doubled)).toEqual(withoutVerdicts(plan(observed)));
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing of what it is made from', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observed) => {
        const result = plan(deepFreeze(observed));

        if (result.kind === 'act') carryOut(observed, deepFreeze(result));
      }),
    );
  });

  it('never removes or replaces what is not ours, unless it may adopt', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observed) => {
        const result = plan(observed);
        if (result.kind !== 'act') return;

        const adopts = observed.role.spec.records.some(({ adopt }) => adopt);
        const removed = result.slots.flatMap(({ changes }) =>
          changes.flatMap((each) => (each.kind === 'change-record' ? (each.before ?? []) : [])),
        );
        for (const record of removed) expect(adopts || isOurs(observed, record)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives no two roles one private address, in whatever order they come', () => {
    const pair = arbitraryObservation.chain((observed) => {
      const role = aRole({ addresses: [{ elasticIp: allocationId(0xe2), adopt: true }], records: [] }, 'web');
      const instances = observed.instances.map((each) => ({
        ...each,
        tags: { ...each.tags, role: 'db,web' },
      }));
      return shuffled([
        { ...observed, instances },
        { ...observed, role, instances },
      ]);
    });
    fc.assert(
      fc.property(pair, (both) => {
        const context = {
          nowMs,
          owner: 'me',
          hints: new Map(),
          secondReads: new Set(both.map(({ role }) => role.name)),
        };
        const places = [...planRoles(both, context).values()].flatMap((each) =>
          each.kind === 'act' ? each.slots.flatMap(({ changes }) => changes) : [],
        );

        const taken = places.flatMap((each) =>
          each.kind === 'associate-address' ? [`${each.networkInterfaceId} ${each.privateIp}`] : [],
        );
        expect(new Set(taken).size).toBe(taken.length);
      }),
      { numRuns: 300 },
    );
  });
});

function withoutVerdicts(result: RolePlan): unknown {
  if (result.kind !== 'act' && result.kind !== 'rest') return result;
  const { verdicts: _, ...rest } = result;
  return rest;
}

function isOurs({ state }: Observed, record: RecordSet): boolean {
  const ours = state.slots.flatMap(({ written, intent }) => [
    ...written.records,
    ...intent.flatMap((each) => (each.kind === 'change-record' ? [each.before, each.after] : [])),
  ]);
  return ours.some((each) => each !== undefined && isSameRecordSet(each, record));
}
