import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressChange } from '../../shared/model/change.ts';
import { stageOf } from '../../shared/model/change.ts';
import type { Observed, ObservedInstance, Role } from '../../shared/model/observed.ts';
import { placementOf } from '../../shared/model/placement.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import { noState, slotOf } from '../../shared/model/role-state.ts';
import { plannerOf } from '../../shared/plan/addresses/planner-of.ts';
import { deepFreeze } from '../builders/arbitraries.ts';
import { arbitraryAddressRole, arbitraryEc2World, observedIn } from '../builders/arbitrary-network.ts';
import { anObservation, instanceId } from '../builders/observed.ts';
import type { Ec2World } from '../fakes/memory-ec2-world.ts';
import { afterChange } from '../fakes/memory-ec2-world.ts';

const holders = fc.constantFrom(1, 2, 3);
const fresh = slotOf(noState, 0);

/** A pass over the slot: what is planned, in the order of its stages, for all addresses that nothing forbids. */
function pass(role: Role, world: Ec2World, slot: SlotState, holder: number) {
  const observed = deepFreeze(anObservation({ role, ...observedIn(world) }));
  const taken = new Set<string>();
  const usable = role.spec.addresses.flatMap((spec, index) => {
    const context = { observed, slot: deepFreeze(slot), index, taken };
    const planner = plannerOf(spec);
    return planner.refusalOf(context) === undefined ? [{ context, planner }] : [];
  });
  const instance = instanceIn(observed, holder);
  const obstacle = usable
    .map(({ planner, context }) => planner.obstacleTo(context, instance))
    .find((each) => each !== undefined);
  if (obstacle !== undefined) return { obstacle, changes: [], plans: [] };
  const plans = usable.map(({ planner, context }) => planner.planFor(context, instance));
  const changes = plans.flatMap((each) => each.changes);
  return { obstacle, plans, changes: changes.toSorted((a, b) => stageOf(a) - stageOf(b)) };
}

function instanceIn({ instances }: Observed, number: number): ObservedInstance {
  const found = instances.find((each) => each.instanceId === instanceId(number));
  if (found === undefined) throw new Error(`there is no instance ${number}`);
  return found;
}

function applied(world: Ec2World, changes: readonly AddressChange[]): Ec2World {
  return changes.reduce((before, change, index) => afterChange(before, change, 100 + index), world);
}

/** The slot once the pass is settled. */
function settled(
  slot: SlotState,
  { plans, changes }: Pick<ReturnType<typeof pass>, 'plans' | 'changes'>,
): SlotState {
  const placements = [
    ...slot.written.placements,
    ...plans.flatMap((each) => each.placements ?? []),
    ...changes.flatMap((change) => placementOf(change) ?? []),
  ];
  const byResource = new Map(placements.map((each) => [each.resource, each]));
  return { ...slot, written: { ...slot.written, placements: [...byResource.values()] } };
}

describe('addresses of all kinds, wherever they are', () => {
  it('are in place once the plan is made, and nothing is left to do', () => {
    fc.assert(
      fc.property(arbitraryAddressRole, arbitraryEc2World, holders, holders, (role, world, first, second) => {
        const plan = pass(role, world, fresh, first);
        const there = applied(world, plan.changes);
        const slot = settled(fresh, plan);
        const failover = pass(role, there, slot, second);
        const moved = applied(there, failover.changes);

        expect(pass(role, there, slot, first).changes).toEqual([]);
        expect(pass(role, moved, settled(slot, failover), second).changes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('are in place after a crash anywhere, once the next pass is through', () => {
    fc.assert(
      fc.property(
        arbitraryAddressRole,
        arbitraryEc2World,
        holders,
        fc.nat(8),
        (role, world, holder, count) => {
          const plan = pass(role, world, fresh, holder);
          const crashed = applied(world, plan.changes.slice(0, count));
          const slot = { ...fresh, intent: plan.changes };
          const next = pass(role, crashed, slot, holder);

          expect(next.obstacle).toBe(plan.obstacle);
          expect(pass(role, applied(crashed, next.changes), slot, holder).changes).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('leave a stranger’s things alone without adopt', () => {
    fc.assert(
      fc.property(arbitraryAddressRole, arbitraryEc2World, holders, (role, world, holder) => {
        fc.pre(role.spec.addresses.every((spec) => !('adopt' in spec && spec.adopt)));

        const after = observedIn(applied(world, pass(role, world, fresh, holder).changes));

        expect(ofStranger(after)).toEqual(ofStranger(observedIn(world)));
      }),
      { numRuns: 300 },
    );
  });

  it('are planned the same in whatever order things were read', () => {
    fc.assert(
      fc.property(arbitraryAddressRole, arbitraryEc2World, holders, (role, world, holder) => {
        const { instances, elasticIps, network } = world;
        const reversed = {
          instances: instances.toReversed(),
          elasticIps: elasticIps.toReversed(),
          network: {
            ...network,
            interfaces: network.interfaces.toReversed(),
            routeTables: network.routeTables.toReversed(),
            subnets: network.subnets.toReversed(),
            targets: network.targets.toReversed(),
          },
        };

        expect(pass(role, reversed, fresh, holder)).toEqual(pass(role, world, fresh, holder));
      }),
      { numRuns: 200 },
    );
  });
});

/** What instance 9 has. */
function ofStranger({ elasticIps, network }: Pick<Observed, 'elasticIps' | 'network'>) {
  const stranger = instanceId(9);
  return {
    elasticIps: elasticIps.filter(({ association }) => association?.instanceId === stranger),
    interfaces: network.interfaces.filter(({ attachment }) => attachment?.instanceId === stranger),
    targets: network.targets.filter((each) => each.instanceId === stranger),
  };
}
