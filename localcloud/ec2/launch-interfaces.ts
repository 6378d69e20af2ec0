import { AwsError } from '../core/aws-error.ts';
import { addressInUse, invalidParameterCombination, invalidParameterValue, subnetFull } from './errors.ts';
import type { InstanceType } from './instance-type-table.ts';
import { expectAddresses, fixedAddresses, privateIpCount, type WantedAddresses } from './interface-making.ts';
import type { InterfaceSpecification, LaunchInput } from './launch-input.ts';
import { expectGroupIds, expectGroupIdsByName } from './security-groups.ts';
import type { NetworkInterface, Subnet } from './state/resources.ts';
import { expectResource, privateIpKey, type World } from './state/world.ts';
import { wantedAddresses } from './wanted-addresses.ts';
import { expectZoneId } from './zones.ts';

/** An interface that an instance is launched with. */
export type PlannedInterface =
  | {
      readonly kind: 'new';
      readonly deviceIndex: number;
      readonly subnet: Subnet;
      readonly description: string;
      readonly groupIds: readonly string[];
      readonly addresses: WantedAddresses;
      readonly isPublicIpAutoAssigned: boolean;
      readonly isDeletedOnTermination: boolean;
    }
  | { readonly kind: 'existing'; readonly deviceIndex: number; readonly eni: NetworkInterface };

type NewInterfacePlan = Extract<PlannedInterface, { kind: 'new' }>;

/** The interfaces of each instance, the subnet of the primary one, and how many instances the subnets can take. */
export function planInterfaces(
  world: World,
  input: LaunchInput,
  type: InstanceType,
): { readonly interfaces: readonly PlannedInterface[]; readonly subnet: Subnet; readonly count: number } {
  const interfaces = (
    input.NetworkInterfaces === undefined
      ? [onlyInterface(world, input)]
      : specifiedInterfaces(world, input, input.NetworkInterfaces)
  ).toSorted((a, b) => a.deviceIndex - b.deviceIndex);
  expectTypeAllows(type, interfaces);
  const [primary] = interfaces;
  if (primary === undefined || primary.deviceIndex !== 0)
    throw invalidParameterCombination('A network interface with device index 0 is required');
  if (new Set(interfaces.map(({ deviceIndex }) => deviceIndex)).size < interfaces.length)
    throw invalidParameterValue('Each network interface requires a unique device index.');
  const subnet =
    primary.kind === 'new' ? primary.subnet : expectResource(world.subnets, 'subnet', primary.eni.subnetId);
  if (interfaces.some((each) => zoneOf(each) !== subnet.availabilityZone))
    throw invalidParameterCombination('All network interfaces must be in the same Availability Zone');
  return { interfaces, subnet, count: possibleCount(world, input, interfaces) };
}

function zoneOf(planned: PlannedInterface): string {
  return planned.kind === 'new' ? planned.subnet.availabilityZone : planned.eni.availabilityZone;
}

function onlyInterface(world: World, input: LaunchInput): NewInterfacePlan {
  const subnet = launchSubnet(world, input.SubnetId, input.Placement?.AvailabilityZone);
  const { SecurityGroupIds, SecurityGroups, PrivateIpAddress, Ipv6AddressCount, Ipv6Addresses } = input;
  const named = expectGroupIdsByName(world, subnet.vpcId, SecurityGroups ?? []);
  return {
    kind: 'new',
    deviceIndex: 0,
    subnet,
    description: '',
    groupIds: expectGroupIds(world, subnet.vpcId, [...(SecurityGroupIds ?? []), ...named]),
    addresses: {
      primary: PrivateIpAddress,
      secondaries: [],
      secondaryCount: 0,
      ipv6: Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address) ?? [],
      ipv6Count: Ipv6AddressCount ?? 0,
    },
    isPublicIpAutoAssigned: subnet.isPublicIpMappedOnLaunch,
    isDeletedOnTermination: true,
  };
}

function specifiedInterfaces(
  world: World,
  input: LaunchInput,
  specifications: readonly InterfaceSpecification[],
): PlannedInterface[] {
  if (input.SubnetId !== undefined)
    throw invalidParameterCombination(
      'Network interfaces and an instance-level subnet ID may not be specified on the same request',
    );
  if (input.SecurityGroupIds !== undefined || input.SecurityGroups !== undefined)
    throw invalidParameterCombination(
      'Network interfaces and an instance-level security groups may not be specified on the same request',
    );
  if (input.PrivateIpAddress !== undefined)
    throw invalidParameterCombination(
      'Network interfaces and an instance-level private IP address may not be specified on the same request',
    );
  if (specifications.length > 1 && specifications.some((each) => each.AssociatePublicIpAddress !== undefined))
    throw invalidParameterCombination(
      'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
    );
  return specifications.map((specification) =>
    specification.NetworkInterfaceId === undefined
      ? newInterface(world, input, specification, specifications.length)
      : existingInterface(world, input, specification, specification.NetworkInterfaceId),
  );
}

function newInterface(
  world: World,
  input: LaunchInput,
  specification: InterfaceSpecification,
  interfaceCount: number,
): NewInterfacePlan {
  const { DeviceIndex, AssociatePublicIpAddress, DeleteOnTermination } = specification;
  if (DeviceIndex === undefined)
    throw invalidParameterValue('Each network interface requires a device index.');
  const subnet = launchSubnet(world, specification.SubnetId, input.Placement?.AvailabilityZone);
  const isMapped = interfaceCount === 1 && DeviceIndex === 0 && subnet.isPublicIpMappedOnLaunch;
  return {
    kind: 'new',
    deviceIndex: DeviceIndex,
    subnet,
    description: specification.Description ?? '',
    groupIds: expectGroupIds(world, subnet.vpcId, specification.Groups),
    addresses: wantedAddresses(specification),
    isPublicIpAutoAssigned: AssociatePublicIpAddress ?? isMapped,
    isDeletedOnTermination: DeleteOnTermination ?? DeviceIndex === 0,
  };
}

// What an interface that exists already has by itself cannot be said again.
const allowedForExisting: ReadonlySet<string> = new Set([
  'NetworkInterfaceId',
  'DeviceIndex',
  'NetworkCardIndex',
  'DeleteOnTermination',
]);

function existingInterface(
  world: World,
  { MaxCount }: LaunchInput,
  specification: InterfaceSpecification,
  id: string,
): PlannedInterface {
  const eni = expectResource(world.networkInterfaces, 'network-interface', id);
  if (eni.attachment !== undefined)
    throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${eni.id}] in use.`);
  const excess = Object.keys(specification).find((name) => !allowedForExisting.has(name));
  if (excess !== undefined)
    throw invalidParameterCombination(
      `The parameter ${excess} cannot be specified for a network interface that exists already`,
    );
  if (specification.DeleteOnTermination === true)
    throw invalidParameterCombination(
      'DeleteOnTermination can be true only for a network interface that is created at launch',
    );
  if (MaxCount > 1)
    throw invalidParameterCombination('A network interface cannot be attached to more than one instance');
  return { kind: 'existing', deviceIndex: specification.DeviceIndex ?? 0, eni };
}

function launchSubnet(world: World, subnetId: string | undefined, zone: string | undefined): Subnet {
  if (zone !== undefined) expectZoneId(world, zone);
  if (subnetId !== undefined) {
    const subnet = expectResource(world.subnets, 'subnet', subnetId);
    if (zone !== undefined && zone !== subnet.availabilityZone)
      throw invalidParameterCombination(
        `The subnet '${subnet.id}' is not in the Availability Zone '${zone}'`,
      );
    return subnet;
  }
  const zones = zone === undefined ? world.zones.map(({ name }) => name) : [zone];
  const [defaultId] = zones.flatMap((name) => world.defaultSubnetByZone.get(name) ?? []);
  const subnet = defaultId === undefined ? undefined : world.subnets.get(defaultId);
  if (subnet === undefined)
    throw new AwsError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  return subnet;
}

function expectTypeAllows(type: InstanceType, interfaces: readonly PlannedInterface[]): void {
  if (interfaces.length > type.interfacesMax)
    throw new AwsError(
      'AttachmentLimitExceeded',
      `Interface count ${interfaces.length} exceeds the limit for ${type.name}`,
    );
  for (const each of interfaces) {
    const [ipv4, ipv6] =
      each.kind === 'new'
        ? [privateIpCount(each.addresses), each.addresses.ipv6.length + each.addresses.ipv6Count]
        : [each.eni.privateIps.length, each.eni.ipv6Addresses.length];
    if (Math.max(ipv4, ipv6) > type.addressesPerInterface)
      throw new AwsError(
        'InvalidInterface.IpAddressLimitExceeded',
        `Number of private addresses will exceed limit. The limit for ${type.name} is ${type.addressesPerInterface}.`,
      );
    if (ipv6 > 0 && !type.isIpv6Supported)
      throw invalidParameterCombination(`IPv6 is not supported for the instance type '${type.name}'`);
  }
}

/** As many of the wanted instances as the subnets have free addresses for; throws when not even the minimum. */
function possibleCount(
  world: World,
  { MinCount, MaxCount }: LaunchInput,
  interfaces: readonly PlannedInterface[],
): number {
  const perSubnet = new Map<string, number>();
  const fixed = new Set<string>();
  for (const each of interfaces) {
    if (each.kind === 'existing') continue;
    const { addresses, subnet } = each;
    expectAddresses(world, subnet, addresses);
    for (const address of [...fixedAddresses(addresses), ...addresses.ipv6]) {
      if (fixed.has(privateIpKey(subnet.vpcId, address))) throw addressInUse(address);
      fixed.add(privateIpKey(subnet.vpcId, address));
    }
    perSubnet.set(subnet.id, (perSubnet.get(subnet.id) ?? 0) + privateIpCount(addresses));
  }
  if (fixed.size > 0 && MaxCount > 1)
    throw invalidParameterCombination('A fixed IP address cannot be given to more than one instance');
  const possible = [...perSubnet].map(([id, needed]) =>
    Math.floor(world.subnetAddresses.freeCount(id) / needed),
  );
  const count = Math.min(MaxCount, ...possible);
  if (count < MinCount) throw subnetFull();
  return count;
}
