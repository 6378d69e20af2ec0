import { describe, expect, it } from 'vitest';
import { toObservedElasticIp } from '../../../../../shared/adapters/ec2/observed-elastic-ip.ts';
import {
  allocationId,
  anElasticIp,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../../builders/observed.ts';

const free = { AllocationId: allocationId(0xe1), PublicIp: publicIp(25), Tags: [] };
const onInstance = {
  ...free,
  AssociationId: associationId(1),
  NetworkInterfaceId: networkInterfaceId(1),
  PrivateIpAddress: privateIp(1),
  InstanceId: instanceId(1),
};

describe('toObservedElasticIp', () => {
  it('has a free one without association', () => {
    expect(toObservedElasticIp(free)).toEqual(anElasticIp());
  });

  it('has the association with an instance', () => {
    expect(toObservedElasticIp(onInstance)).toEqual(anElasticIp(1));
  });

  it('has the association with an interface of no instance, where the id is an empty text', () => {
    const observed = toObservedElasticIp({ ...onInstance, InstanceId: '' });

    expect(observed?.association).toEqual({
      associationId: associationId(1),
      networkInterfaceId: networkInterfaceId(1),
      privateIp: privateIp(1),
    });
  });

  it('keeps the tags', () => {
    expect(toObservedElasticIp({ ...free, Tags: [{ Key: 'Name', Value: 'db' }] })?.tags).toEqual({
      Name: 'db',
    });
  });

  it.each([
    ['allocation id', { ...free, AllocationId: undefined }],
    ['address', { ...free, PublicIp: undefined }],
  ])('is nothing for what has no %s', (_, address) => {
    expect(toObservedElasticIp(address)).toBeUndefined();
  });
});
