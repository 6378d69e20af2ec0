import { beginActivity, endActivity } from './activities.ts';
import { publishOutcome } from './events.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import type { Member } from './state/member.ts';
import { beginWait, endWait } from './waiting.ts';

/**
 * Takes the instance out of service and ends it; from now on it does not count. Termination hooks hold it up unless
 * `hasHooks` is false: for a launch that failed and for a group that is deleted by force.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function beginTermination(
  groups: Groups,
  member: Member,
  cause: string,
  { hasHooks }: { readonly hasHooks: boolean } = { hasHooks: true },
): void {
  const group = groups.groupOf(member);
  endWait(groups, member);
  group.discount(member);
  member.state = 'Terminating';
  member.activity = beginActivity(groups, group, {
    description: `Terminating EC2 instance: ${member.instanceId}`,
    cause,
    status: 'InProgress',
    progress: 0,
    placement: member,
  });
  const isWaiting =
    hasHooks &&
    beginWait(groups, group, member, 'autoscaling:EC2_INSTANCE_TERMINATING', () => {
      // Both results let the instance go: ABANDON only spares it the other hooks.
      member.activity.status = 'InProgress';
      skipTerminationHooks(groups, member);
    });
  if (isWaiting) {
    member.state = 'Terminating:Wait';
    member.activity.status = 'MidLifecycleAction';
    member.activity.progress = 60;
  } else groups.soon(() => terminate(groups, member));
}

/** Ends a termination's wait for its hooks, as the deletion of the whole group by force does. */
export function skipTerminationHooks(groups: Groups, member: Member): void {
  endWait(groups, member);
  member.state = 'Terminating:Proceed';
  groups.soon(() => terminate(groups, member));
}

/** EC2 says that the instance is terminated: what its termination, if it is past its hooks, has waited for. */
export function noticeTerminated(groups: Groups, member: Member): void {
  if (member.state === 'Terminating' || member.state === 'Terminating:Proceed') finish(groups, member);
}

function terminate(groups: Groups, member: Member): void {
  if (member.state === 'Terminated') return;
  const state = groups.ec2.instance(member.instanceId)?.state;
  if (state === undefined || state === 'terminated') finish(groups, member);
  else groups.ec2.terminateInstances([member.instanceId]);
}

function finish(groups: Groups, member: Member): void {
  const group = groups.groupOf(member);
  member.state = 'Terminated';
  endActivity(groups, member.activity, 'Successful');
  publishOutcome(groups, 'EC2 Instance Terminate Successful', member.activity, member.instanceId);
  groups.part(member);
  if (!group.isPendingDelete) groups.planResize(group, retryDelayMs(groups, group));
}

/** How long the group waits before it launches again: the longer the more launches in a row have failed. */
export function retryDelayMs({ settings }: Groups, { failedLaunches }: Group): number {
  return Math.min(settings.reactionMs * 2 ** failedLaunches, settings.launchRetryMaxMs);
}
