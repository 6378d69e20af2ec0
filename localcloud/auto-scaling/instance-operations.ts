import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { causeAt } from './activities.ts';
import { activityInProgress, validationError } from './errors.ts';
import { isInGracePeriod, markHealthy, markUnhealthy } from './health.ts';
import { instanceId, oneOf } from './inputs.ts';
import { inOrder, pageOf, pagingInput } from './page.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import type { Member } from './state/member.ts';
import { beginTermination } from './terminating.ts';
import { activityView, memberDetails } from './views.ts';

/** DescribeAutoScalingInstances, TerminateInstanceInAutoScalingGroup and SetInstanceHealth. */
export function instanceOperations(groups: Groups): readonly Operation[] {
  return [
    describeAutoScalingInstances(groups),
    terminateInstanceInAutoScalingGroup(groups),
    setInstanceHealth(groups),
  ];
}

function describeAutoScalingInstances(groups: Groups): Operation {
  const idOf = (member: Member): string => member.instanceId;
  return operation({
    name: 'DescribeAutoScalingInstances',
    effect: 'read',
    input: z.strictObject({
      InstanceIds: z.array(instanceId).max(50, 'Member must have length less than or equal to 50').optional(),
      ...pagingInput(50),
    }),
    honesty: {
      modelled: ['By ids, of which those of no group are passed over; pages of 50 at most, by id.'],
      sources: [autoScalingPage('DescribeAutoScalingInstances'), 'unverified: the order of instances'],
    },
    run: ({ InstanceIds, ...paging }) => {
      const found =
        InstanceIds === undefined
          ? groups.members.values()
          : [...new Set(InstanceIds)].flatMap((id) => groups.members.get(id) ?? []);
      const { page, NextToken } = pageOf(inOrder(found, idOf), idOf, paging, 50);
      return { AutoScalingInstances: page.map((member) => memberDetails(groups, member)), NextToken };
    },
  });
}

function terminateInstanceInAutoScalingGroup(groups: Groups): Operation {
  return operation({
    name: 'TerminateInstanceInAutoScalingGroup',
    effect: 'write',
    input: z.strictObject({ InstanceId: instanceId, ShouldDecrementDesiredCapacity: z.boolean() }),
    honesty: {
      modelled: [
        'Begins the termination, hooks included, and answers its activity; the instance is replaced unless the desired capacity is decremented, which MinSize can forbid.',
        'An instance that is launching or going already is ScalingActivityInProgress.',
      ],
      notModelled: ['Rebalancing of the zones after a decrement'],
      sources: [
        autoScalingPage('TerminateInstanceInAutoScalingGroup'),
        'unverified: the answer for instances that are not in service',
      ],
    },
    run: ({ InstanceId, ShouldDecrementDesiredCapacity }) => {
      const member = groups.expectMember(InstanceId);
      const group = groups.expectModifiable(member.groupName);
      if (member.state !== 'InService') throw activityInProgress(member.activity.id);
      const change = ShouldDecrementDesiredCapacity ? decrement(group) : '';
      const cause = causeAt(
        groups,
        `instance ${InstanceId} was taken out of service in response to a user request${change}`,
      );
      beginTermination(groups, member, cause);
      groups.planResize(group);
      return { Activity: activityView(groups, member.activity) };
    },
  });
}

/** One less is wanted; answers the words for it. Throws ValidationError at the minimum. */
function decrement(group: Group): string {
  const { desiredCapacity, minSize } = group.configuration;
  if (desiredCapacity <= minSize)
    throw validationError(
      `Currently, desiredSize equals minSize (${minSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
    );
  group.configuration = { ...group.configuration, desiredCapacity: desiredCapacity - 1 };
  return `, shrinking the capacity from ${desiredCapacity} to ${desiredCapacity - 1}`;
}

function setInstanceHealth(groups: Groups): Operation {
  return operation({
    name: 'SetInstanceHealth',
    effect: 'write',
    input: z.strictObject({
      InstanceId: instanceId,
      HealthStatus: oneOf(['Healthy', 'Unhealthy']),
      ShouldRespectGracePeriod: z.boolean().optional(),
    }),
    honesty: {
      modelled: [
        'Unhealthy makes the group replace the instance; within the grace period it has no effect unless that is not to be respected.',
        'Healthy takes it back as long as the termination has not begun and EC2 runs the instance.',
      ],
      sources: [
        autoScalingPage('SetInstanceHealth'),
        guidePage('set-up-a-custom-health-check'),
        'unverified: what becomes of Unhealthy within the grace period, and the error for an instance that is going',
      ],
    },
    run: ({ InstanceId, HealthStatus, ShouldRespectGracePeriod = true }) => {
      const member = groups.expectMember(InstanceId);
      if (!member.isCounted)
        throw validationError(
          `The health status of instance ${InstanceId} can no longer be set: it is ${member.state}.`,
        );
      if (HealthStatus === 'Healthy') markHealthy(groups, member);
      else if (!ShouldRespectGracePeriod || !isInGracePeriod(groups, member))
        markUnhealthy(groups, member, 'user');
      return {};
    },
  });
}
