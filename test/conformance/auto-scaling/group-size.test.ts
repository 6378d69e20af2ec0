import {
  DetachInstancesCommand,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { described as describedInstance } from '../ec2/ec2-world.ts';
import type { Target } from '../target.ts';
import { scalingCase } from './scaling-case.ts';
import { aGroup, autoScalingPage, described, guidePage, inState, theInstance } from './scaling-world.ts';

/** Waits until the one instance in service is another one; returns it. */
function replacementOf(target: Target, name: string, instanceId: string): Promise<string | undefined> {
  return target.eventually(async () => {
    const { Instances = [] } = await described(target, name);
    const inService = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
    expect(inService.map(({ InstanceId }) => InstanceId)).toEqual([expect.any(String)]);
    expect(inService[0]?.InstanceId).not.toBe(instanceId);
    return inService[0]?.InstanceId;
  });
}

scalingCase(
  'a group brings its desired capacity into service, spread over its subnets',
  guidePage('ec2-auto-scaling-lifecycle'),
  async (target) => {
    const name = await aGroup(target, { DesiredCapacity: 2 });

    const instances = await inState(target, name, 'InService', 2);

    expect(new Set(instances.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(2);
    expect(instances.map(({ HealthStatus }) => HealthStatus)).toEqual(['Healthy', 'Healthy']);
  },
);

scalingCase(
  'instances carry the name of their group and the tags that propagate',
  guidePage('ec2-auto-scaling-tagging'),
  async (target) => {
    const name = await aGroup(target, {
      Tags: [
        { Key: 'role', Value: 'web', PropagateAtLaunch: true },
        { Key: 'cost', Value: '7', PropagateAtLaunch: false },
      ],
    });

    const { Tags = [] } = await describedInstance(target, await theInstance(target, name));

    const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    expect(tags).toMatchObject({ role: 'web', 'aws:autoscaling:groupName': name });
    expect(tags).not.toHaveProperty('cost');
  },
);

scalingCase(
  'a group grows and shrinks with its desired capacity',
  autoScalingPage('SetDesiredCapacity'),
  async (target) => {
    const name = await aGroup(target);
    const resize = (DesiredCapacity: number) =>
      target.clients.autoScaling.send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }),
      );

    await resize(3);
    await inState(target, name, 'InService', 3);
    await resize(1);

    await inState(target, name, 'InService', 1);
  },
);

scalingCase(
  'a new minimum above the desired capacity takes it along',
  autoScalingPage('UpdateAutoScalingGroup'),
  async (target) => {
    const name = await aGroup(target);

    await target.clients.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, MinSize: 2 }),
    );

    expect((await described(target, name)).DesiredCapacity).toBe(2);
    await inState(target, name, 'InService', 2);
  },
);

for (const [what, Command] of [
  ['terminated', TerminateInstancesCommand],
  ['stopped', StopInstancesCommand],
] as const)
  scalingCase(
    `an instance that is ${what} behind its back is replaced`,
    guidePage('health-checks-overview'),
    async (target) => {
      const name = await aGroup(target);
      const instanceId = await theInstance(target, name);

      await target.clients.ec2.send(new Command({ InstanceIds: [instanceId] }));

      await replacementOf(target, name, instanceId);
      await target.eventually(async () => {
        expect((await describedInstance(target, instanceId)).State?.Name).toBe('terminated');
      });
    },
  );

scalingCase(
  'an instance that is set Unhealthy is replaced',
  autoScalingPage('SetInstanceHealth'),
  async (target) => {
    const name = await aGroup(target);
    const InstanceId = await theInstance(target, name);

    await target.clients.autoScaling.send(
      new SetInstanceHealthCommand({ InstanceId, HealthStatus: 'Unhealthy' }),
    );

    await replacementOf(target, name, InstanceId);
  },
);

scalingCase(
  'an instance that is terminated by the group with a decrement is not replaced',
  autoScalingPage('TerminateInstanceInAutoScalingGroup'),
  async (target) => {
    const name = await aGroup(target);
    const InstanceId = await theInstance(target, name);

    const { Activity } = await target.clients.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity: true }),
    );

    expect(Activity).toMatchObject({
      AutoScalingGroupName: name,
      Description: `Terminating EC2 instance: ${InstanceId}`,
      StatusCode: 'InProgress',
    });
    expect((await described(target, name)).DesiredCapacity).toBe(0);
    await inState(target, name, 'none', 0);
  },
);

scalingCase(
  'a detached instance runs on and belongs to no group',
  guidePage('ec2-auto-scaling-detach-attach-instances'),
  async (target) => {
    const name = await aGroup(target);
    const instanceId = await theInstance(target, name);

    await target.clients.autoScaling.send(
      new DetachInstancesCommand({
        AutoScalingGroupName: name,
        InstanceIds: [instanceId],
        ShouldDecrementDesiredCapacity: true,
      }),
    );

    await inState(target, name, 'none', 0);
    expect((await describedInstance(target, instanceId)).State?.Name).toBe('running');
  },
);
