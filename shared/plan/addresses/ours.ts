import type { InstanceId } from '../../model/ids.ts';
import type { Observed } from '../../model/observed.ts';
import type { Placement } from '../../model/placement.ts';
import { placementOf } from '../../model/placement.ts';
import type { SlotState } from '../../model/role-state.ts';

/** Whether an instance has to do with the role: what is with it may be moved. */
export function concernsRole({ instances }: Observed, instanceId: InstanceId | undefined): boolean {
  return instances.some((each) => each.instanceId === instanceId);
}

/** Whether the slot put the thing there, or meant to in a claim that nobody has settled, or whose call may come late. */
export function isPlacedByUs(slot: SlotState, { resource, at }: Placement): boolean {
  return placementsOf(slot).some((each) => each.resource === resource && each.at === at);
}

/** What the slot put somewhere, what an unsettled claim meant to put, and what an earlier one may still. */
export function placementsOf({ written, intent, late = [] }: SlotState): readonly Placement[] {
  const placed = [...intent, ...late].flatMap((change) => placementOf(change) ?? []);
  return [...written.placements, ...placed];
}
