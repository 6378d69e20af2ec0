import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateTagsCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { aLaunch, anEc2Room, aRunningInstance, type Ec2Room } from './ec2-room.ts';

async function seenStates({ client }: Ec2Room): Promise<(string | undefined)[]> {
  const { Reservations } = await client.send(new DescribeInstancesCommand({}));
  return Reservations?.flatMap(({ Instances }) => Instances?.map(({ State }) => State?.Name) ?? []) ?? [];
}

describe('eventual consistency', () => {
  test('a fresh instance is NotFound by id and missing from the list, then shows', async () => {
    const ec2Room = anEc2Room();
    const { client, clock } = ec2Room;
    ec2Room.setLag({ describeMs: 1_000 });

    const id = await aLaunch(ec2Room);

    const byId = client.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    await expect(byId).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    expect(await seenStates(ec2Room)).toEqual([]);
    clock.advanceBy(1_000);
    expect(await seenStates(ec2Room)).toEqual(['pending']);
  });

  test('writes are checked against the real state, not against what Describe shows', async () => {
    const ec2Room = anEc2Room();
    const { client } = ec2Room;
    ec2Room.setLag({ describeMs: 60_000 });
    const id = await aRunningInstance(ec2Room);
    const { AllocationId } = await client.send(new AllocateAddressCommand({}));

    await client.send(new AssociateAddressCommand({ AllocationId, InstanceId: id }));
    await client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'role', Value: 'db' }] }));

    expect(ec2Room.room.instance(id)?.tags.get('role')).toBe('db');
    expect([...ec2Room.room.world.addresses.all()]).toMatchObject([{ association: {} }]);
  });

  test('the event of a change of state outruns Describe', async () => {
    const ec2Room = anEc2Room();
    const { client, clock, events } = ec2Room;
    const id = await aRunningInstance(ec2Room);
    ec2Room.setLag({ describeMs: 3_600_000 });

    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));

    expect(events.at(-1)?.detail).toEqual({ 'instance-id': id, state: 'shutting-down' });
    expect(await seenStates(ec2Room)).toEqual(['running']);
    clock.advanceBy(3_600_000);
    expect(await seenStates(ec2Room)).not.toContain('running');
  });

  test('different resources show at different times: an address before its instance, or after', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const ec2Room = anEc2Room({ seed });
      const { client, clock } = ec2Room;
      const id = await aRunningInstance(ec2Room);
      const { AllocationId, PublicIp } = await client.send(new AllocateAddressCommand({}));
      ec2Room.setLag({ describeMs: 1_000 });
      await client.send(new AssociateAddressCommand({ AllocationId, InstanceId: id }));
      clock.advanceBy(500);
      const { Addresses } = await client.send(new DescribeAddressesCommand({}));
      const { Reservations } = await client.send(new DescribeInstancesCommand({}));
      orders.add(
        `${Addresses?.[0]?.AssociationId !== undefined} ${Reservations?.[0]?.Instances?.[0]?.PublicIpAddress === PublicIp}`,
      );
    }

    expect(orders).toEqual(new Set(['true true', 'true false', 'false true', 'false false']));
  });

  test('the same seed gives the same run', async () => {
    const run = async (): Promise<unknown[]> => {
      const ec2Room = anEc2Room({ seed: 42 });
      ec2Room.setLag({ describeMs: 5_000 });
      const seen: unknown[] = [await aLaunch(ec2Room), await aLaunch(ec2Room)];
      for (let step = 0; step < 20; step += 1) {
        ec2Room.clock.advanceBy(500);
        seen.push(await seenStates(ec2Room));
      }
      return seen;
    };

    expect(await run()).toEqual(await run());
  });
});
