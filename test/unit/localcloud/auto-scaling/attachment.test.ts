import { AttachInstancesCommand, DetachInstancesCommand } from '@aws-sdk/client-auto-scaling';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import {
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  described,
  instancesOf,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

async function aLoneInstance({ ec2, pass }: ScalingRoom, zone = 'us-east-1a'): Promise<string> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      Placement: { AvailabilityZone: zone },
    }),
  );
  pass(aWhileMs);
  return Instances?.[0]?.InstanceId ?? '';
}

function groupTagOf(room: ScalingRoom, instanceId: string): string | undefined {
  return room.rooms.ec2.instance(instanceId)?.tags.get('aws:autoscaling:groupName');
}

describe('DetachInstances', () => {
  test.each([
    [true, 0, 0],
    [false, 1, 1],
  ])('with decrement %s leaves the instance running and %d others', async (decrement, size, desired) => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const { InstanceId } = await onlyInstance(room);

    const { Activities } = await room.autoScaling.send(
      new DetachInstancesCommand({
        AutoScalingGroupName: 'web',
        InstanceIds: [InstanceId],
        ShouldDecrementDesiredCapacity: decrement,
      }),
    );
    const detaching = await onlyInstance(room);
    room.pass(aWhileMs);

    expect(detaching).toMatchObject({ InstanceId, LifecycleState: 'Detaching' });
    expect(Activities).toMatchObject([
      { Description: `Detaching EC2 instance: ${InstanceId}`, StatusCode: 'InProgress', Progress: 50 },
    ]);
    const others = (await instancesOf(room)).filter((each) => each.InstanceId !== InstanceId);
    expect(others).toHaveLength(size);
    expect((await described(room)).DesiredCapacity).toBe(desired);
    expect(room.rooms.ec2.instance(InstanceId)?.state).toBe('running');
    expect(groupTagOf(room, InstanceId)).toBeUndefined();
  });

  test('is refused for strangers and below the minimum', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, { MinSize: 1 });
    const { InstanceId } = await onlyInstance(room);
    const detach = (id: string) =>
      room.autoScaling.send(
        new DetachInstancesCommand({
          AutoScalingGroupName: 'web',
          InstanceIds: [id],
          ShouldDecrementDesiredCapacity: true,
        }),
      );

    await expect(detach('i-00000000000000000')).rejects.toThrow(
      'The instance i-00000000000000000 is not part of Auto Scaling group web.',
    );
    await expect(detach(InstanceId)).rejects.toThrow(
      'AutoScalingGroup web has min-size=1, max-size=10, and desired-size=1. To detach 1 instance, please update the AutoScalingGroup sizes appropriately.',
    );
    expect(await statesOf(room)).toEqual(['InService']);
  });
});

describe('AttachInstances', () => {
  test('takes a running instance in, wanting one more', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const instanceId = await aLoneInstance(room);

    await room.autoScaling.send(
      new AttachInstancesCommand({ AutoScalingGroupName: 'web', InstanceIds: [instanceId] }),
    );
    room.pass(aWhileMs);

    expect(await described(room)).toMatchObject({ DesiredCapacity: 2 });
    const attached = (await instancesOf(room)).find(({ InstanceId }) => InstanceId === instanceId);
    expect(attached).toMatchObject({ LifecycleState: 'InService', HealthStatus: 'Healthy' });
    expect(attached).not.toHaveProperty('LaunchTemplate');
    expect(groupTagOf(room, instanceId)).toBe('web');
  });

  test('is refused beyond the maximum, outside its zones and for members', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, { MaxSize: 1 });
    const [inside, outside] = [await aLoneInstance(room), await aLoneInstance(room, 'us-east-1c')];
    const member = await onlyInstance(room);
    const attach = (id: string) =>
      room.autoScaling.send(new AttachInstancesCommand({ AutoScalingGroupName: 'web', InstanceIds: [id] }));

    await expect(attach(inside)).rejects.toThrow(
      'AutoScalingGroup web has min-size=0, max-size=1, and desired-size=1. To attach 1 instance, please update the AutoScalingGroup sizes appropriately.',
    );
    await expect(attach(outside)).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(attach(member.InstanceId)).rejects.toThrow(
      `The Instance: ${member.InstanceId} is already part of AutoScalingGroup:web`,
    );
    expect(await statesOf(room)).toEqual(['InService']);
  });
});
