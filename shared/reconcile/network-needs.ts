import { ofSlot } from '../model/address-spec.ts';
import type { ObservedElasticIp, ObservedInstance } from '../model/observed.ts';
import { distinct } from './distinct.ts';
import type { NetworkNeeds, StoredRole } from './ports.ts';

/** What has to be read of the network for these roles, beyond instances and Elastic IPs. */
export function networkNeeds(
  roles: readonly StoredRole[],
  instancesOf: (role: StoredRole) => readonly ObservedInstance[],
  elasticIps: readonly ObservedElasticIp[],
  readsReverseNames: (role: StoredRole) => boolean,
): NetworkNeeds {
  const needs = roles.map((role) => needsOf(role, instancesOf(role), elasticIps, readsReverseNames(role)));
  return {
    networkInterfaceIds: distinct(needs.flatMap((each) => each.networkInterfaceIds)),
    privateIps: distinct(needs.flatMap((each) => each.privateIps)),
    ipv6s: distinct(needs.flatMap((each) => each.ipv6s)),
    routeTableIds: distinct(needs.flatMap((each) => each.routeTableIds)),
    subnetIds: distinct(needs.flatMap((each) => each.subnetIds)),
    instanceTypes: distinct(needs.flatMap((each) => each.instanceTypes)),
    targetGroupArns: distinct(needs.flatMap((each) => each.targetGroupArns)),
    reverseNamesOf: distinct(needs.flatMap((each) => each.reverseNamesOf)),
  };
}

/** Whether there is anything to read. */
export function hasNeeds(needs: NetworkNeeds): boolean {
  return Object.values(needs).some((each: readonly unknown[]) => each.length > 0);
}

function needsOf(
  { role: { spec } }: StoredRole,
  instances: readonly ObservedInstance[],
  elasticIps: readonly ObservedElasticIp[],
  readsReverseNames: boolean,
): NetworkNeeds {
  const slots = Array.from({ length: spec.slots }, (_, slot) => slot);
  const perSlot = <One extends string>(value: One | readonly One[]) =>
    slots.flatMap((slot) => ofSlot(value, slot) ?? []);
  const { addresses } = spec;
  const networkInterfaceIds = addresses.flatMap((each) =>
    'networkInterface' in each ? perSlot(each.networkInterface) : [],
  );
  const privateIps = addresses.flatMap((each) => ('privateIp' in each ? perSlot(each.privateIp) : []));
  const ipv6s = addresses.flatMap((each) => ('ipv6' in each ? perSlot(each.ipv6) : []));
  const isBoundToSubnet = privateIps.length + ipv6s.length > 0;
  const isLimited = isBoundToSubnet || networkInterfaceIds.length > 0;
  const reverseNamed = addresses.filter((each) => 'elasticIp' in each && each.reverseName !== undefined);
  return {
    networkInterfaceIds,
    privateIps,
    ipv6s,
    routeTableIds: addresses.flatMap((each) => ('route' in each ? each.routeTables : [])),
    subnetIds: isBoundToSubnet ? instances.flatMap(subnetsOf) : [],
    instanceTypes: isLimited ? instances.map(({ instanceType }) => instanceType) : [],
    targetGroupArns: addresses.flatMap((each) => ('targetGroup' in each ? [each.targetGroup] : [])),
    reverseNamesOf:
      reverseNamed.length > 0 && readsReverseNames ? elasticIps.map(({ allocationId }) => allocationId) : [],
  };
}

function subnetsOf({ attachments }: ObservedInstance) {
  return attachments.flatMap(({ subnetId }) => subnetId ?? []);
}
