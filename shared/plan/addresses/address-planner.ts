import type { AddressSpec } from '../../model/address-spec.ts';
import type { AddressChange } from '../../model/change.ts';
import type { Observed, ObservedInstance } from '../../model/observed.ts';
import type { Placement } from '../../model/placement.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { SlotState, WrittenAssociation } from '../../model/role-state.ts';

/**
 * What this pass has already given away, under the names of `takenKey`; `planFor` adds to it. Two roles that are planned
 * together never get the same, nor two addresses of one role.
 */
export type Taken = Set<string>;

/** Everything of one slot that a planner of addresses may look at. */
export interface AddressContext {
  readonly observed: Observed;
  readonly slot: SlotState;
  /** Position of the address in the spec. */
  readonly index: number;
  readonly taken: Taken;
}

/** One address's part of a slot's plan. */
export interface AddressPlan {
  readonly changes: readonly AddressChange[];
  readonly associations?: readonly WrittenAssociation[];
  readonly placements?: readonly Placement[];
}

/** How one kind of address is moved. Pure: everything is in the context. */
export interface AddressPlanner<Spec extends AddressSpec> {
  /** Why the address cannot be used whoever holds the role: it does not exist, or is somebody else's. */
  refusalOf(context: AddressContext, spec: Spec): Refusal | undefined;
  /** Why this instance could not take the address, in words that follow `because`; undefined when it can. */
  obstacleTo(context: AddressContext, spec: Spec, instance: ObservedInstance): string | undefined;
  /** The changes that bring the address to the holder, none when it is there. Asked only when neither of the above objects. */
  planFor(context: AddressContext, spec: Spec, holder: ObservedInstance): AddressPlan;
  /** The resources (`Placement.resource`) or allocation ids that the spec wants in this slot. */
  resourcesOf(context: AddressContext, spec: Spec): readonly string[];
}
