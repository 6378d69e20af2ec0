import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { noteReason } from './activities.ts';
import { limitExceeded, validationError } from './errors.ts';
import {
  configurationInput,
  expectHealthCheckType,
  expectLaunchable,
  expectLaunchTemplate,
  expectPlacements,
  expectSizes,
} from './group-configuration.ts';
import { hookSpecification, newHook, putHook } from './group-hooks.ts';
import { tagsInput, withTags } from './group-tags.ts';
import { groupName, size } from './inputs.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import { Group, type GroupConfiguration } from './state/group.ts';
import type { Groups } from './state/groups.ts';

const createInput = z.strictObject({
  ...configurationInput,
  AutoScalingGroupName: groupName,
  MinSize: size,
  MaxSize: size,
  LifecycleHookSpecificationList: z.array(hookSpecification).optional(),
  Tags: tagsInput.optional(),
});

type CreateInput = z.infer<typeof createInput>;

/** CreateAutoScalingGroup; `opened` is called when there is a new group. */
export function createAutoScalingGroup(groups: Groups, opened: () => void): Operation {
  return operation({
    name: 'CreateAutoScalingGroup',
    effect: 'write',
    input: createInput,
    honesty: {
      modelled: [
        'A group that launches from a launch template, by id or name and version, into the subnets named or the default subnets of the zones named, spread over zones.',
        'Sizes, hooks before the first launch, tags that are propagated at launch, EC2 health checks with a grace period, termination policies.',
        'The template is tried as RunInstances would, without asking whether there is room.',
        'Tells the default bus of lifecycle actions and of the outcomes of launches and terminations.',
        'An instance that EC2 no longer runs is unhealthy at once, one with failing status checks after some minutes; both are replaced.',
      ],
      notModelled: [
        'Launch configurations, mixed instances, warm pools, load balancers, scaling policies, instance refresh, maintenance and lifecycle policies, instance protection: refused by name',
        'EC2 Instance Terminate Unsuccessful: EC2 never fails to terminate here',
        'Request limits of Auto Scaling',
      ],
      sources: [
        autoScalingPage('CreateAutoScalingGroup'),
        guidePage('ec2-auto-scaling-health-checks'),
        guidePage('lifecycle-hooks'),
        'unverified: which subnet of a zone AWS chooses (here the one with fewest instances); PropagateAtLaunch left out (here false)',
        'unverified: how soon AWS reacts (here after a second) and how it spaces launches that fail again and again (here doubling, up to 15 minutes); that launch hooks begin when EC2 says running',
      ],
    },
    run: (input) => {
      const { AutoScalingGroupName: name } = input;
      expectFreeName(groups, name);
      const configuration = newConfiguration(groups, input);
      const tags = withTags(new Map(), input.Tags ?? []);
      const { partition, region, accountId, random } = groups.surroundings;
      const arn = `arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:${random.uuid()}:autoScalingGroupName/${name}`;
      const group = new Group(name, arn, new Date(groups.nowMs()), configuration);
      group.tags = tags;
      for (const specification of input.LifecycleHookSpecificationList ?? [])
        putHook(group, newHook(specification), groups.settings.hooksPerGroupQuota);
      groups.open(group);
      const { desiredCapacity } = configuration;
      const change = `a user request created an AutoScalingGroup changing the desired capacity from 0 to ${desiredCapacity}`;
      noteReason(groups, group, change);
      groups.planResize(group);
      opened();
      return {};
    },
  });
}

function expectFreeName(groups: Groups, name: string): void {
  // "Any ASCII character 33 to 126 … You cannot use a colon".
  if (!/^[!-9;-~]+$/.test(name))
    throw validationError(
      `The Auto Scaling group name '${name}' is not valid: it holds a space, a colon or a control character`,
    );
  if (groups.all.has(name))
    throw new AwsError(
      'AlreadyExists',
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    );
  const { groupQuota } = groups.settings;
  if (groups.all.size >= groupQuota)
    throw limitExceeded(`The maximum number of Auto Scaling groups is ${groupQuota}`);
}

function newConfiguration(groups: Groups, input: CreateInput): GroupConfiguration {
  const { MinSize, MaxSize, DesiredCapacity = MinSize, LaunchTemplate } = input;
  expectSizes(MinSize, MaxSize, DesiredCapacity);
  expectHealthCheckType(input.HealthCheckType);
  if (LaunchTemplate === undefined)
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  const placements = expectPlacements(groups, input.VPCZoneIdentifier, input.AvailabilityZones);
  if (placements.length === 0)
    throw validationError('At least one Availability Zone or VPC Subnet is required.');
  const configuration: GroupConfiguration = {
    minSize: MinSize,
    maxSize: MaxSize,
    desiredCapacity: DesiredCapacity,
    launchTemplate: expectLaunchTemplate(groups, LaunchTemplate),
    placements,
    vpcZoneIdentifier: input.VPCZoneIdentifier,
    healthCheckGracePeriodS: input.HealthCheckGracePeriod ?? 0,
    defaultCooldownS: input.DefaultCooldown ?? 300,
    terminationPolicies: input.TerminationPolicies ?? ['Default'],
  };
  expectLaunchable(groups, configuration);
  return configuration;
}
