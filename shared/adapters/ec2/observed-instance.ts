import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import { instanceIdSchema, ipv4Schema, networkInterfaceIdSchema } from '../../model/ids.ts';
import type { ObservedInstance, ObservedPrivateIp } from '../../model/observed.ts';
import { instanceStateSchema } from '../../model/trigger.ts';

/** An instance as DescribeInstances shows it; undefined when it is too young to have a state. */
export function toObservedInstance(instance: Instance): ObservedInstance | undefined {
  const id = instanceIdSchema.safeParse(instance.InstanceId);
  const state = instanceStateSchema.safeParse(instance.State?.Name);
  if (!id.success || !state.success) return undefined;
  // An address that a terminated instance had is described as an empty string by some releases of the API.
  const publicIp = ipv4Schema.safeParse(instance.PublicIpAddress);
  return {
    instanceId: id.data,
    state: state.data,
    tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    launchTimeMs: instance.LaunchTime?.getTime() ?? 0,
    privateIps: (instance.NetworkInterfaces ?? []).toSorted(byDeviceIndex).flatMap(privateIpsOf),
    ...(publicIp.success ? { publicIp: publicIp.data } : {}),
  };
}

function byDeviceIndex(a: InstanceNetworkInterface, b: InstanceNetworkInterface): number {
  return (a.Attachment?.DeviceIndex ?? 0) - (b.Attachment?.DeviceIndex ?? 0);
}

/** The primary address of an interface first, whatever order EC2 lists them in. */
function privateIpsOf(networkInterface: InstanceNetworkInterface): readonly ObservedPrivateIp[] {
  const id = networkInterfaceIdSchema.safeParse(networkInterface.NetworkInterfaceId);
  if (!id.success) return [];
  const isFirst = networkInterface.Attachment?.DeviceIndex === 0;
  return (networkInterface.PrivateIpAddresses ?? [])
    .toSorted((a, b) => Number(b.Primary ?? false) - Number(a.Primary ?? false))
    .flatMap(({ PrivateIpAddress, Primary }) => {
      const privateIp = ipv4Schema.safeParse(PrivateIpAddress);
      const isPrimary = isFirst && Primary === true;
      return privateIp.success ? [{ networkInterfaceId: id.data, privateIp: privateIp.data, isPrimary }] : [];
    });
}
