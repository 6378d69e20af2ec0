import { chooseIpv6, expectFree, expectIpv6, takeFree } from './private-addresses.ts';
import { unlinkAll } from './public-association.ts';
import type { Attachment, NetworkInterface, Subnet, Tags } from './state/resources.ts';
import type { World } from './state/world.ts';
import { announceInitialTags, initialTags } from './tag-rules.ts';

/** Which addresses a new interface wants; the first private address becomes the primary one. */
export interface WantedAddresses {
  readonly primary: string | undefined;
  readonly secondaries: readonly string[];
  /** This many more secondary addresses, whichever are free. */
  readonly secondaryCount: number;
  readonly ipv6: readonly string[];
  readonly ipv6Count: number;
}

export interface NewInterface {
  readonly subnet: Subnet;
  readonly description: string;
  readonly groupIds: readonly string[];
  readonly addresses: WantedAddresses;
  readonly isPublicIpAutoAssigned: boolean;
  readonly attachment: Attachment | undefined;
  readonly tags: Tags;
}

/** How many private IPv4 addresses that makes. */
export function privateIpCount({ secondaries, secondaryCount }: WantedAddresses): number {
  return 1 + secondaries.length + secondaryCount;
}

/** The addresses that are asked for by name; others are taken as they come. */
export function fixedAddresses({ primary, secondaries }: WantedAddresses): readonly string[] {
  return primary === undefined ? secondaries : [primary, ...secondaries];
}

/** Throws when the subnet cannot give these addresses; takes nothing. */
export function expectAddresses(world: World, subnet: Subnet, wanted: WantedAddresses): void {
  expectFree(world, subnet, fixedAddresses(wanted), randomCount(wanted));
  expectIpv6(world, subnet, wanted.ipv6, ipv6Count(subnet, wanted));
}

/** Makes an interface with its addresses, all of them or none. */
export function createInterface(world: World, wanted: NewInterface): NetworkInterface {
  const { subnet, addresses, attachment, tags } = wanted;
  expectAddresses(world, subnet, addresses);
  const ipv6Addresses = chooseIpv6(world, subnet, addresses.ipv6, ipv6Count(subnet, addresses));
  // Fixed addresses first: a random one must not take their place.
  takeFree(world, subnet, fixedAddresses(addresses), 0);
  const random = takeFree(world, subnet, [], randomCount(addresses));
  const privateIps =
    addresses.primary === undefined
      ? [...random.slice(0, 1), ...addresses.secondaries, ...random.slice(1)]
      : [addresses.primary, ...addresses.secondaries, ...random];
  const eni: NetworkInterface = {
    id: world.newResourceId('network-interface'),
    ...initialTags(tags),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    description: wanted.description,
    macAddress: `02:${world.surroundings.random.hex(10).match(/../g)?.join(':')}`,
    groupIds: wanted.groupIds,
    isSourceDestChecked: true,
    privateIps: privateIps.map((address, index) => ({
      address,
      isPrimary: index === 0,
      association: undefined,
    })),
    ipv6Addresses,
    attachment,
    isPublicIpAutoAssigned: wanted.isPublicIpAutoAssigned,
  };
  world.networkInterfaces.put(eni);
  announceInitialTags(world, eni);
  return eni;
}

function randomCount({ primary, secondaryCount }: WantedAddresses): number {
  return secondaryCount + (primary === undefined ? 1 : 0);
}

function ipv6Count(subnet: Subnet, { ipv6, ipv6Count }: WantedAddresses): number {
  return subnet.isIpv6AssignedOnCreation && ipv6.length === 0 ? Math.max(1, ipv6Count) : ipv6Count;
}

/** Takes the interface out of the world: its addresses go back, its Elastic IPs stay allocated and free. */
export function deleteInterface(world: World, networkInterfaceId: string): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  if (eni === undefined) return;
  unlinkAll(world, eni);
  world.networkInterfaces.remove(eni.id);
  for (const { address } of eni.privateIps) world.subnetAddresses.give(eni.subnetId, address);
}
