import type { Address } from '@aws-sdk/client-ec2';
import {
  allocationIdSchema,
  associationIdSchema,
  instanceIdSchema,
  ipv4Schema,
  networkInterfaceIdSchema,
} from '../../model/ids.ts';
import type { ObservedElasticIp } from '../../model/observed.ts';

/** An Elastic IP as DescribeAddresses shows it; undefined for what has no allocation id or address. */
export function toObservedElasticIp(address: Address): ObservedElasticIp | undefined {
  const allocationId = allocationIdSchema.safeParse(address.AllocationId);
  const publicIp = ipv4Schema.safeParse(address.PublicIp);
  if (!allocationId.success || !publicIp.success) return undefined;
  const association = associationOf(address);
  return {
    allocationId: allocationId.data,
    publicIp: publicIp.data,
    tags: Object.fromEntries((address.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    ...(association === undefined ? {} : { association }),
  };
}

function associationOf(address: Address): ObservedElasticIp['association'] {
  const associationId = associationIdSchema.safeParse(address.AssociationId);
  const networkInterfaceId = networkInterfaceIdSchema.safeParse(address.NetworkInterfaceId);
  const privateIp = ipv4Schema.safeParse(address.PrivateIpAddress);
  const instanceId = instanceIdSchema.safeParse(address.InstanceId);
  if (!associationId.success || !networkInterfaceId.success || !privateIp.success) return undefined;
  return {
    associationId: associationId.data,
    networkInterfaceId: networkInterfaceId.data,
    privateIp: privateIp.data,
    ...(instanceId.success ? { instanceId: instanceId.data } : {}),
  };
}
