import { ofSlot } from '../../model/address-spec.ts';
import type { NetworkInterfaceId } from '../../model/ids.ts';
import type { AddressContext } from './address-planner.ts';
import { networkInterfacePlanner } from './network-interface.ts';

/** The interfaces that the slot moves as a whole, and may move: what is on them comes along. */
export function ownInterfaces(context: AddressContext): ReadonlySet<NetworkInterfaceId> {
  const { observed, slot } = context;
  const ids = observed.role.spec.addresses.flatMap((spec) =>
    'networkInterface' in spec && networkInterfacePlanner.refusalOf(context, spec) === undefined
      ? (ofSlot(spec.networkInterface, slot.slot) ?? [])
      : [],
  );
  return new Set(ids);
}
