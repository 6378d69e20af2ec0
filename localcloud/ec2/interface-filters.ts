import { privateDnsName, publicDnsName } from './dns-names.ts';
import type { FilterFields } from './filters.ts';
import { interfaceStatus } from './interface-view.ts';
import { primaryIpOf } from './private-addresses.ts';
import type { NetworkInterface } from './state/resources.ts';
import type { World } from './state/world.ts';
import { expectZoneId } from './zones.ts';

/**
 * The filters of DescribeNetworkInterfaces, of all that is kept.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
 */
export function interfaceFields(world: World): FilterFields<NetworkInterface> {
  const { accountId } = world.surroundings;
  return {
    'addresses.association.owner-id': (eni) => ipOwners(eni, accountId),
    'addresses.association.public-ip': publicIps,
    'addresses.primary': ({ privateIps }) => privateIps.map(({ isPrimary }) => isPrimary),
    'addresses.private-ip-address': ({ privateIps }) => privateIps.map(({ address }) => address),
    'association.allocation-id': (eni) => elasticValues(eni, 'allocationId'),
    'association.association-id': (eni) => elasticValues(eni, 'associationId'),
    'association.ip-owner-id': (eni) => ipOwners(eni, accountId),
    'association.public-dns-name': (eni) =>
      publicIps(eni).map((ip) => publicDnsName(world.surroundings, world.vpcs.get(eni.vpcId), ip)),
    'association.public-ip': publicIps,
    ...attachmentFields(accountId),
    'availability-zone': ({ availabilityZone }) => availabilityZone,
    'availability-zone-id': ({ availabilityZone }) => expectZoneId(world, availabilityZone),
    description: ({ description }) => description,
    'group-id': ({ groupIds }) => groupIds,
    'group-name': ({ groupIds }) => groupIds.flatMap((id) => world.securityGroups.get(id)?.name ?? []),
    'interface-type': () => 'interface',
    'ipv6-addresses.ipv6-address': ({ ipv6Addresses }) => ipv6Addresses,
    'mac-address': ({ macAddress }) => macAddress,
    'network-interface-id': ({ id }) => id,
    'owner-id': () => accountId,
    'private-dns-name': (eni) => privateDnsName(world.surroundings, primaryIpOf(eni).address),
    'private-ip-address': (eni) => primaryIpOf(eni).address,
    'requester-managed': () => false,
    'source-dest-check': ({ isSourceDestChecked }) => isSourceDestChecked,
    status: interfaceStatus,
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  };
}

function attachmentFields(accountId: string): FilterFields<NetworkInterface> {
  return {
    'attachment.attach-time': ({ attachment }) => attachment?.attachTime.toISOString(),
    'attachment.attachment-id': ({ attachment }) => attachment?.id,
    'attachment.delete-on-termination': ({ attachment }) => attachment?.isDeletedOnTermination,
    'attachment.device-index': ({ attachment }) => attachment?.deviceIndex,
    'attachment.instance-id': ({ attachment }) => attachment?.instanceId,
    'attachment.instance-owner-id': ({ attachment }) => (attachment === undefined ? undefined : accountId),
    'attachment.status': ({ attachment }) => attachment?.status,
  };
}

/** All public IPs of an interface. */
export function publicIps({ privateIps }: NetworkInterface): string[] {
  return privateIps.flatMap(({ association }) => association?.publicIp ?? []);
}

/** The owner of each public IP: this account for Elastic IPs, `amazon` for auto-assigned ones. */
export function ipOwners({ privateIps }: NetworkInterface, accountId: string): string[] {
  return privateIps.flatMap(({ association }) => {
    if (association === undefined) return [];
    return association.kind === 'auto' ? 'amazon' : accountId;
  });
}

/** The ids of the Elastic IPs of an interface, or of their associations. */
export function elasticValues(
  { privateIps }: NetworkInterface,
  field: 'allocationId' | 'associationId',
): string[] {
  return privateIps.flatMap(({ association }) => (association?.kind === 'elastic' ? association[field] : []));
}
