import {
  CompleteLifecycleActionCommand,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { expect, test } from 'vitest';
import {
  aGroup,
  aScalingRoom,
  aWhileMs,
  onlyInstance,
  type ScalingRoom,
  type SeenEvent,
} from './scaling-room.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

interface Life {
  readonly room: ScalingRoom;
  readonly events: readonly SeenEvent[];
  readonly groupArn: string;
  readonly instanceId: string;
  readonly subnetId: string;
}

/** A group with a hook at both ends: one instance comes into service and goes again. */
async function aWholeLife(): Promise<Life> {
  const room = aScalingRoom();
  await aGroup(room, {
    LifecycleHookSpecificationList: [
      {
        LifecycleHookName: 'claim',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        NotificationMetadata: '{"role":"web"}',
      },
      { LifecycleHookName: 'release', LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' },
    ],
  });
  room.pass(aWhileMs);
  const { InstanceId } = await onlyInstance(room);
  const complete = (LifecycleHookName: string) =>
    room.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName: 'web',
        LifecycleHookName,
        InstanceId,
        LifecycleActionResult: 'CONTINUE',
      }),
    );
  await complete('claim');
  room.pass(aWhileMs);
  await room.autoScaling.send(
    new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 0 }),
  );
  room.pass(aWhileMs);
  await complete('release');
  room.pass(aWhileMs);
  const { AutoScalingGroups } = await room.autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  return {
    room,
    events: room.scalingEvents(),
    groupArn: AutoScalingGroups?.[0]?.AutoScalingGroupARN ?? '',
    instanceId: InstanceId,
    subnetId: room.rooms.ec2.world.defaultSubnetByZone.get('us-east-1a') ?? '',
  };
}

test('a whole life is told in four events', async () => {
  const { events, groupArn } = await aWholeLife();

  expect(groupArn).toMatch(
    /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/web$/,
  );
  expect(events.map(({ detailType }) => detailType)).toEqual([
    'EC2 Instance-launch Lifecycle Action',
    'EC2 Instance Launch Successful',
    'EC2 Instance-terminate Lifecycle Action',
    'EC2 Instance Terminate Successful',
  ]);
});

test('lifecycle actions name hook, instance, token, metadata, origin and destination, and the group alone as resource', async () => {
  const { events, groupArn, instanceId } = await aWholeLife();

  expect(events[0]).toEqual({
    source: 'aws.autoscaling',
    detailType: 'EC2 Instance-launch Lifecycle Action',
    resources: [groupArn],
    detail: {
      LifecycleActionToken: uuid,
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'claim',
      EC2InstanceId: instanceId,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      NotificationMetadata: '{"role":"web"}',
      Origin: 'EC2',
      Destination: 'AutoScalingGroup',
    },
  });
  expect(events[2]).toEqual({
    source: 'aws.autoscaling',
    detailType: 'EC2 Instance-terminate Lifecycle Action',
    resources: [groupArn],
    detail: {
      LifecycleActionToken: uuid,
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'release',
      EC2InstanceId: instanceId,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      Origin: 'AutoScalingGroup',
      Destination: 'EC2',
    },
  });
});

test('outcomes tell the activity, and group and instance as resources', async () => {
  const { events, groupArn, instanceId, subnetId } = await aWholeLife();

  const [, launched, , terminated] = events;
  const resources = [groupArn, `arn:aws:ec2:us-east-1:123456789012:instance/${instanceId}`];
  const Details = { 'Availability Zone': 'us-east-1a', 'Subnet ID': subnetId };
  expect(launched).toEqual({
    source: 'aws.autoscaling',
    detailType: 'EC2 Instance Launch Successful',
    resources,
    detail: {
      StatusCode: 'InProgress',
      Description: `Launching a new EC2 instance: ${instanceId}`,
      AutoScalingGroupName: 'web',
      ActivityId: uuid,
      Details,
      RequestId: launched?.detail['ActivityId'],
      StatusMessage: '',
      EndTime: '2026-01-01T00:00:31Z',
      EC2InstanceId: instanceId,
      StartTime: '2026-01-01T00:00:01.000Z',
      Cause:
        'At 2026-01-01T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 1.' +
        '  At 2026-01-01T00:00:01Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
    },
  });
  expect(terminated).toMatchObject({
    resources,
    detail: {
      StatusCode: 'InProgress',
      Description: `Terminating EC2 instance: ${instanceId}`,
      Details,
      StatusMessage: '',
      EC2InstanceId: instanceId,
    },
  });
});
