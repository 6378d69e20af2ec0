import type { AddressChange } from '../../../../../shared/model/change.ts';
import type { Observed } from '../../../../../shared/model/observed.ts';
import type { Refusal } from '../../../../../shared/model/role-plan.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { noState, slotOf } from '../../../../../shared/model/role-state.ts';
import type {
  AddressContext,
  AddressPlan,
  Taken,
} from '../../../../../shared/plan/addresses/address-planner.ts';
import { plannerOf } from '../../../../../shared/plan/addresses/planner-of.ts';
import { anObservation, aRole, instanceId } from '../../../../builders/observed.ts';

interface CaseOptions {
  /** The first one unless given. */
  readonly slot?: Partial<SlotState>;
  /** Which of the addresses is asked about. */
  readonly index?: number;
  readonly slots?: number;
  readonly taken?: Taken;
  readonly records?: readonly object[];
}

/** What the planner of one address says. */
export interface AddressCase {
  readonly context: AddressContext;
  refusal(): Refusal | undefined;
  /** Why the instance of that number could not take the address. */
  obstacle(number: number): string | undefined;
  /** The plan that has the instance of that number hold the role. */
  plan(number: number): AddressPlan;
  changes(number: number): readonly AddressChange[];
  resources(): readonly string[];
}

/** A role with these addresses in this world, and the planner of one of them. */
export function anAddressCase(
  addresses: readonly object[],
  observed: Partial<Observed>,
  { slot = {}, index = 0, slots = 1, taken = new Set(), records = [] }: CaseOptions = {},
): AddressCase {
  const role = aRole({ addresses, slots, records });
  const spec = role.spec.addresses[index];
  if (spec === undefined) throw new Error(`there is no address ${index}`);
  const known = { ...slotOf(observed.state ?? noState, slot.slot ?? 0), ...slot };
  const context = { observed: anObservation({ role, ...observed }), slot: known, index, taken };
  const planner = plannerOf(spec);
  const instance = (number: number) => {
    const found = context.observed.instances.find((each) => each.instanceId === instanceId(number));
    if (found === undefined) throw new Error(`there is no instance ${number}`);
    return found;
  };
  return {
    context,
    refusal: () => planner.refusalOf(context),
    obstacle: (number) => planner.obstacleTo(context, instance(number)),
    plan: (number) => planner.planFor(context, instance(number)),
    changes: (number) => planner.planFor(context, instance(number)).changes,
    resources: () => planner.resourcesOf(context),
  };
}
