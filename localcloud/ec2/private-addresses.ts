import {
  addressInUse,
  addressOutsideSubnet,
  addressReserved,
  invalidParameterValue,
  notAnAddress,
  subnetFull,
} from './errors.ts';
import { parseIpv4 } from './state/ipv4.ts';
import { formatIpv6, holdsIpv6, type Ipv6Block, parseIpv6, parseIpv6Block } from './state/ipv6.ts';
import type { NetworkInterface, PrivateIp, Subnet } from './state/resources.ts';
import type { World } from './state/world.ts';

/** The interface's first address: it has it for life. */
export function primaryIpOf(eni: NetworkInterface): PrivateIp {
  const [primary] = eni.privateIps;
  if (primary === undefined) throw new Error(`${eni.id} has no private address`);
  return primary;
}

/** Throws when the address is malformed, outside the subnet, or one of the five that AWS keeps. */
export function expectInSubnet(world: World, subnet: Subnet, address: string): void {
  if (parseIpv4(address) === undefined) throw notAnAddress(address);
  const refusal = world.subnetAddresses.refusal(subnet.id, address);
  if (refusal === 'outside') throw addressOutsideSubnet(address);
  if (refusal === 'reserved') throw addressReserved(address);
}

/** Throws unless all of `explicit` and `count` more addresses can be taken; takes nothing. */
export function expectFree(world: World, subnet: Subnet, explicit: readonly string[], count: number): void {
  if (new Set(explicit).size < explicit.length)
    throw invalidParameterValue('Duplicate private IP addresses in the request');
  for (const address of explicit) {
    expectInSubnet(world, subnet, address);
    if (world.subnetAddresses.refusal(subnet.id, address) === 'taken') throw addressInUse(address);
  }
  if (world.subnetAddresses.freeCount(subnet.id) < explicit.length + count) throw subnetFull();
}

/** Takes what {@link expectFree} has found free: the explicit addresses first, then `count` random ones. */
export function takeFree(world: World, subnet: Subnet, explicit: readonly string[], count: number): string[] {
  for (const address of explicit) world.subnetAddresses.take(subnet.id, address);
  const random = Array.from({ length: count }, () => {
    const address = world.subnetAddresses.takeAny(subnet.id);
    if (address === undefined) throw subnetFull();
    return address;
  });
  return [...explicit, ...random];
}

/**
 * The explicit IPv6 addresses in canonical form. Throws when one is malformed, outside the subnet, or in use, and
 * when `count` more are wanted of a subnet that has no IPv6 block; takes nothing.
 */
export function expectIpv6(
  world: World,
  subnet: Subnet,
  explicit: readonly string[],
  count: number,
): string[] {
  if (explicit.length === 0 && count === 0) return [];
  const block = ipv6BlockOf(subnet);
  const canonical = explicit.map((text) => {
    const address = parseIpv6(text);
    if (address === undefined) throw notAnAddress(text);
    if (!holdsIpv6(block, address)) throw addressOutsideSubnet(text);
    if (world.interfaceByIpv6.has(formatIpv6(address))) throw addressInUse(text);
    return formatIpv6(address);
  });
  if (new Set(canonical).size < canonical.length)
    throw invalidParameterValue('Duplicate IPv6 addresses in the request');
  return canonical;
}

/** As {@link expectIpv6}, and `count` random addresses of the subnet's /64 that nobody has. */
export function chooseIpv6(
  world: World,
  subnet: Subnet,
  explicit: readonly string[],
  count: number,
): string[] {
  const chosen = expectIpv6(world, subnet, explicit, count);
  while (chosen.length < explicit.length + count) {
    const address = formatIpv6(ipv6BlockOf(subnet).first | BigInt(`0x${world.surroundings.random.hex(16)}`));
    if (!world.interfaceByIpv6.has(address) && !chosen.includes(address)) chosen.push(address);
  }
  return chosen;
}

function ipv6BlockOf(subnet: Subnet): Ipv6Block {
  const block = subnet.ipv6CidrBlock === undefined ? undefined : parseIpv6Block(subnet.ipv6CidrBlock);
  if (block === undefined)
    throw invalidParameterValue(`The subnet '${subnet.id}' does not have an IPv6 CIDR block`);
  return block;
}
