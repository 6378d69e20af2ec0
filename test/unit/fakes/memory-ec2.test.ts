import { describe, expect, it } from 'vitest';
import type { AssociateAddress } from '../../../shared/model/change.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../builders/observed.ts';
import { MemoryEc2 } from '../../fakes/memory-ec2.ts';
import { Script } from '../../fakes/script.ts';

const change: AssociateAddress = {
  kind: 'associate-address',
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(1),
  privateIp: privateIp(1),
  instanceId: instanceId(1),
  allowReassociation: false,
};

function aWorld(on?: number): MemoryEc2 {
  const ec2 = new MemoryEc2(new Script());
  ec2.put(anInstance(1), anInstance(2));
  ec2.putElasticIp(anElasticIp(on));
  return ec2;
}

describe('the fake of EC2', () => {
  it('associates a free address, under a new id', async () => {
    const ec2 = aWorld();

    const id = await ec2.associate(change);

    const [elasticIp] = await ec2.elasticIps();
    expect(elasticIp?.association).toEqual({
      associationId: id,
      networkInterfaceId: networkInterfaceId(1),
      privateIp: privateIp(1),
      instanceId: instanceId(1),
    });
  });

  it('moves an address only with leave to reassociate', async () => {
    const ec2 = aWorld(2);

    await expect(ec2.associate(change)).rejects.toMatchObject({ code: 'Resource.AlreadyAssociated' });
    await ec2.associate({ ...change, allowReassociation: true });

    expect(ec2.carrierOf(allocationId(0xe1))).toBe(instanceId(1));
  });

  it('evicts the Elastic IP that the private address carried', async () => {
    const ec2 = aWorld();
    ec2.putElasticIp(anElasticIp(1, { allocationId: allocationId(0xe2) }));

    await ec2.associate(change);

    expect(ec2.carrierOf(allocationId(0xe2))).toBeUndefined();
  });

  it('frees the address of an instance that ends, and has no place for one there', async () => {
    const ec2 = aWorld(1);

    ec2.terminate(instanceId(1));

    expect(ec2.carrierOf(allocationId(0xe1))).toBeUndefined();
    await expect(ec2.associate(change)).rejects.toMatchObject({ disposition: 'conflict' });
  });

  it('does not know an address that is not there', async () => {
    const ec2 = new MemoryEc2(new Script());

    await expect(ec2.associate(change)).rejects.toMatchObject({ code: 'InvalidAllocationID.NotFound' });
  });

  it('finds instances by a name in their tag, by id, and their tags', async () => {
    const ec2 = aWorld();
    ec2.put(anInstance(3, { tags: {} }));

    const tagged = await ec2.instancesTagged(['db' as never]);
    const byId = await ec2.instancesById([instanceId(3), instanceId(9)]);
    const tags = await ec2.roleTags([instanceId(1), instanceId(3)]);

    expect(tagged.map((each) => each.instanceId)).toEqual([instanceId(1), instanceId(2)]);
    expect(byId.map((each) => each.instanceId)).toEqual([instanceId(3)]);
    expect(tags).toEqual(new Map([[instanceId(1), 'db']]));
  });
});
