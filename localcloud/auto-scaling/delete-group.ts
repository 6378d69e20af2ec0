import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { causeAt } from './activities.ts';
import { groupName } from './inputs.ts';
import { cancelLaunch } from './launching.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { isPending, type Member } from './state/member.ts';
import { beginTermination, skipTerminationHooks } from './terminating.ts';

/** DeleteAutoScalingGroup. */
export function deleteAutoScalingGroup(groups: Groups): Operation {
  return operation({
    name: 'DeleteAutoScalingGroup',
    effect: 'write',
    input: z.strictObject({ AutoScalingGroupName: groupName, ForceDelete: z.boolean().optional() }),
    honesty: {
      modelled: [
        'A group with instances is ResourceInUse, one that is about to launch ScalingActivityInProgress.',
        'By force the instances are terminated without hooks, waits end, and the group shows as being deleted, and cannot be modified, until the last instance is gone.',
      ],
      sources: [
        autoScalingPage('DeleteAutoScalingGroup'),
        guidePage('lifecycle-hooks'),
        'unverified: which of the two errors comes when both apply; deleting again what is pending delete',
      ],
    },
    run: ({ AutoScalingGroupName, ForceDelete }) => {
      const group = groups.expect(AutoScalingGroupName);
      if (ForceDelete === true) deleteByForce(groups, group);
      else deleteUnused(groups, group);
      return {};
    },
  });
}

function deleteUnused(groups: Groups, group: Group): void {
  if (group.isPendingDelete || (group.members.size === 0 && group.configuration.desiredCapacity > 0))
    throw new AwsError(
      'ScalingActivityInProgress',
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
    );
  if (group.members.size > 0)
    throw new AwsError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
    );
  groups.forget(group);
}

function deleteByForce(groups: Groups, group: Group): void {
  if (group.isPendingDelete) return;
  group.isPendingDelete = true;
  group.configuration = { ...group.configuration, minSize: 0, maxSize: 0, desiredCapacity: 0 };
  if (group.members.size === 0) groups.forget(group);
  for (const member of group.members.values()) removeByForce(groups, member);
}

function removeByForce(groups: Groups, member: Member): void {
  const response = 'in response to a user request';
  if (isPending(member)) cancelLaunch(groups, member, 'Auto Scaling group is being deleted', response);
  else if (member.state === 'InService') {
    const cause = causeAt(groups, `an instance was taken out of service ${response}`);
    beginTermination(groups, member, cause, { hasHooks: false });
  } else if (member.state === 'Terminating:Wait') skipTerminationHooks(groups, member);
}
