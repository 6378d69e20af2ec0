import type { AllocationId, InstanceId, NetworkInterfaceId } from '../../model/ids.ts';
import type { ObservedPrivateIp } from '../../model/observed.ts';
import type { AddressContext, Taken } from './address-planner.ts';

/** The names under which things are given away in one pass. */
export const takenKey = {
  /** The private address carries an Elastic IP. */
  carrier: (place: Pick<ObservedPrivateIp, 'networkInterfaceId' | 'privateIp'>) => privateIpKey(place),
  elasticIp: (allocationId: AllocationId) => `elastic-ip ${allocationId}`,
  /** Somebody's secondary or IPv6 address goes on the interface. */
  onInterface: (networkInterfaceId: NetworkInterfaceId, ip: string) => `on ${networkInterfaceId} ${ip}`,
  device: (instanceId: InstanceId, index: number) => `device ${instanceId} ${index}`,
  /** The instance is registered as the resource says. */
  target: (resource: string, instanceId: InstanceId) => `${resource} at ${instanceId}`,
} as const;

/** An address is unique only within its VPC; with its interface it is unique everywhere. */
export function privateIpKey(place: Pick<ObservedPrivateIp, 'networkInterfaceId' | 'privateIp'>): string {
  return `${place.networkInterfaceId}/${place.privateIp}`;
}

/** Notes that this address of the slot has been given the thing. */
export function take(context: AddressContext, key: string): void {
  const owners = [roleOwner(context), slotOwner(context), addressOwner(context)];
  for (const each of [key, ...owners.map((owner) => keyFor(key, owner))]) context.taken.add(each);
}

/** Whether anybody else was given the thing in this pass, another address of the same slot included. */
export function isTakenByAnother(context: AddressContext, key: string): boolean {
  return isTaken(context.taken, key, addressOwner(context));
}

/** Whether another role or slot was given the thing in this pass. */
export function isTakenByAnotherSlot(context: AddressContext, key: string): boolean {
  return isTaken(context.taken, key, slotOwner(context));
}

/** Whether another role was given the thing in this pass. */
export function isTakenByAnotherRole(context: AddressContext, key: string): boolean {
  return isTaken(context.taken, key, roleOwner(context));
}

function isTaken(taken: Taken, key: string, owner: string): boolean {
  return taken.has(key) && !taken.has(keyFor(key, owner));
}

function keyFor(key: string, owner: string): string {
  return `${key} for ${owner}`;
}

function roleOwner({ observed }: AddressContext): string {
  return observed.role.name;
}

function slotOwner({ observed, slot }: AddressContext): string {
  return `${observed.role.name} ${slot.slot}`;
}

function addressOwner(context: AddressContext): string {
  return `${slotOwner(context)} ${context.index}`;
}
