import type { ObservedElasticIp } from '../../../../../shared/model/observed.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../../builders/observed.ts';

/** The role's Elastic IP as the spec names it. */
export const own = { elasticIp: allocationId(0xe1) };
/** The change that brings it to an address of an instance, when it is allowed to, from another association. */
export const association = (allowReassociation: boolean, at = privateIp(1), on = 1, replaced = 1) => ({
  kind: 'associate-address',
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(on),
  privateIp: at,
  instanceId: instanceId(on),
  allowReassociation,
  ...(allowReassociation ? { replaces: associationId(replaced) } : {}),
});
/** What is kept of it where it stands. */
export const standing = (at = privateIp(1), on = 1, id = 1) => ({
  allocationId: allocationId(0xe1),
  associationId: associationId(id),
  networkInterfaceId: networkInterfaceId(on),
  privateIp: at,
});

/** The role's Elastic IP, or another, at that address of instance 1. */
export function at(address: number, number = 0xe1): ObservedElasticIp {
  return anElasticIp(undefined, {
    allocationId: allocationId(number),
    association: {
      associationId: associationId(1),
      networkInterfaceId: networkInterfaceId(1),
      privateIp: privateIp(address),
      instanceId: instanceId(1),
    },
  });
}

/** An address of instance 1. */
export const place = (address: number, isPrimary: boolean) => ({
  networkInterfaceId: networkInterfaceId(1),
  privateIp: privateIp(address),
  isPrimary,
});
/** Instance 1 with a secondary address. */
export const twoAddresses = anInstance(1, { privateIps: [place(1, true), place(101, false)] });
/** Two candidates, and the Elastic IP free. */
export const plain = { instances: [anInstance(1), anInstance(2)], elasticIps: [anElasticIp()] };
