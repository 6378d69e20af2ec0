import { holdsIp } from '../../model/cidr.ts';
import type { Ipv4, Ipv6, SubnetId } from '../../model/ids.ts';
import type { Observed, ObservedAttachment, ObservedInstance, ObservedSubnet } from '../../model/observed.ts';
import type { AddressContext } from './address-planner.ts';
import { isTakenByAnother, takenKey } from './taken.ts';

/** The subnets that were read whose ranges hold the address: one in a VPC, at the most. */
export function subnetsHolding({ network }: Observed, ip: Ipv4 | Ipv6): ReadonlySet<SubnetId> {
  return new Set(network.subnets.filter((subnet) => holds(subnet, ip)).map(({ subnetId }) => subnetId));
}

function holds({ cidr, ipv6Cidrs }: ObservedSubnet, ip: Ipv4 | Ipv6): boolean {
  return [cidr, ...ipv6Cidrs].some((range) => holdsIp(range, ip));
}

/** The instance's interfaces that could have the address, by device index: those in its subnet. */
export function attachmentsHolding(
  observed: Observed,
  { attachments }: ObservedInstance,
  ip: Ipv4 | Ipv6,
): readonly ObservedAttachment[] {
  const subnets = subnetsHolding(observed, ip);
  return attachments.filter(({ subnetId }) => subnetId !== undefined && subnets.has(subnetId));
}

/**
 * Whether the interface takes this address too, with the others that it is given in this pass. A type whose limits are not
 * known is tried.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
 */
export function hasRoom(
  context: AddressContext,
  { instanceType }: ObservedInstance,
  { networkInterfaceId, privateIps, ipv6s }: ObservedAttachment,
  ip: Ipv4 | Ipv6,
): boolean {
  const limits = context.observed.network.limits[instanceType];
  if (limits === undefined) return true;
  const isIpv6 = ip.includes(':');
  const present: readonly string[] = isIpv6 ? ipv6s : privateIps;
  const prefix = takenKey.onInterface(networkInterfaceId, '');
  const coming = [...context.taken]
    .filter((key) => key.startsWith(prefix) && !key.includes(' for ') && isTakenByAnother(context, key))
    .map((key) => key.slice(prefix.length))
    .filter((each) => each.includes(':') === isIpv6 && each !== ip && !present.includes(each));
  const max = isIpv6 ? limits.ipv6PerInterfaceMax : limits.ipv4PerInterfaceMax;
  return present.length + coming.length < max;
}
