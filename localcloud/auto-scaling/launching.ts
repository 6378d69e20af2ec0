import { AwsError } from '../core/aws-error.ts';
import { beginActivity, causeAt, endActivity } from './activities.ts';
import { publishOutcome } from './events.ts';
import { awsTagsOf, launchInputFor } from './launch-request.ts';
import { placementsByNeed } from './placements.ts';
import type { Activity } from './state/activity.ts';
import type { Group, Placement } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { isPending, type LaunchedFrom, type Member } from './state/member.ts';
import { beginTermination } from './terminating.ts';
import { beginWait } from './waiting.ts';

/**
 * Launches one instance where the group has fewest, or elsewhere when that fails. False when it fails everywhere: that
 * is an activity and an event of its own.
 */
export function launchInstance(groups: Groups, group: Group, cause: string): boolean {
  let failure: { readonly error: AwsError; readonly placement: Placement } | undefined;
  for (const placement of placementsByNeed(group)) {
    try {
      launchAt(groups, group, placement, cause);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failure ??= { error, placement };
    }
  }
  if (failure !== undefined) {
    const message = `${failure.error.message} Launching EC2 instance failed.`;
    const activity = beginLaunchActivity(groups, group, failure.placement, cause, undefined);
    endActivity(groups, activity, 'Failed', message);
    publishOutcome(groups, 'EC2 Instance Launch Unsuccessful', activity, undefined);
  }
  group.failedLaunches += 1;
  return false;
}

function launchAt(groups: Groups, group: Group, placement: Placement, cause: string): void {
  const { ec2 } = groups;
  const { launchTemplate } = group.configuration;
  const template = ec2.launchTemplate({ LaunchTemplateId: launchTemplate.id }, launchTemplate.version);
  const [instanceId] = ec2.runInstances(
    launchInputFor(template, placement, group.tags),
    awsTagsOf(group, template),
  );
  const instance = instanceId === undefined ? undefined : ec2.instance(instanceId);
  if (instance === undefined) throw new Error('a launch without error made no instance');
  const { id, name, version } = template;
  groups.join(group, {
    instanceId: instance.id,
    groupName: group.name,
    ...placement,
    instanceType: instance.instanceType,
    imageId: instance.imageId,
    launchedFrom: { id, name, version } satisfies LaunchedFrom,
    launchedAtMs: groups.nowMs(),
    state: 'Pending',
    isCounted: true,
    healthProblem: undefined,
    inServiceSinceMs: undefined,
    activity: beginLaunchActivity(groups, group, placement, cause, instance.id),
    wait: undefined,
  });
}

function beginLaunchActivity(
  groups: Groups,
  group: Group,
  placement: Placement,
  cause: string,
  instanceId: string | undefined,
): Activity {
  return beginActivity(groups, group, {
    description: `Launching a new EC2 instance${instanceId === undefined ? '' : `: ${instanceId}`}`,
    cause,
    status: 'PreInService',
    progress: 30,
    placement,
  });
}

/** EC2 says that a new instance runs: its launch hooks begin, or it enters service. */
export function noticeRunning(groups: Groups, member: Member): void {
  if (member.state !== 'Pending') return;
  const group = groups.groupOf(member);
  const isWaiting = beginWait(
    groups,
    group,
    member,
    'autoscaling:EC2_INSTANCE_LAUNCHING',
    (result, because) => {
      if (result === 'CONTINUE') {
        member.state = 'Pending:Proceed';
        groups.soon(() => enterService(groups, member));
      } else failLaunch(groups, member, `Instance failed to complete user's Lifecycle Action: ${because}`);
    },
  );
  if (isWaiting) {
    member.state = 'Pending:Wait';
    member.activity.status = 'MidLifecycleAction';
    member.activity.progress = 60;
  } else enterService(groups, member);
}

/** The launch comes to nothing because EC2 no longer runs the instance. */
export function failLaunchNotRunning(groups: Groups, member: Member): void {
  const reason = groups.ec2.instance(member.instanceId)?.stateReason?.message ?? '';
  failLaunch(
    groups,
    member,
    `Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: ${reason}`,
  );
}

/** The launch comes to nothing: the instance is terminated, without hooks, and made up for. */
function failLaunch(groups: Groups, member: Member, statusMessage: string): void {
  if (!isPending(member)) return;
  groups.groupOf(member).failedLaunches += 1;
  cancelLaunch(groups, member, statusMessage, 'in response to a launch failure');
}

/** Gives up a launch that is under way; `response` says what for. */
export function cancelLaunch(groups: Groups, member: Member, statusMessage: string, response: string): void {
  const { activity } = member;
  endActivity(groups, activity, 'Cancelled', statusMessage);
  publishOutcome(groups, 'EC2 Instance Launch Unsuccessful', activity, member.instanceId);
  const cause = causeAt(groups, `an instance was taken out of service ${response}`);
  beginTermination(groups, member, cause, { hasHooks: false });
}

/** The launch has succeeded. */
function enterService(groups: Groups, member: Member): void {
  if (!putInService(groups, member)) return;
  groups.groupOf(member).failedLaunches = 0;
  publishOutcome(groups, 'EC2 Instance Launch Successful', member.activity, member.instanceId);
}

/** The instance is in service, and its grace period begins; false when it has been lost on its way. */
export function putInService(groups: Groups, member: Member): boolean {
  if (!isPending(member)) return false;
  if (groups.ec2.instance(member.instanceId)?.state !== 'running') {
    failLaunchNotRunning(groups, member);
    return false;
  }
  const group = groups.groupOf(member);
  member.state = 'InService';
  member.inServiceSinceMs = groups.nowMs();
  endActivity(groups, member.activity, 'Successful');
  if (member.healthProblem !== undefined) group.unhealthy.add(member);
  // While it was on its way the group may have been told another size.
  groups.planResize(group);
  return true;
}
