import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingInstancesCommand,
  PutWarmPoolCommand,
} from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from 'vitest';
import {
  aGroup,
  aLaunchTemplate,
  aRunningGroup,
  aScalingRoom,
  aWhileMs,
  described,
  onlyInstance,
} from './scaling-room.ts';

describe('CreateAutoScalingGroup', () => {
  test.each([
    [
      'a maximum under the minimum',
      { MinSize: 2, MaxSize: 1 },
      'Max bound, 1, must be greater than or equal to min bound, 2',
    ],
    [
      'a desired capacity out of bounds',
      { MinSize: 1, MaxSize: 2, DesiredCapacity: 5 },
      'Desired capacity:5 must be between the specified min size:1 and max size:2',
    ],
    [
      'no launch template',
      { LaunchTemplate: undefined },
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    ],
    [
      'a launch template that is not there',
      { LaunchTemplate: { LaunchTemplateName: 'nobody' } },
      'You must use a valid fully-formed launch template. The specified launch template, with template name nobody, does not exist.',
    ],
    [
      'a launch template named twice',
      { LaunchTemplate: { LaunchTemplateName: 'web', LaunchTemplateId: 'lt-00000000000000000' } },
      'Valid requests must contain either launchTemplateId or LaunchTemplateName',
    ],
    [
      'neither zones nor subnets',
      { AvailabilityZones: undefined },
      'At least one Availability Zone or VPC Subnet is required.',
    ],
    [
      'a subnet that is not there',
      { VPCZoneIdentifier: 'subnet-00000000000000000' },
      "The subnet ID 'subnet-00000000000000000' does not exist",
    ],
    [
      'a negative size',
      { MinSize: -1 },
      /at 'minSize' failed to satisfy constraint: Member must have value greater than or equal to 0$/,
    ],
    ['a name with a colon', { AutoScalingGroupName: 'a:b' }, /is not valid/],
  ])('refuses %s', async (_what, input, message) => {
    const room = aScalingRoom();

    const creating = aGroup(room, input);

    await expect(creating).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(creating).rejects.toThrow(message);
    room.pass(aWhileMs);
    const { AutoScalingGroups } = await room.autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
    expect(AutoScalingGroups).toEqual([]);
    expect(room.rooms.ec2.world.instances.size).toBe(0);
  });

  test('refuses a template that EC2 would not launch from', async () => {
    const room = aScalingRoom();
    await aLaunchTemplate(room, { SecurityGroupIds: ['sg-00000000000000000'] });

    const creating = room.autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: 'web',
        LaunchTemplate: { LaunchTemplateName: 'web' },
        MinSize: 0,
        MaxSize: 1,
        AvailabilityZones: ['us-east-1a'],
      }),
    );

    await expect(creating).rejects.toThrow(
      "You must use a valid fully-formed launch template. The security group 'sg-00000000000000000' does not exist",
    );
  });

  test('refuses a name that is taken', async () => {
    const room = aScalingRoom();
    await aGroup(room);

    const again = room.autoScaling.send(
      new CreateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MinSize: 0, MaxSize: 1 }),
    );

    await expect(again).rejects.toMatchObject({
      name: 'AlreadyExistsFault',
      message: 'AutoScalingGroup by this name already exists - A group with the name web already exists',
    });
  });

  test.each([
    ['LaunchConfigurationName', { LaunchConfigurationName: 'old' }],
    [
      'MixedInstancesPolicy',
      { MixedInstancesPolicy: { InstancesDistribution: { OnDemandBaseCapacity: 1 } } },
    ],
    ['TargetGroupARNs', { TargetGroupARNs: ['arn:aws:elasticloadbalancing:::targetgroup/x/y'] }],
  ])('refuses %s by its name', async (name, input) => {
    const room = aScalingRoom();

    const creating = aGroup(room, input);

    await expect(creating).rejects.toThrow(`localcloud does not model the parameter ${name}`);
  });

  test('refuses health checks by load balancers by name', async () => {
    const room = aScalingRoom();

    const creating = aGroup(room, { HealthCheckType: 'EC2,ELB' });

    await expect(creating).rejects.toThrow('localcloud does not model the health check type ELB');
  });
});

test('an operation that is not modelled, a warm pool say, is refused by name', async () => {
  const room = aScalingRoom();
  await aGroup(room);

  const putting = room.autoScaling.send(new PutWarmPoolCommand({ AutoScalingGroupName: 'web' }));

  await expect(putting).rejects.toThrow('localcloud does not model the autoscaling operation PutWarmPool');
});

describe('DescribeAutoScalingGroups', () => {
  test('tells the settings, instances and tags of a group', async () => {
    const room = aScalingRoom();
    await aRunningGroup(room, {
      HealthCheckGracePeriod: 60,
      Tags: [{ Key: 'role', Value: 'web', PropagateAtLaunch: true }],
    });

    const group = await described(room);

    const { InstanceId } = await onlyInstance(room);
    expect(group).toMatchObject({
      AutoScalingGroupName: 'web',
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Default' },
      MinSize: 0,
      MaxSize: 10,
      DesiredCapacity: 1,
      DefaultCooldown: 300,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 60,
      CreatedTime: new Date('2026-01-01T00:00:00Z'),
      SuspendedProcesses: [],
      TerminationPolicies: ['Default'],
      Tags: [
        {
          ResourceId: 'web',
          ResourceType: 'auto-scaling-group',
          Key: 'role',
          Value: 'web',
          PropagateAtLaunch: true,
        },
      ],
      Instances: [
        {
          InstanceId,
          InstanceType: 't3.micro',
          AvailabilityZone: 'us-east-1a',
          LifecycleState: 'InService',
          HealthStatus: 'Healthy',
          LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' },
          ProtectedFromScaleIn: false,
        },
      ],
    });
    expect(group).not.toHaveProperty('Status');
  });

  test('filters by tags, passes over unknown names and goes in pages', async () => {
    const room = aScalingRoom();
    await aLaunchTemplate(room);
    for (const name of ['c', 'a', 'b'])
      await room.autoScaling.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          LaunchTemplate: { LaunchTemplateName: 'web' },
          MinSize: 0,
          MaxSize: 1,
          AvailabilityZones: ['us-east-1a'],
          Tags: [{ Key: 'team', Value: name === 'b' ? 'blue' : 'red' }],
        }),
      );
    const namesOf = async (input: DescribeAutoScalingGroupsCommandInput) => {
      const { AutoScalingGroups = [], NextToken } = await room.autoScaling.send(
        new DescribeAutoScalingGroupsCommand(input),
      );
      return { names: AutoScalingGroups.map((group) => group.AutoScalingGroupName), NextToken };
    };

    const first = await namesOf({ MaxRecords: 2 });
    const second = await namesOf({ MaxRecords: 2, NextToken: first.NextToken });
    const red = await namesOf({ Filters: [{ Name: 'tag:team', Values: ['red'] }] });
    const named = await namesOf({ AutoScalingGroupNames: ['b', 'nobody'] });

    expect([first.names, second.names, red.names, named.names]).toEqual([
      ['a', 'b'],
      ['c'],
      ['a', 'c'],
      ['b'],
    ]);
    expect(second.NextToken).toBeUndefined();
    await expect(namesOf({ Filters: [{ Name: 'status', Values: ['x'] }] })).rejects.toThrow(
      "the filter 'status'",
    );
    await expect(namesOf({ NextToken: 'bogus' })).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });
});

test('DescribeAutoScalingInstances tells the group of each instance and passes over strangers', async () => {
  const room = aScalingRoom();
  await aRunningGroup(room);
  const { InstanceId } = await onlyInstance(room);

  const { AutoScalingInstances } = await room.autoScaling.send(
    new DescribeAutoScalingInstancesCommand({ InstanceIds: [InstanceId, 'i-00000000000000000'] }),
  );

  expect(AutoScalingInstances).toMatchObject([
    { InstanceId, AutoScalingGroupName: 'web', LifecycleState: 'InService', HealthStatus: 'HEALTHY' },
  ]);
});
