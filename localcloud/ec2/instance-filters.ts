import type { FilterFields } from './filters.ts';
import { instanceTypes } from './instance-type-table.ts';
import {
  type InstanceSight,
  instanceSight,
  primaryInterface,
  privateNameOf,
  publicIpOf,
  publicNameOf,
  stateCode,
} from './instance-view.ts';
import { elasticValues, ipOwners, publicIps } from './interface-filters.ts';
import { interfaceStatus } from './interface-view.ts';
import { primaryIpOf } from './private-addresses.ts';
import type { Instance, NetworkInterface } from './state/resources.ts';
import type { World } from './state/world.ts';

/**
 * The filters of DescribeInstances, of all that is kept.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
export function instanceFields(world: World): FilterFields<Instance> {
  return { ...ownFields(world), ...placeFields(world), ...interfaceFields(world) };
}

function ownFields(world: World): FilterFields<Instance> {
  return {
    architecture: (instance) => instanceTypes.get(instance.instanceType)?.architecture,
    'block-device-mapping.attach-time': ({ rootVolumeId, launchTime }) =>
      rootVolumeId === undefined ? undefined : isoTime(launchTime),
    'block-device-mapping.delete-on-termination': ({ rootVolumeId }) =>
      rootVolumeId === undefined ? undefined : true,
    'block-device-mapping.device-name': ({ rootVolumeId }) =>
      rootVolumeId === undefined ? undefined : '/dev/xvda',
    'block-device-mapping.status': ({ rootVolumeId }) =>
      rootVolumeId === undefined ? undefined : 'attached',
    'block-device-mapping.volume-id': ({ rootVolumeId }) => rootVolumeId,
    'client-token': ({ clientToken }) => clientToken,
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': ({ profile }) => profile?.arn,
    'iam-instance-profile.id': ({ profile }) => profile?.id,
    'iam-instance-profile.name': ({ profile }) => profile?.arn.split('/').at(-1),
    'image-id': ({ imageId }) => imageId,
    'instance-id': ({ id }) => id,
    'instance-state-code': ({ state }) => stateCode(state),
    'instance-state-name': ({ state }) => state,
    'instance-type': ({ instanceType }) => instanceType,
    'key-name': ({ keyName }) => keyName,
    'launch-index': ({ launchIndex }) => launchIndex,
    'launch-time': ({ launchTime }) => isoTime(launchTime),
    'monitoring-state': ({ isMonitored }) => (isMonitored ? 'enabled' : 'disabled'),
    'owner-id': () => world.surroundings.accountId,
    reason: ({ transitionReason }) => transitionReason,
    'reservation-id': ({ reservationId }) => reservationId,
    'root-device-name': () => '/dev/xvda',
    'root-device-type': () => 'ebs',
    'state-reason-code': ({ stateReason }) => stateReason?.code,
    'state-reason-message': ({ stateReason }) => stateReason?.message,
    tenancy: () => 'default',
    'virtualization-type': () => 'hvm',
  };
}

function placeFields(world: World): FilterFields<Instance> {
  const seen = sightReader(world);
  const primary = (instance: Instance): NetworkInterface | undefined => primaryInterface(seen(instance));
  return {
    'availability-zone': ({ availabilityZone }) => availabilityZone,
    'dns-name': (instance) => publicNameOf(world, seen(instance)),
    'group-id': (instance) => primary(instance)?.groupIds,
    'group-name': (instance) => groupNames(world, primary(instance)),
    'instance.group-id': (instance) => primary(instance)?.groupIds,
    'instance.group-name': (instance) => groupNames(world, primary(instance)),
    'ip-address': (instance) => publicIpOf(seen(instance)),
    'private-dns-name': (instance) => privateNameOf(world, seen(instance)),
    'private-ip-address': (instance) => {
      const eni = primary(instance);
      return eni === undefined ? undefined : primaryIpOf(eni).address;
    },
    'source-dest-check': (instance) => primary(instance)?.isSourceDestChecked,
    'subnet-id': ({ place }) => place?.subnetId,
    'vpc-id': ({ place }) => place?.vpcId,
  };
}

function interfaceFields(world: World): FilterFields<Instance> {
  const { accountId } = world.surroundings;
  const seen = sightReader(world);
  const each =
    <Value>(read: (eni: NetworkInterface) => Value | readonly Value[]) =>
    (instance: Instance): Value[] =>
      seen(instance).interfaces.flatMap((eni) => read(eni) as Value | Value[]);
  return {
    'network-interface.addresses.association.allocation-id': each((eni) =>
      elasticValues(eni, 'allocationId'),
    ),
    'network-interface.addresses.association.association-id': each((eni) =>
      elasticValues(eni, 'associationId'),
    ),
    'network-interface.addresses.association.public-ip': each(publicIps),
    'network-interface.addresses.association.ip-owner-id': each((eni) => ipOwners(eni, accountId)),
    'network-interface.addresses.primary': each((eni) => eni.privateIps.map(({ isPrimary }) => isPrimary)),
    'network-interface.addresses.private-ip-address': each((eni) =>
      eni.privateIps.map(({ address }) => address),
    ),
    'network-interface.association.public-ip': each(publicIps),
    'network-interface.association.ip-owner-id': each((eni) => ipOwners(eni, accountId)),
    'network-interface.association.allocation-id': each((eni) => elasticValues(eni, 'allocationId')),
    'network-interface.association.association-id': each((eni) => elasticValues(eni, 'associationId')),
    'network-interface.attachment.attach-time': each(({ attachment }) =>
      attachment === undefined ? undefined : isoTime(attachment.attachTime),
    ),
    'network-interface.attachment.attachment-id': each(({ attachment }) => attachment?.id),
    'network-interface.attachment.delete-on-termination': each(
      ({ attachment }) => attachment?.isDeletedOnTermination,
    ),
    'network-interface.attachment.device-index': each(({ attachment }) => attachment?.deviceIndex),
    'network-interface.attachment.instance-id': ({ id }) => id,
    'network-interface.attachment.instance-owner-id': () => accountId,
    'network-interface.attachment.status': each(({ attachment }) => attachment?.status),
    'network-interface.availability-zone': each(({ availabilityZone }) => availabilityZone),
    'network-interface.description': each(({ description }) => description),
    'network-interface.group-id': each(({ groupIds }) => groupIds),
    'network-interface.group-name': each((eni) => groupNames(world, eni)),
    'network-interface.ipv6-addresses.ipv6-address': each(({ ipv6Addresses }) => ipv6Addresses),
    'network-interface.mac-address': each(({ macAddress }) => macAddress),
    'network-interface.network-interface-id': ({ networkInterfaceIds }) => networkInterfaceIds,
    'network-interface.owner-id': () => accountId,
    'network-interface.requester-managed': each(() => false),
    'network-interface.source-dest-check': each(({ isSourceDestChecked }) => isSourceDestChecked),
    'network-interface.status': each(interfaceStatus),
    'network-interface.subnet-id': each(({ subnetId }) => subnetId),
    'network-interface.vpc-id': each(({ vpcId }) => vpcId),
  };
}

function sightReader(world: World): (instance: Instance) => InstanceSight {
  return (instance) => instanceSight(world, instance);
}

/** Times in filters have AWS's form, with milliseconds. */
export function isoTime(time: Date): string {
  return time.toISOString();
}

function groupNames(world: World, eni: NetworkInterface | undefined): string[] {
  return (eni?.groupIds ?? []).flatMap((id) => world.securityGroups.get(id)?.name ?? []);
}
