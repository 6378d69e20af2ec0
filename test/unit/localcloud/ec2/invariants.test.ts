import { AllocateAddressCommand, AssociateAddressCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import type { Address, Instance, NetworkInterface } from '../../../../localcloud/ec2/state/resources.ts';
import type { World } from '../../../../localcloud/ec2/state/world.ts';
import { anEc2Room, aRunningInstance, type Ec2Room } from './ec2-room.ts';

async function aSoundWorld(): Promise<
  Ec2Room & { world: World; instance: Instance; eni: NetworkInterface; address: Address }
> {
  const ec2Room = anEc2Room();
  const id = await aRunningInstance(ec2Room);
  const { AllocationId = '' } = await ec2Room.client.send(new AllocateAddressCommand({}));
  await ec2Room.client.send(new AssociateAddressCommand({ AllocationId, InstanceId: id }));
  const { world } = ec2Room.room;
  const instance = world.instances.get(id);
  const eni = world.networkInterfaces.get(instance?.networkInterfaceIds[0] ?? '');
  const address = world.addresses.get(AllocationId);
  if (instance === undefined || eni === undefined || address === undefined) throw new Error('no world');
  return { ...ec2Room, world, instance, eni, address };
}

describe('invariants', () => {
  test('hold in a sound world', async () => {
    const { room } = await aSoundWorld();

    expect(() => room.checkInvariants?.()).not.toThrow();
  });

  test('a private address on two interfaces is refused where it is written', async () => {
    const { world, eni } = await aSoundWorld();

    expect(() => world.networkInterfaces.put({ ...eni, id: 'eni-00000000000000001' })).toThrow(
      'held by both',
    );
  });

  test('an Elastic IP that its interface does not show is found', async () => {
    const { room, world, eni } = await aSoundWorld();

    world.networkInterfaces.put({
      ...eni,
      privateIps: eni.privateIps.map((ip) => ({ ...ip, association: undefined })),
    });

    expect(() => room.checkInvariants?.()).toThrow('does not show it');
  });

  test('an association that the Elastic IP does not know is found', async () => {
    const { room, world, address } = await aSoundWorld();

    world.addresses.put({ ...address, association: undefined });

    expect(() => room.checkInvariants?.()).toThrow('which is not there');
  });

  test('a terminated instance that owns an interface is found', async () => {
    const { room, world, instance } = await aSoundWorld();

    world.instances.put({ ...instance, state: 'terminated' });

    expect(() => room.checkInvariants?.()).toThrow('still owns something');
  });

  test('an address that no interface has is found in the pool', async () => {
    const { room, world, eni } = await aSoundWorld();

    world.subnetAddresses.takeAny(eni.subnetId);

    expect(() => room.checkInvariants?.()).toThrow('counts taken addresses');
  });

  test('an interface that its instance does not list is found', async () => {
    const { room, world, instance } = await aSoundWorld();

    world.instances.put({ ...instance, networkInterfaceIds: [] });

    expect(() => room.checkInvariants?.()).toThrow('which does not list it');
  });
});
