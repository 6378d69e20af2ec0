import type { PrivateIpSpec } from '../../model/address-spec.ts';
import { ofSlot } from '../../model/address-spec.ts';
import type { Ipv4, NetworkInterfaceId } from '../../model/ids.ts';
import type { ObservedAttachment, ObservedInstance, ObservedNetworkInterface } from '../../model/observed.ts';
import { resourceOf } from '../../model/placement.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext, AddressPlanner } from './address-planner.ts';
import { concernsRole, isPlacedByUs } from './ours.ts';
import { ownInterfaces } from './own-interfaces.ts';
import { attachmentsHolding, hasRoom, subnetsHolding } from './subnets.ts';
import { take, takenKey } from './taken.ts';

/**
 * A secondary private address: moved in one call, and the Elastic IP that is on it comes along. It never leaves its
 * subnet, and a primary address never moves at all.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
 */
export const privateIpPlanner: AddressPlanner<PrivateIpSpec> = {
  refusalOf(context, spec) {
    const privateIp = ofSlot(spec.privateIp, context.slot.slot);
    if (privateIp === undefined) {
      return {
        code: 'NoPrivateIp',
        words: `the role lists no private address for slot ${context.slot.slot}`,
      };
    }
    for (const carrier of carriersOf(context, privateIp)) {
      const refusal = carrierRefusal(context, spec, privateIp, carrier);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  },

  obstacleTo(context, spec, instance) {
    const privateIp = ofSlot(spec.privateIp, context.slot.slot);
    if (privateIp === undefined || privateIpTarget(context, privateIp, instance) !== undefined)
      return undefined;
    const [full] = attachmentsHolding(context.observed, instance, privateIp);
    if (full === undefined) return `it has no interface in the subnet of ${privateIp}`;
    return `its interface ${full.networkInterfaceId} has as many private addresses as ${instance.instanceType} takes`;
  },

  planFor(context, spec, holder) {
    const privateIp = ofSlot(spec.privateIp, context.slot.slot);
    const networkInterfaceId = privateIp && privateIpTarget(context, privateIp, holder);
    if (privateIp === undefined || networkInterfaceId === undefined) return { changes: [] };
    take(context, takenKey.onInterface(networkInterfaceId, privateIp));
    const carriers = carriersOf(context, privateIp);
    if (carriers.some((each) => each.networkInterfaceId === networkInterfaceId)) {
      return {
        changes: [],
        placements: [{ resource: resourceOf.privateIp(privateIp), at: networkInterfaceId }],
      };
    }
    const { instanceId } = holder;
    const allowReassignment = carriers.length > 0;
    return {
      changes: [{ kind: 'assign-private-ip', privateIp, networkInterfaceId, instanceId, allowReassignment }],
    };
  },

  resourcesOf({ slot }, spec) {
    const privateIp = ofSlot(spec.privateIp, slot.slot);
    return privateIp === undefined ? [] : [resourceOf.privateIp(privateIp)];
  },
};

/**
 * The interface on which the address will be when the instance holds the role: where it is already, else the first one in
 * its subnet with room for it; undefined when there is none.
 */
export function privateIpTarget(
  context: AddressContext,
  privateIp: Ipv4,
  instance: ObservedInstance,
): NetworkInterfaceId | undefined {
  const carriers = carriersOf(context, privateIp);
  const moving = ownInterfaces(context);
  const own = carriers.find(({ networkInterfaceId }) => moving.has(networkInterfaceId));
  if (own !== undefined) return own.networkInterfaceId;
  const attachments = attachmentsHolding(context.observed, instance, privateIp);
  const isThere = ({ networkInterfaceId }: ObservedAttachment): boolean =>
    carriers.some((each) => each.networkInterfaceId === networkInterfaceId);
  const withRoom = (each: ObservedAttachment): boolean => hasRoom(context, instance, each, privateIp);
  return (attachments.find(isThere) ?? attachments.find(withRoom))?.networkInterfaceId;
}

/** Interfaces with the address in the subnets of the candidates: another VPC may well use the same addresses. */
function carriersOf({ observed }: AddressContext, privateIp: Ipv4): readonly ObservedNetworkInterface[] {
  const subnets = subnetsHolding(observed, privateIp);
  return observed.network.interfaces.filter(
    ({ subnetId, privateIps }) => subnets.has(subnetId) && privateIps.includes(privateIp),
  );
}

function carrierRefusal(
  context: AddressContext,
  { adopt }: PrivateIpSpec,
  privateIp: Ipv4,
  { networkInterfaceId, privateIps, attachment }: ObservedNetworkInterface,
): Refusal | undefined {
  if (privateIps[0] === privateIp) {
    const words = `${privateIp} is the primary address of ${networkInterfaceId}, and a primary address never moves`;
    return { code: 'PrivateIpNotOurs', words };
  }
  const isOurs =
    concernsRole(context.observed, attachment?.instanceId) ||
    ownInterfaces(context).has(networkInterfaceId) ||
    isPlacedByUs(context.slot, { resource: resourceOf.privateIp(privateIp), at: networkInterfaceId });
  if (adopt || isOurs) return undefined;
  return {
    code: 'PrivateIpNotOurs',
    words:
      `${privateIp} is on ${attachment?.instanceId ?? networkInterfaceId}, which is no candidate for this role; ` +
      'adopt: true would take it over',
  };
}
