import {
  DescribeScalingActivitiesCommand,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  CreateSubnetCommand,
  DeleteLaunchTemplateCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  described,
  instancesOf,
  onlyInstance,
  type ScalingRoom,
  statesOf,
} from './scaling-room.ts';

async function zonesOf(room: ScalingRoom): Promise<(string | undefined)[]> {
  return (await instancesOf(room)).map(({ AvailabilityZone }) => AvailabilityZone).sort();
}

async function activitiesOf({ autoScaling }: ScalingRoom) {
  const { Activities = [] } = await autoScaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: 'web' }),
  );
  return Activities;
}

describe('a group', () => {
  test('launches its desired capacity, spread over its zones', async () => {
    const room = aScalingRoom();

    await aGroup(room, { DesiredCapacity: 4 });
    room.pass(aWhileMs);

    expect(await statesOf(room)).toEqual(Array(4).fill('InService'));
    expect(await zonesOf(room)).toEqual(['us-east-1a', 'us-east-1a', 'us-east-1b', 'us-east-1b']);
  });

  test('tags its instances with its name, its template and the tags that propagate', async () => {
    const room = aScalingRoom();

    await aRunningGroup(room, {
      Tags: [
        { Key: 'role', Value: 'web', PropagateAtLaunch: true },
        { Key: 'cost', Value: '7', PropagateAtLaunch: false },
      ],
    });

    const { InstanceId, LaunchTemplate } = await onlyInstance(room);
    expect(Object.fromEntries(room.rooms.ec2.instance(InstanceId)?.tags ?? [])).toEqual({
      role: 'web',
      'aws:autoscaling:groupName': 'web',
      'aws:ec2launchtemplate:id': LaunchTemplate?.LaunchTemplateId,
      'aws:ec2launchtemplate:version': '1',
    });
  });

  test('keeps instances Pending until EC2 runs them', async () => {
    const room = aScalingRoom({ ec2Settings: { pendingMs: 10_000 } });
    await aGroup(room);

    room.pass(9_000);
    const before = await statesOf(room);
    room.pass(10_000);

    expect(before).toEqual(['Pending']);
    expect(await statesOf(room)).toEqual(['InService']);
  });

  test('grows and shrinks with its desired capacity, and says why', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 3 }),
    );
    room.pass(aWhileMs);
    const grown = await statesOf(room);
    await room.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MaxSize: 2 }),
    );
    room.pass(aWhileMs);

    expect(grown).toEqual(Array(3).fill('InService'));
    expect(await statesOf(room)).toEqual(Array(2).fill('InService'));
    const [terminated, launched] = await activitiesOf(room);
    expect(terminated).toMatchObject({
      StatusCode: 'Successful',
      Progress: 100,
      Cause:
        'At 2026-01-01T00:01:00Z a user request update of AutoScalingGroup constraints to min: 0, max: 2, desired: 2 changing the desired capacity from 3 to 2.' +
        '  At 2026-01-01T00:01:01Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 3 to 2.',
    });
    expect(launched?.Cause).toBe(
      'At 2026-01-01T00:00:30Z a user request explicitly set group desired capacity changing the desired capacity from 1 to 3.' +
        '  At 2026-01-01T00:00:31Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 3.',
    );
  });

  test('shrinks where it has most instances first', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, { DesiredCapacity: 3 });
    expect(await zonesOf(room)).toEqual(['us-east-1a', 'us-east-1a', 'us-east-1b']);

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 }),
    );
    room.pass(aWhileMs);

    expect(await zonesOf(room)).toEqual(['us-east-1a', 'us-east-1b']);
  });

  test.each([
    ['OldestInstance', 0],
    ['NewestInstance', 2],
    ['ClosestToNextInstanceHour', 0],
  ])('shrinks by the policy %s', async (policy, goneIndex) => {
    const room = aScalingRoom();
    await aGroup(room, { TerminationPolicies: [policy], AvailabilityZones: ['us-east-1a'] });
    for (const DesiredCapacity of [2, 3]) {
      room.pass(aWhileMs);
      await room.autoScaling.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity }),
      );
    }
    room.pass(aWhileMs);
    const before = (await instancesOf(room)).map(({ InstanceId }) => InstanceId);

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 }),
    );
    room.pass(aWhileMs);

    const after = (await instancesOf(room)).map(({ InstanceId }) => InstanceId);
    expect(after).toEqual(before.filter((_, index) => index !== goneIndex));
  });

  test('shrinks by default from the oldest version of its template on', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, {
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
      AvailabilityZones: ['us-east-1a'],
    });
    const old = await onlyInstance(room);
    await room.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateName: 'web',
        SourceVersion: '1',
        LaunchTemplateData: { InstanceType: 't3.small' },
      }),
    );
    // The newer instance is nearer to its next hour than the old one is.
    room.pass(1_800_000);
    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 }),
    );
    room.pass(2_000_000);

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 1 }),
    );
    room.pass(aWhileMs);

    const kept = await onlyInstance(room);
    expect(kept.InstanceId).not.toBe(old.InstanceId);
    expect(kept).toMatchObject({ InstanceType: 't3.small', LaunchTemplate: { Version: '2' } });
  });

  test('cancels a launch that is no longer wanted', async () => {
    const room = aScalingRoom();
    await aGroup(room);
    room.pass(2_000);

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 0 }),
    );
    room.pass(aWhileMs);

    expect(await statesOf(room)).toEqual([]);
    expect((await activitiesOf(room)).at(-1)).toMatchObject({ StatusCode: 'Cancelled' });
  });

  test('replaces an instance that it is told to terminate, unless it is told to shrink', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    const first = await onlyInstance(room);

    const { Activity } = await room.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: first.InstanceId,
        ShouldDecrementDesiredCapacity: false,
      }),
    );
    room.pass(aWhileMs);
    const second = await onlyInstance(room);
    await room.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId: second.InstanceId,
        ShouldDecrementDesiredCapacity: true,
      }),
    );
    room.pass(aWhileMs);

    expect(Activity).toMatchObject({
      StatusCode: 'InProgress',
      Description: `Terminating EC2 instance: ${first.InstanceId}`,
      Cause: `At 2026-01-01T00:00:30Z instance ${first.InstanceId} was taken out of service in response to a user request.`,
    });
    expect(second.InstanceId).not.toBe(first.InstanceId);
    expect(await described(room)).toMatchObject({ DesiredCapacity: 0, Instances: [] });
  });

  test('does not launch or terminate while that is suspended, and catches up when resumed', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    await room.autoScaling.send(
      new SuspendProcessesCommand({ AutoScalingGroupName: 'web', ScalingProcesses: ['Launch'] }),
    );

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 }),
    );
    room.pass(aWhileMs);
    const suspended = await described(room);
    await room.autoScaling.send(new ResumeProcessesCommand({ AutoScalingGroupName: 'web' }));
    room.pass(aWhileMs);

    expect(suspended.SuspendedProcesses).toEqual([
      { ProcessName: 'Launch', SuspensionReason: 'User suspended' },
    ]);
    expect(suspended.Instances).toHaveLength(1);
    expect(await statesOf(room)).toEqual(['InService', 'InService']);
  });
});

describe('a launch that fails', () => {
  test('is an activity and an event, and is tried again', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room);
    await room.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'web' }));

    await room.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 2 }),
    );
    room.pass(10_000);

    const failures = room
      .scalingEvents()
      .filter(({ detailType }) => detailType.endsWith('Launch Unsuccessful'));
    // At once, and then after 2 and 4 seconds.
    expect(failures).toHaveLength(3);
    expect(failures[0]?.detail).toMatchObject({ StatusCode: 'Failed', EC2InstanceId: '' });
    const [activity] = await activitiesOf(room);
    expect(activity).toMatchObject({ StatusCode: 'Failed' });
    expect(activity?.StatusMessage).toMatch(/does not exist\. Launching EC2 instance failed\.$/);
    expect(await statesOf(room)).toEqual(['InService']);
  });

  test('goes to another subnet when one is full', async () => {
    const room = aScalingRoom();
    const vpcId = room.rooms.ec2.world.defaultVpc.get('default');
    const { Subnet } = await room.ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: '172.31.240.0/28',
        AvailabilityZone: 'us-east-1a',
      }),
    );
    const other = room.rooms.ec2.world.defaultSubnetByZone.get('us-east-1b');

    await aGroup(room, {
      MaxSize: 30,
      DesiredCapacity: 26,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      VPCZoneIdentifier: `${Subnet?.SubnetId}, ${other}`,
    });
    room.pass(aWhileMs);

    const zones = await zonesOf(room);
    expect(zones.filter((zone) => zone === 'us-east-1a')).toHaveLength(11);
    expect(zones.filter((zone) => zone === 'us-east-1b')).toHaveLength(15);
  });
});
