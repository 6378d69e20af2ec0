import { causeAt } from './activities.ts';
import { cancelLaunch, launchInstance } from './launching.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { type HealthProblem, isPending, type Member } from './state/member.ts';
import { beginTermination, retryDelayMs } from './terminating.ts';
import { chooseVictims } from './victims.ts';

const responses: Readonly<Record<HealthProblem, string>> = {
  'instance-state': 'an EC2 health check indicating it has been terminated or stopped',
  'status-checks': 'an EC2 instance status checks failure',
  user: 'a user health-check',
};

/**
 * Brings the group nearer to its desired capacity: unhealthy instances go, missing ones are launched, those too many
 * terminated, as far as the processes are not suspended.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html
 */
export function resize(groups: Groups, group: Group): void {
  const reasons = group.reasons.splice(0);
  const mayTerminate = !group.isSuspended('Terminate');
  const replacedCount =
    mayTerminate && !group.isSuspended('ReplaceUnhealthy') ? removeUnhealthy(groups, group) : 0;
  const { desiredCapacity } = group.configuration;
  if (group.size < desiredCapacity && !group.isSuspended('Launch'))
    grow(groups, group, reasons, replacedCount);
  else if (group.size > desiredCapacity && mayTerminate) shrink(groups, group, reasons);
}

function removeUnhealthy(groups: Groups, group: Group): number {
  const unhealthy = [...group.unhealthy];
  for (const member of unhealthy) {
    const response = responses[member.healthProblem ?? 'user'];
    const cause = causeAt(groups, `an instance was taken out of service in response to ${response}`);
    beginTermination(groups, member, cause);
  }
  return unhealthy.length;
}

function grow(groups: Groups, group: Group, reasons: readonly string[], replacedCount: number): void {
  const { desiredCapacity } = group.configuration;
  const before = group.size;
  for (let count = 0; count < desiredCapacity - before; count += 1) {
    const cause =
      count < replacedCount
        ? 'an instance was launched in response to an unhealthy instance needing to be replaced'
        : `an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${before} to ${desiredCapacity}`;
    if (!launchInstance(groups, group, [...reasons, causeAt(groups, cause)].join('  '))) {
      // What failed once would fail again: the others wait too.
      groups.planResize(group, retryDelayMs(groups, group));
      return;
    }
  }
}

function shrink(groups: Groups, group: Group, reasons: readonly string[]): void {
  const { desiredCapacity } = group.configuration;
  const change = `shrinking the capacity from ${group.size} to ${desiredCapacity}`;
  const sentence = `an instance was taken out of service in response to a difference between desired and actual capacity, ${change}`;
  const cause = [...reasons, causeAt(groups, sentence)].join('  ');
  for (const member of chooseVictims(group, group.size - desiredCapacity, groups.nowMs()))
    scaleIn(groups, member, cause, change);
}

function scaleIn(groups: Groups, member: Member, cause: string, change: string): void {
  if (isPending(member))
    cancelLaunch(
      groups,
      member,
      'Instance was not needed any more',
      `in response to a difference between desired and actual capacity, ${change}`,
    );
  else beginTermination(groups, member, cause);
}
