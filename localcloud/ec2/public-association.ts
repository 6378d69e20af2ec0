import { primaryIpOf } from './private-addresses.ts';
import type { Address, AddressAssociation, NetworkInterface, PublicAssociation } from './state/resources.ts';
import { targetKey, type World } from './state/world.ts';

/**
 * Gives the Elastic IP to a private address of an interface. What either of them had before is undone first: the
 * address leaves its old place, another Elastic IP there is evicted, an auto-assigned public IP is lost for good.
 * Returns the new association id.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
 */
export function link(
  world: World,
  allocationId: string,
  networkInterfaceId: string,
  privateIp: string,
): string {
  const before = clear(world, allocationId);
  const evictedId = world.addressByTarget.get(targetKey(networkInterfaceId, privateIp));
  if (evictedId !== undefined) clear(world, evictedId);
  releaseAutoIp(world, networkInterfaceId, privateIp);
  const associationId = world.newId('eipassoc');
  const address = world.addresses.get(allocationId);
  if (address === undefined) throw new Error(`${allocationId} is gone`);
  place(world, address, { id: associationId, networkInterfaceId, privateIpAddress: privateIp });
  if (before !== undefined) assignAutoIp(world, before.networkInterfaceId);
  return associationId;
}

/** Frees the Elastic IP from where it is; the interface may get an auto-assigned public IP instead. */
export function unlink(world: World, allocationId: string): void {
  const before = clear(world, allocationId);
  if (before !== undefined) assignAutoIp(world, before.networkInterfaceId);
}

function clear(world: World, allocationId: string): AddressAssociation | undefined {
  const address = world.addresses.get(allocationId);
  if (address?.association === undefined) return undefined;
  const { networkInterfaceId, privateIpAddress } = address.association;
  world.addresses.put({ ...address, association: undefined });
  setAssociation(world, networkInterfaceId, privateIpAddress, undefined);
  return address.association;
}

/** Moves an association with its private address to another interface: it keeps its id (unverified). */
export function relink(world: World, address: Address, networkInterfaceId: string): void {
  if (address.association === undefined) return;
  place(world, address, { ...address.association, networkInterfaceId });
}

/**
 * Gives the interface an auto-assigned public IP if it is due one: launched with one, the only interface of a
 * running instance, and no address of it has an Elastic IP.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
 */
export function assignAutoIp(world: World, networkInterfaceId: string): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  if (eni?.attachment === undefined || !eni.isPublicIpAutoAssigned || eni.attachment.deviceIndex !== 0)
    return;
  if (eni.privateIps.some(({ association }) => association !== undefined)) return;
  const instance = world.instances.get(eni.attachment.instanceId);
  if (instance?.state !== 'running' || instance.networkInterfaceIds.length !== 1) return;
  setAssociation(world, eni.id, primaryIpOf(eni).address, {
    kind: 'auto',
    publicIp: world.publicAddresses.take(),
  });
}

/** Returns an auto-assigned public IP to Amazon's pool. */
export function releaseAutoIp(world: World, networkInterfaceId: string, privateIp: string): void {
  const association = world.networkInterfaces
    .get(networkInterfaceId)
    ?.privateIps.find(({ address }) => address === privateIp)?.association;
  if (association?.kind !== 'auto') return;
  setAssociation(world, networkInterfaceId, privateIp, undefined);
  world.publicAddresses.give(association.publicIp);
}

/** Everything public leaves the interface: Elastic IPs stay allocated, an auto-assigned one goes back. */
export function unlinkAll(world: World, eni: NetworkInterface): void {
  for (const { address, association } of eni.privateIps) {
    if (association?.kind === 'auto') releaseAutoIp(world, eni.id, address);
    if (association?.kind === 'elastic') clear(world, association.allocationId);
  }
}

function place(world: World, address: Address, association: AddressAssociation): void {
  world.addresses.put({ ...address, association });
  setAssociation(world, association.networkInterfaceId, association.privateIpAddress, {
    kind: 'elastic',
    publicIp: address.publicIp,
    allocationId: address.id,
    associationId: association.id,
  });
}

function setAssociation(
  world: World,
  networkInterfaceId: string,
  privateIp: string,
  association: PublicAssociation | undefined,
): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  if (eni === undefined) return;
  world.networkInterfaces.put({
    ...eni,
    privateIps: eni.privateIps.map((each) => (each.address === privateIp ? { ...each, association } : each)),
  });
}
