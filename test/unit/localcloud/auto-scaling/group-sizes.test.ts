import {
  DeleteAutoScalingGroupCommand,
  DescribeScalingActivitiesCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  described,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

describe('sizes', () => {
  test('SetDesiredCapacity stays within the bounds', async () => {
    const room = aScalingRoom();
    await aGroup(room, { MinSize: 1, MaxSize: 2 });
    const set = (DesiredCapacity: number) =>
      room.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity }));

    await expect(set(3)).rejects.toThrow(
      'New SetDesiredCapacity value 3 is above max value 2 for the AutoScalingGroup.',
    );
    await expect(set(0)).rejects.toThrow(
      'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.',
    );
  });

  test('SetDesiredCapacity honours the cooldown when asked to', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const set = () =>
      room.autoScaling.send(
        new SetDesiredCapacityCommand({
          AutoScalingGroupName: 'web',
          DesiredCapacity: 2,
          HonorCooldown: true,
        }),
      );

    await expect(set()).rejects.toMatchObject({ name: 'ScalingActivityInProgressFault' });
    room.pass(300_000);
    await set();

    expect((await described(room)).DesiredCapacity).toBe(2);
  });

  test('UpdateAutoScalingGroup takes the desired capacity along with the bounds', async () => {
    const room = aScalingRoom();
    await aGroup(room);

    await room.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MinSize: 3 }),
    );

    expect(await described(room)).toMatchObject({ MinSize: 3, DesiredCapacity: 3, MaxSize: 10 });
  });

  test('of a group that is not there are refused', async () => {
    const room = aScalingRoom();

    const updating = room.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'nobody', MinSize: 3 }),
    );

    await expect(updating).rejects.toMatchObject({
      name: 'ValidationError',
      message: "AutoScalingGroup name not found - AutoScalingGroup 'nobody' not found",
    });
  });
});

describe('DeleteAutoScalingGroup', () => {
  const remove = (room: ScalingRoom, ForceDelete = false) =>
    room.autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'web', ForceDelete }));

  test('is refused while there are instances, or will be soon', async () => {
    const room = aScalingRoom();
    await aGroup(room);

    await expect(remove(room)).rejects.toMatchObject({ name: 'ScalingActivityInProgressFault' });
    room.pass(aWhileMs);
    await expect(remove(room)).rejects.toMatchObject({ name: 'ResourceInUseFault' });

    expect(await statesOf(room)).toEqual(['InService']);
  });

  test('takes an empty group away at once', async () => {
    const room = aScalingRoom();
    await aGroup(room, { DesiredCapacity: 0 });

    await remove(room);

    await expect(described(room)).rejects.toThrow('there is no group web');
  });

  test('by force terminates the instances without hooks, and then takes the group away', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, {
      LifecycleHookSpecificationList: [
        { LifecycleHookName: 'release', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' },
      ],
    });
    const { InstanceId } = await onlyInstance(room);

    await remove(room, true);
    const meanwhile = await described(room);
    const updating = room.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MinSize: 1 }),
    );
    await expect(updating).rejects.toThrow(
      'The AutoScaling group may not be modified while it is pending delete',
    );
    room.pass(aWhileMs);

    expect(meanwhile).toMatchObject({
      Status: 'Delete in progress',
      MinSize: 0,
      MaxSize: 0,
      DesiredCapacity: 0,
    });
    await expect(described(room)).rejects.toThrow('there is no group web');
    expect(room.rooms.ec2.instance(InstanceId)?.state).toBe('terminated');
    const { Activities } = await room.autoScaling.send(
      new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'web', IncludeDeletedGroups: true }),
    );
    expect(Activities).toMatchObject([
      { AutoScalingGroupState: 'Deleted', StatusCode: 'Successful' },
      { AutoScalingGroupState: 'Deleted', StatusCode: 'Successful' },
    ]);
  });
});
