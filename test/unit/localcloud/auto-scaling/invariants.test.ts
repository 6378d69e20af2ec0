import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { expect, test } from 'vitest';
import { aRunningGroup, aScalingRoom, aWhileMs, onlyInstance } from './scaling-room.ts';

test('an instance in service that EC2 does not run, and nobody said so, is a contradiction', async () => {
  const room = aScalingRoom();
  await aRunningGroup(room);
  const { world } = room.rooms.ec2;
  const instance = world.instances.get((await onlyInstance(room)).InstanceId);
  if (instance === undefined) throw new Error('EC2 has lost the instance');

  world.instances.put({ ...instance, state: 'stopped' });

  expect(() => room.rooms.autoScaling.checkInvariants?.()).toThrow(
    `${instance.id} is in service, and EC2 does not run it`,
  );
});

test('a closed room does nothing more by itself', async () => {
  const room = aScalingRoom();
  await aRunningGroup(room);
  await room.autoScaling.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 3 }),
  );

  await room.rooms.autoScaling.close();
  room.pass(aWhileMs);

  expect(room.rooms.ec2.world.instances.size).toBe(1);
});
