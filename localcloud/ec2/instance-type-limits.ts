import { type InstanceType, instanceTypes } from './instance-type-table.ts';
import type { Instance, NetworkInterface } from './state/resources.ts';
import type { World } from './state/world.ts';

/** The type of an instance of the world: only known types are launched. */
export function typeOf(instance: Instance): InstanceType {
  const type = instanceTypes.get(instance.instanceType);
  if (type === undefined) throw new Error(`${instance.id} is of the unknown type ${instance.instanceType}`);
  return type;
}

/**
 * How many addresses of one IP version the interface may have: the limit of the instance type it is attached to;
 * undefined while it is attached to nothing.
 */
export function addressLimitOf(world: World, { attachment }: NetworkInterface): number | undefined {
  const instance = attachment === undefined ? undefined : world.instances.get(attachment.instanceId);
  return instance === undefined ? undefined : typeOf(instance).addressesPerInterface;
}
