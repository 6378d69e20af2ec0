import type { AddressSpec, ElasticIpSpec, RouteSpec, TargetGroupSpec } from '../model/address-spec.ts';
import { ofSlot } from '../model/address-spec.ts';
import { canonicalCidr } from '../model/cidr.ts';
import type { InstanceId } from '../model/ids.ts';
import type { Observed, ObservedAttachment } from '../model/observed.ts';
import type { SlotState } from '../model/role-state.ts';

/** Before the first claim of a slot, whoever has its address already is the incumbent: no needless move. */
export function incumbentOf(observed: Observed, slot: SlotState): InstanceId | undefined {
  if (slot.generation > 0) return undefined;
  return observed.role.spec.addresses
    .map((spec) => carrierOf(observed, spec, slot))
    .find((carrier) => carrier !== undefined);
}

function carrierOf(observed: Observed, spec: AddressSpec, slot: SlotState): InstanceId | undefined {
  if ('elasticIp' in spec) return elasticIpCarrier(observed, spec);
  if ('route' in spec) return routeCarrier(observed, spec);
  return 'targetGroup' in spec ? soleTarget(observed, spec) : interfaceCarrier(observed, spec, slot);
}

function elasticIpCarrier(observed: Observed, { elasticIp }: ElasticIpSpec): InstanceId | undefined {
  if (typeof elasticIp !== 'string' && 'pool' in elasticIp) return undefined;
  const found = observed.elasticIps.find(({ allocationId, tags }) =>
    typeof elasticIp === 'string'
      ? elasticIp === allocationId
      : Object.entries(elasticIp.tags).every(([key, value]) => tags[key] === value),
  );
  return found?.association?.instanceId;
}

/** Of several tables that differ, the first counts. */
function routeCarrier(observed: Observed, { route, routeTables }: RouteSpec): InstanceId | undefined {
  const wanted = canonicalCidr(route);
  return routeTables
    .map((id) => {
      const table = observed.network.routeTables.find(({ routeTableId }) => routeTableId === id);
      const target = table?.routes.find(({ cidr }) => cidr === wanted)?.networkInterfaceId;
      return withAttachment(observed, ({ networkInterfaceId }) => networkInterfaceId === target);
    })
    .find((carrier) => carrier !== undefined);
}

/** Any number may be registered: only one who is there alone is the incumbent. */
function soleTarget(observed: Observed, { targetGroup, port }: TargetGroupSpec): InstanceId | undefined {
  const [first, second] = observed.instances.filter(({ instanceId }) =>
    observed.network.targets.some(
      (each) =>
        each.targetGroupArn === targetGroup &&
        each.instanceId === instanceId &&
        (port === undefined || each.port === port),
    ),
  );
  return second === undefined ? first?.instanceId : undefined;
}

function interfaceCarrier(
  observed: Observed,
  spec: AddressSpec,
  { slot }: SlotState,
): InstanceId | undefined {
  return withAttachment(observed, ({ networkInterfaceId, privateIps, ipv6s }) => {
    if ('privateIp' in spec) return privateIps.some((each) => each === ofSlot(spec.privateIp, slot));
    if ('ipv6' in spec) return ipv6s.some((each) => each === ofSlot(spec.ipv6, slot));
    return 'networkInterface' in spec && networkInterfaceId === ofSlot(spec.networkInterface, slot);
  });
}

function withAttachment(
  { instances }: Observed,
  isMeant: (attachment: ObservedAttachment) => boolean,
): InstanceId | undefined {
  return instances.find(({ attachments }) => attachments.some(isMeant))?.instanceId;
}
