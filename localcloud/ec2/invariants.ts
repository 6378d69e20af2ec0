import type { NetworkInterface, PublicAssociation } from './state/resources.ts';
import { privateIpKey, type World } from './state/world.ts';

/**
 * Throws when EC2's state contradicts itself: a private address on two interfaces, an Elastic IP on two addresses
 * or two on one, something that a terminated instance still owns, an index or a pool that says otherwise.
 */
export function checkInvariants(world: World): void {
  checkPrivateIps(world);
  checkPublicIps(world);
  checkAddresses(world);
  checkInstances(world);
}

function expect(isTrue: boolean, problem: () => string): void {
  if (!isTrue) throw new Error(problem());
}

function checkPrivateIps(world: World): void {
  const holders = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const eni of world.networkInterfaces.all()) {
    expect(
      eni.privateIps.every(({ isPrimary }, index) => isPrimary === (index === 0)) &&
        eni.privateIps.length > 0,
      () => `${eni.id} has not exactly one primary address, the first`,
    );
    for (const { address } of eni.privateIps) {
      const key = privateIpKey(eni.vpcId, address);
      expect(!holders.has(key), () => `${address} is on both ${holders.get(key)} and ${eni.id}`);
      holders.set(key, eni.id);
      expect(
        world.interfaceByPrivateIp.get(key) === eni.id,
        () => `the index of private addresses misses ${address} of ${eni.id}`,
      );
      expect(
        world.subnetAddresses.refusal(eni.subnetId, address) === 'taken',
        () => `${address} of ${eni.id} is free in ${eni.subnetId}`,
      );
      taken.set(eni.subnetId, (taken.get(eni.subnetId) ?? 0) + 1);
    }
  }
  expect(
    world.interfaceByPrivateIp.size === holders.size,
    () => 'the index of private addresses holds more than there are',
  );
  for (const { id } of world.subnets.all())
    expect(
      world.subnetAddresses.takenCount(id) === (taken.get(id) ?? 0),
      () => `${id} counts taken addresses that no interface has`,
    );
}

/** No public IP is on two private addresses, and every Elastic IP that an interface shows is really there. */
function checkPublicIps(world: World): void {
  const seen = new Set<string>();
  for (const eni of world.networkInterfaces.all())
    for (const { address, association } of eni.privateIps) {
      if (association === undefined) continue;
      expect(!seen.has(association.publicIp), () => `${association.publicIp} is on two private addresses`);
      seen.add(association.publicIp);
      checkElastic(world, eni, address, association);
    }
}

function checkElastic(
  world: World,
  eni: NetworkInterface,
  privateIp: string,
  association: PublicAssociation,
): void {
  if (association.kind !== 'elastic') return;
  const there = world.addresses.get(association.allocationId)?.association;
  expect(
    there?.id === association.associationId &&
      there.networkInterfaceId === eni.id &&
      there.privateIpAddress === privateIp,
    () => `${eni.id} shows ${association.allocationId} on ${privateIp}, which is not there`,
  );
}

function checkAddresses(world: World): void {
  for (const { id, association } of world.addresses.all()) {
    if (association === undefined) continue;
    const eni = world.networkInterfaces.get(association.networkInterfaceId);
    const ip = eni?.privateIps.find(({ address }) => address === association.privateIpAddress);
    expect(
      ip?.association?.kind === 'elastic' && ip.association.allocationId === id,
      () => `${id} is associated with ${association.privateIpAddress}, which does not show it`,
    );
    expect(
      world.addressByAssociation.get(association.id) === id,
      () => `the index of associations misses ${association.id}`,
    );
  }
}

function checkInstances(world: World): void {
  for (const instance of world.instances.all()) {
    expect(
      instance.state !== 'terminated' ||
        (instance.networkInterfaceIds.length === 0 && instance.place === undefined),
      () => `${instance.id} is terminated and still owns something`,
    );
    for (const id of instance.networkInterfaceIds)
      expect(
        world.networkInterfaces.get(id)?.attachment?.instanceId === instance.id,
        () => `${instance.id} lists ${id}, which is not attached to it`,
      );
  }
  for (const { id, attachment } of world.networkInterfaces.all())
    expect(
      attachment === undefined ||
        (world.instances.get(attachment.instanceId)?.networkInterfaceIds.includes(id) ?? false),
      () => `${id} is attached to ${attachment?.instanceId}, which does not list it`,
    );
}
