import type { AddressSpec, PrivateIpSpec } from '../../model/address-spec.ts';
import { ofSlot } from '../../model/address-spec.ts';
import type { Ipv4, NetworkInterfaceId, SubnetId } from '../../model/ids.ts';
import type { Observed, ObservedElasticIp } from '../../model/observed.ts';
import type { AddressContext } from './address-planner.ts';
import { subnetsHolding } from './subnets.ts';

/**
 * The role's own private address that an Elastic IP goes with: of those that are not `on: primary`, the first goes with the
 * first private address of the spec, and so on. Undefined where there is none, or the Elastic IP wants the primary one.
 */
export function ownPrivateIp(context: AddressContext): Ipv4 | undefined {
  const spec = ownPrivateIpSpec(context);
  return spec && ofSlot(spec.privateIp, context.slot.slot);
}

/** The same as the spec has it, with the addresses of all slots. */
export function ownPrivateIpSpec({ observed, index }: AddressContext): PrivateIpSpec | undefined {
  const { addresses } = observed.role.spec;
  const spec = addresses[index];
  if (spec === undefined || !goesWithPrivateIp(spec)) return undefined;
  const before = addresses.slice(0, index).filter(goesWithPrivateIp).length;
  return addresses.filter((each) => 'privateIp' in each)[before];
}

function goesWithPrivateIp(spec: AddressSpec): boolean {
  return 'elasticIp' in spec && spec.on !== 'primary';
}

/** Whether the Elastic IP is on the address, wherever that is: another VPC may use the same one, its subnet may not. */
export function isOnPrivateIp(
  observed: Observed,
  { association }: ObservedElasticIp,
  privateIp: Ipv4,
): boolean {
  if (association?.privateIp !== privateIp) return false;
  const subnetId = subnetOf(observed, association.networkInterfaceId);
  return subnetId !== undefined && subnetsHolding(observed, privateIp).has(subnetId);
}

function subnetOf({ instances, network }: Observed, id: NetworkInterfaceId): SubnetId | undefined {
  const all = [...network.interfaces, ...instances.flatMap(({ attachments }) => attachments)];
  return all.find(({ networkInterfaceId }) => networkInterfaceId === id)?.subnetId;
}
