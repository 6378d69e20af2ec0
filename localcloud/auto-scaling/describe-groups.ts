import { z } from 'zod';
import { notModelled } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { tagView } from './group-tags.ts';
import { groupResourceName } from './inputs.ts';
import { inOrder, pageOf, pagingInput } from './page.ts';
import { autoScalingPage } from './sources.ts';
import type { Group } from './state/group.ts';
import type { Groups } from './state/groups.ts';
import { memberView } from './views.ts';

const filtersInput = z.array(
  z.strictObject({ Name: z.string().optional(), Values: z.array(z.string()).optional() }),
);

type GroupFilter = z.infer<typeof filtersInput>[number];

/** DescribeAutoScalingGroups. */
export function describeAutoScalingGroups(groups: Groups): Operation {
  return operation({
    name: 'DescribeAutoScalingGroups',
    effect: 'read',
    input: z.strictObject({
      AutoScalingGroupNames: z.array(groupResourceName).optional(),
      IncludeInstances: z.boolean().optional(),
      Filters: filtersInput.optional(),
      ...pagingInput(100),
    }),
    honesty: {
      modelled: [
        'By names, unknown ones passed over; filters tag-key, tag-value and tag:KEY; pages of 50 unless MaxRecords says otherwise, by name.',
        'Instances with their life cycle state and health; Status only while the group is being deleted.',
      ],
      notModelled: ['Lag between a write and what Describe shows'],
      sources: [autoScalingPage('DescribeAutoScalingGroups'), 'unverified: the order of groups'],
    },
    run: ({ AutoScalingGroupNames, IncludeInstances = true, Filters = [], ...paging }) => {
      const tests = Filters.map(compileFilter);
      const named =
        AutoScalingGroupNames === undefined
          ? groups.all.values()
          : [...new Set(AutoScalingGroupNames)].flatMap((name) => groups.all.get(name) ?? []);
      const found = [...named].filter((group) => tests.every((test) => test(group)));
      const { page, NextToken } = pageOf(inOrder(found, nameOf), nameOf, paging, 50);
      return {
        AutoScalingGroups: page.map((group) => groupView(groups, group, IncludeInstances)),
        NextToken,
      };
    },
  });
}

function nameOf({ name }: Group): string {
  return name;
}

function compileFilter({ Name = '', Values = [] }: GroupFilter): (group: Group) => boolean {
  const wanted = new Set(Values);
  if (Name === 'tag-key') return ({ tags }) => [...tags.keys()].some((key) => wanted.has(key));
  if (Name === 'tag-value') return ({ tags }) => [...tags.values()].some(({ value }) => wanted.has(value));
  if (Name.startsWith('tag:')) {
    const key = Name.slice('tag:'.length);
    return ({ tags }) => wanted.has(tags.get(key)?.value ?? '') && tags.has(key);
  }
  throw notModelled(`the filter '${Name}' of DescribeAutoScalingGroups`);
}

function groupView(groups: Groups, group: Group, hasInstances: boolean): object {
  const { configuration, name } = group;
  const { launchTemplate, placements } = configuration;
  const { partition, accountId } = groups.surroundings;
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: group.arn,
    LaunchTemplate: {
      LaunchTemplateId: launchTemplate.id,
      LaunchTemplateName: launchTemplate.name,
      Version: launchTemplate.version,
    },
    MinSize: configuration.minSize,
    MaxSize: configuration.maxSize,
    DesiredCapacity: configuration.desiredCapacity,
    DefaultCooldown: configuration.defaultCooldownS,
    AvailabilityZones: [...new Set(placements.map(({ zone }) => zone))].sort(),
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: configuration.healthCheckGracePeriodS,
    Instances: hasInstances ? [...group.members.values()].map((member) => memberView(groups, member)) : [],
    CreatedTime: group.createdTime,
    SuspendedProcesses: [...group.suspended].map((ProcessName) => ({
      ProcessName,
      SuspensionReason: 'User suspended',
    })),
    VPCZoneIdentifier: configuration.vpcZoneIdentifier ?? '',
    EnabledMetrics: [],
    Status: group.isPendingDelete ? 'Delete in progress' : undefined,
    Tags: inOrder(group.tags, ([key]) => key).map(([key, tag]) => tagView(name, key, tag)),
    TerminationPolicies: configuration.terminationPolicies,
    NewInstancesProtectedFromScaleIn: false,
    ServiceLinkedRoleARN: `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    TrafficSources: [],
  };
}
