import type { Activity } from './state/activity.ts';
import type { Groups } from './state/groups.ts';
import type { Member } from './state/member.ts';

/** An instance as DescribeAutoScalingGroups shows it within its group. */
export function memberView(groups: Groups, member: Member): object {
  return {
    ...commonView(groups, member),
    HealthStatus: member.healthProblem === undefined ? 'Healthy' : 'Unhealthy',
  };
}

/** An instance as DescribeAutoScalingInstances shows it, which spells the health in capitals. */
export function memberDetails(groups: Groups, member: Member): object {
  return {
    ...commonView(groups, member),
    AutoScalingGroupName: member.groupName,
    HealthStatus: member.healthProblem === undefined ? 'HEALTHY' : 'UNHEALTHY',
  };
}

function commonView({ ec2 }: Groups, { launchedFrom, ...member }: Member): object {
  return {
    InstanceId: member.instanceId,
    InstanceType: member.instanceType,
    AvailabilityZone: member.zone,
    AvailabilityZoneId: ec2.world.zoneIds.get(member.zone),
    ImageId: member.imageId,
    LifecycleState: member.state,
    LaunchTemplate: launchedFrom && {
      LaunchTemplateId: launchedFrom.id,
      LaunchTemplateName: launchedFrom.name,
      Version: String(launchedFrom.version),
    },
    ProtectedFromScaleIn: false,
  };
}

/** An activity as every action answers it; its details are JSON in a string. */
export function activityView(groups: Groups, activity: Activity): object {
  const group = groups.all.get(activity.groupName);
  const isDeleted = group?.arn !== activity.groupArn;
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: activity.groupName,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: activity.startTime,
    EndTime: activity.endTime,
    StatusCode: activity.status,
    StatusMessage: activity.statusMessage,
    Progress: activity.progress,
    Details: JSON.stringify({ 'Subnet ID': activity.subnetId, 'Availability Zone': activity.zone }),
    AutoScalingGroupState: isDeleted ? 'Deleted' : undefined,
    AutoScalingGroupARN: activity.groupArn,
  };
}
