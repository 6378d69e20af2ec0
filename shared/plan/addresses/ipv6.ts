import type { Ipv6Spec } from '../../model/address-spec.ts';
import { ofSlot } from '../../model/address-spec.ts';
import type { Ipv6, NetworkInterfaceId } from '../../model/ids.ts';
import type { ObservedInstance, ObservedNetworkInterface } from '../../model/observed.ts';
import { resourceOf } from '../../model/placement.ts';
import type { AddressContext, AddressPlanner } from './address-planner.ts';
import { concernsRole, isPlacedByUs } from './ours.ts';
import { ownInterfaces } from './own-interfaces.ts';
import { attachmentsHolding, hasRoom } from './subnets.ts';
import { take, takenKey } from './taken.ts';

/**
 * An IPv6 address. EC2 cannot reassign one: it is unassigned, then assigned, and between the two it is nobody's; the
 * journalled intent has whoever comes next finish it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
 */
export const ipv6Planner: AddressPlanner<Ipv6Spec> = {
  refusalOf(context, spec) {
    const ipv6 = ofSlot(spec.ipv6, context.slot.slot);
    if (ipv6 === undefined) {
      return { code: 'NoIpv6', words: `the role lists no IPv6 address for slot ${context.slot.slot}` };
    }
    const carrier = carrierOf(context, ipv6);
    if (carrier === undefined || spec.adopt || isOurs(context, ipv6, carrier)) return undefined;
    const { attachment, networkInterfaceId } = carrier;
    return {
      code: 'Ipv6NotOurs',
      words:
        `${ipv6} is on ${attachment?.instanceId ?? networkInterfaceId}, which is no candidate for this role; ` +
        'adopt: true would take it over',
    };
  },

  obstacleTo(context, spec, instance) {
    const ipv6 = ofSlot(spec.ipv6, context.slot.slot);
    if (ipv6 === undefined || targetOf(context, ipv6, instance) !== undefined) return undefined;
    const [full] = attachmentsHolding(context.observed, instance, ipv6);
    if (full === undefined) return `it has no interface in the subnet of ${ipv6}`;
    return `its interface ${full.networkInterfaceId} has as many IPv6 addresses as ${instance.instanceType} takes`;
  },

  planFor(context, spec, holder) {
    const ipv6 = ofSlot(spec.ipv6, context.slot.slot);
    const networkInterfaceId = ipv6 && targetOf(context, ipv6, holder);
    if (ipv6 === undefined || networkInterfaceId === undefined) return { changes: [] };
    take(context, takenKey.onInterface(networkInterfaceId, ipv6));
    const from = carrierOf(context, ipv6)?.networkInterfaceId;
    if (from === networkInterfaceId) {
      return { changes: [], placements: [{ resource: resourceOf.ipv6(ipv6), at: networkInterfaceId }] };
    }
    const { instanceId } = holder;
    const moved = from === undefined ? {} : { from };
    return { changes: [{ kind: 'assign-ipv6', ipv6, networkInterfaceId, instanceId, ...moved }] };
  },

  resourcesOf({ slot }, spec) {
    const ipv6 = ofSlot(spec.ipv6, slot.slot);
    return ipv6 === undefined ? [] : [resourceOf.ipv6(ipv6)];
  },
};

/** The interface on which the address will be: where it is already, else the first in its subnet with room for it. */
function targetOf(
  context: AddressContext,
  ipv6: Ipv6,
  instance: ObservedInstance,
): NetworkInterfaceId | undefined {
  const carrier = carrierOf(context, ipv6)?.networkInterfaceId;
  if (carrier !== undefined && ownInterfaces(context).has(carrier)) return carrier;
  const attachments = attachmentsHolding(context.observed, instance, ipv6);
  const there = attachments.find(({ networkInterfaceId }) => networkInterfaceId === carrier);
  return (there ?? attachments.find((each) => hasRoom(context, instance, each, ipv6)))?.networkInterfaceId;
}

/** IPv6 addresses are unique everywhere. */
function carrierOf({ observed }: AddressContext, ipv6: Ipv6): ObservedNetworkInterface | undefined {
  return observed.network.interfaces.find(({ ipv6s }) => ipv6s.includes(ipv6));
}

function isOurs(
  context: AddressContext,
  ipv6: Ipv6,
  { networkInterfaceId, attachment }: ObservedNetworkInterface,
): boolean {
  return (
    concernsRole(context.observed, attachment?.instanceId) ||
    ownInterfaces(context).has(networkInterfaceId) ||
    isPlacedByUs(context.slot, { resource: resourceOf.ipv6(ipv6), at: networkInterfaceId })
  );
}
