import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { noteReason } from './activities.ts';
import { activityInProgress, validationError } from './errors.ts';
import {
  configurationInput,
  expectHealthCheckType,
  expectLaunchable,
  expectLaunchTemplate,
  expectPlacements,
  expectSizes,
} from './group-configuration.ts';
import { groupName, size } from './inputs.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import type { Group, GroupConfiguration } from './state/group.ts';
import type { Groups } from './state/groups.ts';

/** UpdateAutoScalingGroup and SetDesiredCapacity. */
export function updateOperations(groups: Groups): readonly Operation[] {
  return [updateAutoScalingGroup(groups), setDesiredCapacity(groups)];
}

const updateInput = z.strictObject({ ...configurationInput, AutoScalingGroupName: groupName });

type UpdateInput = z.infer<typeof updateInput>;

function updateAutoScalingGroup(groups: Groups): Operation {
  return operation({
    name: 'UpdateAutoScalingGroup',
    effect: 'write',
    input: updateInput,
    honesty: {
      modelled: [
        'Only what is given changes; it holds for what the group does from then on, not for its instances.',
        'Without DesiredCapacity a MinSize above it or a MaxSize below it takes it along.',
      ],
      notModelled: ['Rebalancing of the zones after a change of subnets'],
      sources: [autoScalingPage('UpdateAutoScalingGroup')],
    },
    run: (input) => {
      const group = groups.expectModifiable(input.AutoScalingGroupName);
      const configuration = changedConfiguration(groups, group.configuration, input);
      const before = group.configuration.desiredCapacity;
      const { minSize, maxSize, desiredCapacity } = configuration;
      group.configuration = configuration;
      if (desiredCapacity !== before)
        noteReason(
          groups,
          group,
          `a user request update of AutoScalingGroup constraints to min: ${minSize}, max: ${maxSize}, desired: ${desiredCapacity} changing the desired capacity from ${before} to ${desiredCapacity}`,
        );
      groups.planResize(group);
      return {};
    },
  });
}

function changedConfiguration(
  groups: Groups,
  before: GroupConfiguration,
  input: UpdateInput,
): GroupConfiguration {
  expectHealthCheckType(input.HealthCheckType);
  const minSize = input.MinSize ?? before.minSize;
  const maxSize = input.MaxSize ?? before.maxSize;
  const kept = Math.min(Math.max(before.desiredCapacity, minSize), maxSize);
  const desiredCapacity = input.DesiredCapacity ?? kept;
  expectSizes(minSize, maxSize, desiredCapacity);
  const configuration: GroupConfiguration = {
    ...before,
    ...changedPlacements(groups, before, input),
    minSize,
    maxSize,
    desiredCapacity,
    healthCheckGracePeriodS: input.HealthCheckGracePeriod ?? before.healthCheckGracePeriodS,
    defaultCooldownS: input.DefaultCooldown ?? before.defaultCooldownS,
    terminationPolicies: input.TerminationPolicies ?? before.terminationPolicies,
    ...(input.LaunchTemplate && { launchTemplate: expectLaunchTemplate(groups, input.LaunchTemplate) }),
  };
  if (input.LaunchTemplate !== undefined || configuration.placements !== before.placements)
    expectLaunchable(groups, configuration);
  return configuration;
}

function changedPlacements(
  groups: Groups,
  before: GroupConfiguration,
  { VPCZoneIdentifier, AvailabilityZones }: UpdateInput,
): Pick<GroupConfiguration, 'placements' | 'vpcZoneIdentifier'> {
  if (VPCZoneIdentifier === undefined && AvailabilityZones === undefined) return before;
  // Zones alone are checked against the subnets that the group has.
  const vpcZoneIdentifier = VPCZoneIdentifier ?? before.vpcZoneIdentifier;
  const placements = expectPlacements(groups, vpcZoneIdentifier, AvailabilityZones);
  if (placements.length === 0)
    throw validationError('At least one Availability Zone or VPC Subnet is required.');
  return { placements, vpcZoneIdentifier };
}

function setDesiredCapacity(groups: Groups): Operation {
  return operation({
    name: 'SetDesiredCapacity',
    effect: 'write',
    input: z.strictObject({
      AutoScalingGroupName: groupName,
      DesiredCapacity: size,
      HonorCooldown: z.boolean().optional(),
    }),
    honesty: {
      modelled: [
        'Between MinSize and MaxSize; scale-in chooses instances by zone balance and the termination policies.',
        'With HonorCooldown it is ScalingActivityInProgress while an activity is under way or has ended within the cooldown.',
      ],
      sources: [
        autoScalingPage('SetDesiredCapacity'),
        guidePage('ec2-auto-scaling-termination-policies'),
        'unverified: that instances still launching are chosen like others, and that their launch is then cancelled without termination hooks',
      ],
    },
    run: ({ AutoScalingGroupName, DesiredCapacity: wanted, HonorCooldown }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      const { configuration } = group;
      const { minSize, maxSize, desiredCapacity } = configuration;
      const problem =
        wanted > maxSize
          ? `above max value ${maxSize}`
          : wanted < minSize
            ? `below min value ${minSize}`
            : undefined;
      if (problem !== undefined)
        throw validationError(
          `New SetDesiredCapacity value ${wanted} is ${problem} for the AutoScalingGroup.`,
        );
      if (HonorCooldown === true) expectCooledDown(groups, group);
      group.configuration = { ...configuration, desiredCapacity: wanted };
      if (wanted !== desiredCapacity)
        noteReason(
          groups,
          group,
          `a user request explicitly set group desired capacity changing the desired capacity from ${desiredCapacity} to ${wanted}`,
        );
      groups.planResize(group);
      return {};
    },
  });
}

function expectCooledDown(groups: Groups, { activities, configuration }: Group): void {
  const sinceMs = groups.nowMs() - configuration.defaultCooldownS * 1_000;
  const blocking = activities.findLast(({ endTime }) => endTime === undefined || endTime.getTime() > sinceMs);
  if (blocking !== undefined) throw activityInProgress(blocking.id);
}
