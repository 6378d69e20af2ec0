import type { Activity } from './state/activity.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import type { LifecycleAction } from './state/member.ts';

/*
 * Shapes: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 * Origin and Destination: https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pools-eventbridge-events.html
 */

/** What became of a launch or a termination; a termination never fails here. */
export type ActivityEvent =
  | 'EC2 Instance Launch Successful'
  | 'EC2 Instance Launch Unsuccessful'
  | 'EC2 Instance Terminate Successful';

/** Sends `EC2 Instance-launch Lifecycle Action` or its counterpart: an instance now waits for a hook. */
export function publishLifecycleAction(groups: Groups, group: Group, action: LifecycleAction): void {
  const { hook, member, token } = action;
  const isLaunch = hook.transition === 'autoscaling:EC2_INSTANCE_LAUNCHING';
  const { notificationMetadata } = hook;
  groups.surroundings.publish({
    source: 'aws.autoscaling',
    detailType: `EC2 Instance-${isLaunch ? 'launch' : 'terminate'} Lifecycle Action`,
    resources: [group.arn],
    detail: {
      LifecycleActionToken: token,
      AutoScalingGroupName: group.name,
      LifecycleHookName: hook.name,
      EC2InstanceId: member.instanceId,
      LifecycleTransition: hook.transition,
      ...(notificationMetadata !== undefined && { NotificationMetadata: notificationMetadata }),
      Origin: isLaunch ? 'EC2' : 'AutoScalingGroup',
      Destination: isLaunch ? 'AutoScalingGroup' : 'EC2',
    },
  });
}

/** Sends the outcome of an activity. `instanceId` is undefined when not even an instance came of it. */
export function publishOutcome(
  groups: Groups,
  detailType: ActivityEvent,
  activity: Activity,
  instanceId: string | undefined,
): void {
  const { partition, region, accountId, publish } = groups.surroundings;
  const endTime = activity.endTime ?? new Date(groups.nowMs());
  publish({
    source: 'aws.autoscaling',
    detailType,
    resources: [
      activity.groupArn,
      ...(instanceId === undefined
        ? []
        : [`arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`]),
    ],
    detail: {
      // AWS says InProgress even of what succeeded.
      StatusCode: detailType.endsWith(' Successful') ? 'InProgress' : 'Failed',
      Description: activity.description,
      AutoScalingGroupName: activity.groupName,
      ActivityId: activity.id,
      Details: { 'Availability Zone': activity.zone, 'Subnet ID': activity.subnetId },
      RequestId: activity.id,
      StatusMessage: activity.statusMessage ?? '',
      EndTime: wholeSeconds(endTime),
      EC2InstanceId: instanceId ?? '',
      StartTime: activity.startTime.toISOString(),
      Cause: activity.cause,
    },
  });
}

/** As Auto Scaling tells most times: without milliseconds. */
export function wholeSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
