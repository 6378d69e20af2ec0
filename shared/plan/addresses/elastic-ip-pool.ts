import type { Change } from '../../model/change.ts';
import type { AllocationId } from '../../model/ids.ts';
import type { ObservedElasticIp } from '../../model/observed.ts';
import type { SlotState, WrittenAssociation } from '../../model/role-state.ts';
import { slotsOf } from '../../model/role-state.ts';
import type { AddressContext } from './address-planner.ts';
import { isTakenByAnotherRole, takenKey } from './taken.ts';

/**
 * The slot's Elastic IP of a pool. The slot keeps the one that it wrote or meant, for good. The slots that have none yet
 * share out, in their order, what no slot of the role and no other role has: free ones first, then by allocation id.
 * Undefined when that is not enough for all.
 * @param pool The Elastic IPs with the pool's tags, and which of them may be moved.
 */
export function fromPool(
  context: AddressContext,
  pool: readonly ObservedElasticIp[],
  isMovable: (elasticIp: ObservedElasticIp) => boolean,
): ObservedElasticIp | undefined {
  const { observed, slot } = context;
  const keptBy = (each: SlotState): ObservedElasticIp | undefined =>
    spokenFor(each)
      .map((id) => pool.find(({ allocationId }) => allocationId === id))
      .find((elasticIp) => elasticIp !== undefined);
  const kept = keptBy(slot);
  if (kept !== undefined) return kept;
  const slots = slotsOf(observed.state, observed.role.spec.slots);
  const spoken = new Set(slots.flatMap(spokenFor));
  const left = pool
    .filter(({ allocationId }) => !spoken.has(allocationId))
    .filter(({ allocationId }) => !isTakenByAnotherRole(context, takenKey.elasticIp(allocationId)))
    .filter(isMovable)
    .toSorted(byFreedomAndId);
  const without = slots.filter((each) => each.slot < observed.role.spec.slots && keptBy(each) === undefined);
  return left[without.findIndex((each) => each.slot === slot.slot)];
}

function spokenFor({ written, intent }: SlotState): readonly AllocationId[] {
  return allocationsOf(written.associations, intent);
}

/** The Elastic IPs that were written, then those that are meant to be. */
export function allocationsOf(
  written: readonly WrittenAssociation[],
  intent: readonly Change[],
): readonly AllocationId[] {
  const meant = intent.flatMap((change) =>
    change.kind === 'associate-address' ? [change.allocationId] : [],
  );
  return [...written.map(({ allocationId }) => allocationId), ...meant];
}

function byFreedomAndId(a: ObservedElasticIp, b: ObservedElasticIp): number {
  const byFreedom = Number(a.association !== undefined) - Number(b.association !== undefined);
  return byFreedom === 0 ? (a.allocationId < b.allocationId ? -1 : 1) : byFreedom;
}
