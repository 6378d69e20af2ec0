import type { NetworkInterfaceSpec } from '../../model/address-spec.ts';
import { ofSlot } from '../../model/address-spec.ts';
import type { ObservedInstance, ObservedNetworkInterface } from '../../model/observed.ts';
import { resourceOf } from '../../model/placement.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext, AddressPlanner } from './address-planner.ts';
import { concernsRole, isPlacedByUs } from './ours.ts';
import { isTakenByAnother, take, takenKey } from './taken.ts';

/**
 * A whole interface with all its addresses: detached, then attached to the holder in the same zone. A primary interface
 * never leaves its instance.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html
 */
export const networkInterfacePlanner: AddressPlanner<NetworkInterfaceSpec> = {
  refusalOf(context, spec) {
    const id = ofSlot(spec.networkInterface, context.slot.slot);
    if (id === undefined) {
      const words = `the role lists no network interface for slot ${context.slot.slot}`;
      return { code: 'NetworkInterfaceNotFound', words };
    }
    const found = interfaceOf(context, spec);
    if (found === undefined) {
      return {
        code: 'NetworkInterfaceNotFound',
        words: `network interface ${id} is not in this account and region`,
      };
    }
    return attachmentRefusal(context, spec, found);
  },

  obstacleTo(context, spec, instance) {
    const found = interfaceOf(context, spec);
    if (found === undefined || found.attachment?.instanceId === instance.instanceId) return undefined;
    const { networkInterfaceId, zone, privateIps } = found;
    if (instance.zone !== zone) return `it is in ${instance.zone}, and ${networkInterfaceId} in ${zone}`;
    const limits = context.observed.network.limits[instance.instanceType];
    if (limits !== undefined && privateIps.length > limits.ipv4PerInterfaceMax) {
      return `${networkInterfaceId} has more private addresses than ${instance.instanceType} takes`;
    }
    return freeDeviceIndex(context, instance) === undefined
      ? `it has as many network interfaces as ${instance.instanceType} takes`
      : undefined;
  },

  planFor(context, spec, holder) {
    const found = interfaceOf(context, spec);
    if (found === undefined) return { changes: [] };
    const { networkInterfaceId, attachment } = found;
    const { instanceId } = holder;
    const isHere = attachment?.instanceId === instanceId;
    const isStaying = isHere && (attachment.status === 'attached' || attachment.status === 'attaching');
    if (isStaying && !attachment.deletesOnTermination) {
      const resource = resourceOf.networkInterface(networkInterfaceId);
      return { changes: [], placements: [{ resource, at: instanceId }] };
    }
    const deviceIndex = isHere ? attachment.deviceIndex : freeDeviceIndex(context, holder);
    if (deviceIndex === undefined) return { changes: [] };
    take(context, takenKey.device(instanceId, deviceIndex));
    // One that stays is only kept from dying with the holder.
    const from = attachment === undefined || isStaying ? {} : { from: attachment.attachmentId };
    return {
      changes: [{ kind: 'attach-network-interface', networkInterfaceId, instanceId, deviceIndex, ...from }],
    };
  },

  resourcesOf({ slot }, spec) {
    const id = ofSlot(spec.networkInterface, slot.slot);
    return id === undefined ? [] : [resourceOf.networkInterface(id)];
  },
};

function interfaceOf(
  { observed, slot }: AddressContext,
  { networkInterface }: NetworkInterfaceSpec,
): ObservedNetworkInterface | undefined {
  const id = ofSlot(networkInterface, slot.slot);
  return observed.network.interfaces.find(({ networkInterfaceId }) => networkInterfaceId === id);
}

function attachmentRefusal(
  { observed, slot }: AddressContext,
  { adopt }: NetworkInterfaceSpec,
  { networkInterfaceId, attachment }: ObservedNetworkInterface,
): Refusal | undefined {
  if (attachment === undefined) return undefined;
  const { instanceId, deviceIndex } = attachment;
  const code = 'NetworkInterfaceNotOurs';
  if (instanceId === undefined) {
    return { code, words: `network interface ${networkInterfaceId} belongs to a service of AWS` };
  }
  if (deviceIndex === 0) {
    const words = `network interface ${networkInterfaceId} is the primary one of ${instanceId}, which cannot be detached`;
    return { code, words };
  }
  const placement = { resource: resourceOf.networkInterface(networkInterfaceId), at: instanceId };
  if (adopt || concernsRole(observed, instanceId) || isPlacedByUs(slot, placement)) return undefined;
  return {
    code,
    words:
      `network interface ${networkInterfaceId} is attached to ${instanceId}, which is no candidate for this role; ` +
      'adopt: true would take it over',
  };
}

/** The lowest device index but 0 that nothing has; undefined when the type takes no more interfaces. */
function freeDeviceIndex(
  context: AddressContext,
  { instanceId, instanceType, attachments }: ObservedInstance,
): number | undefined {
  const used = new Set(attachments.map(({ deviceIndex }) => deviceIndex));
  const max = context.observed.network.limits[instanceType]?.interfacesMax ?? deviceIndexesMax;
  const isUsed = (index: number): boolean =>
    used.has(index) || isTakenByAnother(context, takenKey.device(instanceId, index));
  const indexes = Array.from({ length: deviceIndexesMax }, (_, index) => index);
  const isFull = indexes.filter(isUsed).length >= max;
  return isFull ? undefined : indexes.find((index) => index > 0 && !isUsed(index));
}

/** More than any instance type has. */
const deviceIndexesMax = 64;
