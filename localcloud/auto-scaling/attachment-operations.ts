import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import type { Instance } from '../ec2/state/resources.ts';
import { beginActivity, causeAt, endActivity } from './activities.ts';
import { notInGroup, validationError } from './errors.ts';
import { groupName, instanceId } from './inputs.ts';
import { putInService } from './launching.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import type { Member } from './state/member.ts';
import { activityView } from './views.ts';

const instanceIds = z
  .array(instanceId)
  .max(20, 'Member must have length less than or equal to 20')
  .optional();

/** AttachInstances and DetachInstances. */
export function attachmentOperations(groups: Groups): readonly Operation[] {
  return [attachInstances(groups), detachInstances(groups)];
}

function attachInstances(groups: Groups): Operation {
  return operation({
    name: 'AttachInstances',
    effect: 'write',
    input: z.strictObject({ AutoScalingGroupName: groupName, InstanceIds: instanceIds }),
    honesty: {
      modelled: [
        'Running instances of no group in a zone of the group; all or none. The desired capacity grows with them, and MaxSize can forbid it. No hooks.',
      ],
      sources: [
        autoScalingPage('AttachInstances'),
        guidePage('ec2-auto-scaling-detach-attach-instances'),
        'unverified: that no EventBridge event tells of it',
      ],
    },
    run: ({ AutoScalingGroupName, InstanceIds = [] }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      const instances = [...new Set(InstanceIds)].map((id) => expectAttachable(groups, group, id));
      const { desiredCapacity, maxSize } = group.configuration;
      const wanted = desiredCapacity + instances.length;
      if (wanted > maxSize) throw sizesForbid(group, 'attach', instances.length);
      group.configuration = { ...group.configuration, desiredCapacity: wanted };
      for (const [index, instance] of instances.entries())
        attach(groups, group, instance, desiredCapacity + index);
      return {};
    },
  });
}

function expectAttachable(groups: Groups, group: Group, id: string): Instance {
  const instance = groups.ec2.instance(id);
  if (instance === undefined)
    throw validationError(`Invalid Instance ID: ${id}. The instance does not exist.`);
  const member = groups.members.get(id);
  if (member !== undefined)
    throw validationError(`The Instance: ${id} is already part of AutoScalingGroup:${member.groupName}`);
  if (instance.state !== 'running')
    throw validationError(`Instance ${id} is not in correct state: it is ${instance.state}.`);
  if (!group.configuration.placements.some(({ zone }) => zone === instance.availabilityZone))
    throw validationError(
      `Instance ${id} is in ${instance.availabilityZone}, which is no Availability Zone of Auto Scaling group ${group.name}.`,
    );
  return instance;
}

function attach(groups: Groups, group: Group, instance: Instance, sizeBefore: number): void {
  const { id, availabilityZone: zone } = instance;
  const placement = { zone, subnetId: instance.place?.subnetId ?? '' };
  const change = `increasing the capacity from ${sizeBefore} to ${sizeBefore + 1}`;
  const member: Member = {
    instanceId: id,
    groupName: group.name,
    ...placement,
    instanceType: instance.instanceType,
    imageId: instance.imageId,
    launchedFrom: undefined,
    launchedAtMs: instance.launchTime.getTime(),
    state: 'Pending',
    isCounted: true,
    healthProblem: undefined,
    inServiceSinceMs: undefined,
    activity: beginActivity(groups, group, {
      description: `Attaching an existing EC2 instance: ${id}`,
      cause: causeAt(groups, `an instance was attached in response to a user request, ${change}`),
      status: 'InProgress',
      progress: 50,
      placement,
    }),
    wait: undefined,
  };
  groups.join(group, member);
  groups.ec2.setAwsTags(id, { 'aws:autoscaling:groupName': group.name });
  groups.soon(() => void putInService(groups, member));
}

function detachInstances(groups: Groups): Operation {
  return operation({
    name: 'DetachInstances',
    effect: 'write',
    input: z.strictObject({
      AutoScalingGroupName: groupName,
      InstanceIds: instanceIds,
      ShouldDecrementDesiredCapacity: z.boolean(),
    }),
    honesty: {
      modelled: [
        'Instances in service leave the group and go on running; all or none, no hooks. They are replaced unless the desired capacity is decremented, which MinSize can forbid.',
      ],
      sources: [
        autoScalingPage('DetachInstances'),
        guidePage('ec2-auto-scaling-detach-attach-instances'),
        'unverified: that the tag aws:autoscaling:groupName goes with it',
      ],
    },
    run: ({ AutoScalingGroupName, InstanceIds = [], ShouldDecrementDesiredCapacity }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      const members = [...new Set(InstanceIds)].map((id) => expectDetachable(group, id));
      const { desiredCapacity, minSize } = group.configuration;
      const wanted = desiredCapacity - (ShouldDecrementDesiredCapacity ? members.length : 0);
      if (wanted < minSize) throw sizesForbid(group, 'detach', members.length);
      group.configuration = { ...group.configuration, desiredCapacity: wanted };
      const Activities = members.map((member, index) => {
        const size = desiredCapacity - index;
        const change = ShouldDecrementDesiredCapacity
          ? `, shrinking the capacity from ${size} to ${size - 1}`
          : '';
        detach(groups, group, member, change);
        return activityView(groups, member.activity);
      });
      groups.planResize(group);
      return { Activities };
    },
  });
}

function expectDetachable({ members, name }: Group, id: string): Member {
  const member = members.get(id);
  if (member === undefined) throw notInGroup(id, name);
  if (member.state !== 'InService')
    throw validationError(`The instance ${id} is not in InService or Standby.`);
  return member;
}

function detach(groups: Groups, group: Group, member: Member, change: string): void {
  const { instanceId: id } = member;
  group.discount(member);
  member.state = 'Detaching';
  member.activity = beginActivity(groups, group, {
    description: `Detaching EC2 instance: ${id}`,
    cause: causeAt(groups, `instance ${id} was detached in response to a user request${change}`),
    status: 'InProgress',
    progress: 50,
    placement: member,
  });
  groups.soon(() => {
    member.state = 'Detached';
    endActivity(groups, member.activity, 'Successful');
    groups.part(member);
    if (groups.ec2.instance(id) !== undefined)
      groups.ec2.setAwsTags(id, { 'aws:autoscaling:groupName': undefined });
  });
}

function sizesForbid({ name, configuration }: Group, verb: 'attach' | 'detach', count: number): Error {
  const { minSize, maxSize, desiredCapacity } = configuration;
  const instances = count === 1 ? '1 instance' : `${count} instances`;
  return validationError(
    `AutoScalingGroup ${name} has min-size=${minSize}, max-size=${maxSize}, and desired-size=${desiredCapacity}. To ${verb} ${instances}, please update the AutoScalingGroup sizes appropriately.`,
  );
}
