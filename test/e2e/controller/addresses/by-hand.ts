import {
  type Address,
  AssignIpv6AddressesCommand,
  AssignPrivateIpAddressesCommand,
  AssociateAddressCommand,
  AttachNetworkInterfaceCommand,
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  type DescribeNetworkInterfacesCommandInput,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Ground } from './ground.ts';

/** Associates an Elastic IP with the primary interface: with its primary address, unless another is named. */
export async function associate(
  ground: Ground,
  instanceId: string,
  AllocationId: string,
  PrivateIpAddress?: string,
): Promise<void> {
  const NetworkInterfaceId = await ground.primaryInterface(instanceId);
  const place = PrivateIpAddress === undefined ? {} : { PrivateIpAddress };
  await ground.ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId, ...place }));
}

/** Assigns a free private address to the primary interface. */
export async function assignPrivateIp(ground: Ground, instanceId: string, privateIp: string): Promise<void> {
  const NetworkInterfaceId = await ground.primaryInterface(instanceId);
  await ground.ec2.send(
    new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: [privateIp] }),
  );
}

/** Assigns free IPv6 addresses to the primary interface. */
export async function assignIpv6(
  ground: Ground,
  instanceId: string,
  ...ipv6s: readonly string[]
): Promise<void> {
  const NetworkInterfaceId = await ground.primaryInterface(instanceId);
  await ground.ec2.send(new AssignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6Addresses: [...ipv6s] }));
}

/** Attaches an available interface as the second one, and waits until it is. */
export async function attach(ground: Ground, InstanceId: string, NetworkInterfaceId: string): Promise<void> {
  await ground.ec2.send(
    new AttachNetworkInterfaceCommand({ NetworkInterfaceId, InstanceId, DeviceIndex: 1 }),
  );
  await ground.theatre.settle(5_000);
}

/** Switches the source/destination check of the primary interface. */
export async function checkSourceDest(ground: Ground, instanceId: string, Value: boolean): Promise<void> {
  const NetworkInterfaceId = await ground.primaryInterface(instanceId);
  await ground.ec2.send(
    new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, SourceDestCheck: { Value } }),
  );
}

/** An Elastic IP as EC2 describes it. */
export async function elasticIpOf({ ec2 }: Ground, allocationId: string): Promise<Address> {
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ AllocationIds: [allocationId] }));
  return Addresses[0] ?? {};
}

/** The instances that interfaces are attached to, each once. */
export async function instancesWithInterfaces(
  { ec2 }: Ground,
  which: DescribeNetworkInterfacesCommandInput,
): Promise<readonly string[]> {
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand(which));
  return distinct(NetworkInterfaces.map(({ Attachment }) => Attachment?.InstanceId));
}

/** The ids that there are, each once. */
export function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}
