import {
  CompleteLifecycleActionCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { expect } from 'vitest';
import { described as describedInstance, refusal } from '../ec2/ec2-world.ts';
import { aQueueForEvents, aRule, receiveJson } from '../events/a-rule.ts';
import type { Target } from '../target.ts';
import { scalingCase } from './scaling-case.ts';
import {
  aGroup,
  aName,
  autoScalingPage,
  described,
  guidePage,
  inState,
  theInstance,
} from './scaling-world.ts';

const launching = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const terminating = 'autoscaling:EC2_INSTANCE_TERMINATING';

function hook(LifecycleHookName: string, LifecycleTransition: string) {
  return { LifecycleHookName, LifecycleTransition, NotificationMetadata: 'for the case' };
}

function complete(target: Target, group: string, hookName: string, result: string, InstanceId: string) {
  return target.clients.autoScaling.send(
    new CompleteLifecycleActionCommand({
      AutoScalingGroupName: group,
      LifecycleHookName: hookName,
      LifecycleActionResult: result,
      InstanceId,
    }),
  );
}

scalingCase(
  'a launch hook holds the instance in Pending:Wait until CONTINUE',
  guidePage('lifecycle-hooks-overview'),
  async (target) => {
    const name = await aGroup(target, { LifecycleHookSpecificationList: [hook('claim', launching)] });
    const instanceId = await theInstance(target, name, 'Pending:Wait');

    await target.settle();
    const { Instances } = await described(target, name);
    await complete(target, name, 'claim', 'CONTINUE', instanceId);

    expect(Instances).toMatchObject([{ InstanceId: instanceId, LifecycleState: 'Pending:Wait' }]);
    expect(await theInstance(target, name)).toBe(instanceId);
  },
);

scalingCase(
  'a launch that is abandoned is terminated and replaced',
  guidePage('lifecycle-hooks'),
  async (target) => {
    const name = await aGroup(target, { LifecycleHookSpecificationList: [hook('claim', launching)] });
    const instanceId = await theInstance(target, name, 'Pending:Wait');

    await complete(target, name, 'claim', 'ABANDON', instanceId);

    await target.eventually(async () => {
      expect((await describedInstance(target, instanceId)).State?.Name).toBe('terminated');
      expect(await theInstance(target, name, 'Pending:Wait')).not.toBe(instanceId);
    });
  },
);

scalingCase(
  'a termination hook holds the instance in Terminating:Wait, running, until it is completed',
  guidePage('lifecycle-hooks-overview'),
  async (target) => {
    const name = await aGroup(target, { LifecycleHookSpecificationList: [hook('release', terminating)] });
    const instanceId = await theInstance(target, name);

    await target.clients.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 0 }),
    );
    await inState(target, name, 'Terminating:Wait');
    const { State } = await describedInstance(target, instanceId);
    await complete(target, name, 'release', 'CONTINUE', instanceId);

    expect(State?.Name).toBe('running');
    await inState(target, name, 'none', 0);
  },
);

scalingCase(
  'a lifecycle action can be completed only once',
  autoScalingPage('CompleteLifecycleAction'),
  async (target) => {
    const name = await aGroup(target, { LifecycleHookSpecificationList: [hook('claim', launching)] });
    const instanceId = await theInstance(target, name, 'Pending:Wait');
    await complete(target, name, 'claim', 'CONTINUE', instanceId);
    await theInstance(target, name);

    const { code, message } = await refusal(complete(target, name, 'claim', 'CONTINUE', instanceId));

    expect(code).toBe('ValidationError');
    expect(message).toBe(`No active Lifecycle Action found with instance ID ${instanceId}`);
  },
);

scalingCase(
  'a hook has an hour and ABANDON unless told otherwise, and at most 48 hours in all',
  autoScalingPage('PutLifecycleHook'),
  async (target) => {
    const name = await aGroup(target, { DesiredCapacity: 0 });
    await target.clients.autoScaling.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName: name,
        LifecycleHookName: 'claim',
        LifecycleTransition: launching,
      }),
    );

    const { LifecycleHooks } = await target.clients.autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: name }),
    );

    expect(LifecycleHooks).toEqual([
      {
        AutoScalingGroupName: name,
        LifecycleHookName: 'claim',
        LifecycleTransition: launching,
        HeartbeatTimeout: 3_600,
        GlobalTimeout: 172_800,
        DefaultResult: 'ABANDON',
      },
    ]);
  },
);

scalingCase(
  'an instance that waits for a hook is told of on the default bus',
  guidePage('ec2-auto-scaling-event-reference'),
  async (target) => {
    const { QueueUrl, QueueArn } = await aQueueForEvents(target);
    const group = aName();
    await aRule(
      target,
      { Arn: QueueArn },
      {
        EventPattern: JSON.stringify({
          source: ['aws.autoscaling'],
          'detail-type': ['EC2 Instance-launch Lifecycle Action'],
          detail: { AutoScalingGroupName: [group] },
        }),
      },
    );
    await aGroup(target, {
      AutoScalingGroupName: group,
      LifecycleHookSpecificationList: [hook('claim', launching)],
    });

    const { body } = await receiveJson(target, QueueUrl);
    const instanceId = await theInstance(target, group, 'Pending:Wait');

    expect(body).toMatchObject({
      version: '0',
      source: 'aws.autoscaling',
      'detail-type': 'EC2 Instance-launch Lifecycle Action',
      resources: [expect.stringMatching(/^arn:[^:]+:autoscaling:.+:autoScalingGroupName\//)],
      detail: {
        LifecycleActionToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
        AutoScalingGroupName: group,
        LifecycleHookName: 'claim',
        EC2InstanceId: instanceId,
        LifecycleTransition: launching,
        NotificationMetadata: 'for the case',
      },
    });
  },
);
