import type { NetworkInterface } from '@aws-sdk/client-ec2';
import {
  attachmentIdSchema,
  instanceIdSchema,
  networkInterfaceIdSchema,
  subnetIdSchema,
  vpcIdSchema,
} from '../../model/ids.ts';
import type { ObservedNetworkInterface } from '../../model/observed.ts';
import { ipv6sOf, privateIpsOf } from './interface-addresses.ts';

/** An interface as DescribeNetworkInterfaces shows it; undefined for one that has no id, subnet or VPC. */
export function toObservedNetworkInterface(
  described: NetworkInterface,
): ObservedNetworkInterface | undefined {
  const id = networkInterfaceIdSchema.safeParse(described.NetworkInterfaceId);
  const subnetId = subnetIdSchema.safeParse(described.SubnetId);
  const vpcId = vpcIdSchema.safeParse(described.VpcId);
  if (!id.success || !subnetId.success || !vpcId.success) return undefined;
  const attachment = toAttachment(described.Attachment);
  return {
    networkInterfaceId: id.data,
    subnetId: subnetId.data,
    vpcId: vpcId.data,
    zone: described.AvailabilityZone ?? '',
    privateIps: privateIpsOf(described).map(({ privateIp }) => privateIp),
    ipv6s: ipv6sOf(described),
    ...(attachment === undefined ? {} : { attachment }),
  };
}

function toAttachment(
  described: NetworkInterface['Attachment'],
): ObservedNetworkInterface['attachment'] | undefined {
  const attachmentId = attachmentIdSchema.safeParse(described?.AttachmentId);
  if (described === undefined || !attachmentId.success) return undefined;
  const instanceId = instanceIdSchema.safeParse(described.InstanceId);
  return {
    attachmentId: attachmentId.data,
    ...(instanceId.success ? { instanceId: instanceId.data } : {}),
    deviceIndex: described.DeviceIndex ?? 0,
    deletesOnTermination: described.DeleteOnTermination ?? false,
    status: statusOf(described.Status),
  };
}

/** `busy` is between two of the others: as good as attached, for who wants to know whether it is free. */
function statusOf(status: string | undefined): NonNullable<ObservedNetworkInterface['attachment']>['status'] {
  return status === 'attaching' || status === 'detaching' || status === 'detached' ? status : 'attached';
}
