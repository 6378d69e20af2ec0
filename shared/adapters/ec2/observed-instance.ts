import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import { normalizeDnsName } from '../../model/dns-name.ts';
import {
  attachmentIdSchema,
  instanceIdSchema,
  ipv4Schema,
  networkInterfaceIdSchema,
  subnetIdSchema,
  vpcIdSchema,
} from '../../model/ids.ts';
import type { ObservedAttachment, ObservedInstance, ObservedPrivateIp } from '../../model/observed.ts';
import { instanceStateSchema } from '../../model/trigger.ts';
import { ipv6sOf, privateIpsOf } from './interface-addresses.ts';

/**
 * An instance as DescribeInstances shows it; undefined when it is too young to have a state. What an instance that is gone
 * had is described as an empty text by some releases of the API: that is nothing too.
 * @param accountId The owner of the reservation that the instance came with.
 */
export function toObservedInstance(
  instance: Instance,
  accountId: string | undefined,
): ObservedInstance | undefined {
  const id = instanceIdSchema.safeParse(instance.InstanceId);
  const state = instanceStateSchema.safeParse(instance.State?.Name);
  if (!id.success || !state.success) return undefined;
  const interfaces = (instance.NetworkInterfaces ?? []).toSorted(byDeviceIndex);
  const publicIp = ipv4Schema.safeParse(instance.PublicIpAddress);
  const vpcId = vpcIdSchema.safeParse(instance.VpcId);
  const subnetId = subnetIdSchema.safeParse(instance.SubnetId);
  return {
    instanceId: id.data,
    state: state.data,
    tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    launchTimeMs: instance.LaunchTime?.getTime() ?? 0,
    privateIps: interfaces.flatMap(placesOn),
    attachments: interfaces.flatMap(toAttachment),
    ...(publicIp.success ? { publicIp: publicIp.data } : {}),
    ...namesOf(instance),
    ...(vpcId.success ? { vpcId: vpcId.data } : {}),
    ...(subnetId.success ? { subnetId: subnetId.data } : {}),
    zone: instance.Placement?.AvailabilityZone ?? '',
    instanceType: instance.InstanceType ?? '',
    imageId: instance.ImageId ?? '',
    accountId: accountId ?? '',
    ...(instance.IamInstanceProfile?.Arn ? { instanceProfileArn: instance.IamInstanceProfile.Arn } : {}),
    securityGroupIds: (instance.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
  };
}

/** Empty where the VPC gives its instances no names. */
function namesOf({
  PrivateDnsName,
  PublicDnsName,
}: Instance): Pick<ObservedInstance, 'privateName' | 'publicName'> {
  return {
    ...(PrivateDnsName ? { privateName: normalizeDnsName(PrivateDnsName) } : {}),
    ...(PublicDnsName ? { publicName: normalizeDnsName(PublicDnsName) } : {}),
  };
}

function byDeviceIndex(a: InstanceNetworkInterface, b: InstanceNetworkInterface): number {
  return (a.Attachment?.DeviceIndex ?? 0) - (b.Attachment?.DeviceIndex ?? 0);
}

function placesOn(networkInterface: InstanceNetworkInterface): readonly ObservedPrivateIp[] {
  const id = networkInterfaceIdSchema.safeParse(networkInterface.NetworkInterfaceId);
  if (!id.success) return [];
  const isFirst = networkInterface.Attachment?.DeviceIndex === 0;
  return privateIpsOf(networkInterface).map(({ privateIp, isPrimary }) => ({
    networkInterfaceId: id.data,
    privateIp,
    isPrimary: isFirst && isPrimary,
  }));
}

function toAttachment(networkInterface: InstanceNetworkInterface): readonly ObservedAttachment[] {
  const id = networkInterfaceIdSchema.safeParse(networkInterface.NetworkInterfaceId);
  const { Attachment, SubnetId, SourceDestCheck } = networkInterface;
  if (!id.success) return [];
  return [
    {
      networkInterfaceId: id.data,
      attachmentId: attachmentIdSchema.safeParse(Attachment?.AttachmentId).data,
      deviceIndex: Attachment?.DeviceIndex ?? 0,
      subnetId: subnetIdSchema.safeParse(SubnetId).data,
      checksSourceDest: SourceDestCheck ?? true,
      privateIps: privateIpsOf(networkInterface).map(({ privateIp }) => privateIp),
      ipv6s: ipv6sOf(networkInterface),
    },
  ];
}
