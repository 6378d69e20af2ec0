import { z } from 'zod';
import type { Operation } from '../core/service.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { stateCode, stateView } from './instance-view.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import type { Instance } from './state/resources.ts';
import type { ScheduledEvent } from './state/scheduled-event.ts';
import type { Impairment, World } from './state/world.ts';
import { expectZoneId } from './zones.ts';

type Check = Impairment['check'];

/** Makes a status check of an instance fail from now on, as seen by DescribeInstanceStatus. */
export function impair(world: World, instanceId: string, check: Check): void {
  const others = (world.impairments.get(instanceId) ?? []).filter((each) => each.check !== check);
  world.impairments.set(instanceId, [...others, { check, sinceMs: world.nowMs() }]);
}

/** Lets the checks of an instance pass again. */
export function heal(world: World, instanceId: string): void {
  world.impairments.delete(instanceId);
}

/** DescribeInstanceStatus. */
export function describeInstanceStatus(world: World): Operation {
  const fields = statusFields(world);
  return ec2Operation({
    name: 'DescribeInstanceStatus',
    effect: 'read',
    input: {
      InstanceIds: z.array(z.string()).optional(),
      IncludeAllInstances: z.boolean().optional(),
      Filters: filtersInput,
      ...pagingInput,
    },
    honesty: {
      modelled: [
        'Running instances, or all with IncludeAllInstances; initializing for a while after the start, then ok, or impaired when a test makes a check fail.',
        'Scheduled events that a test has planned, until they end or the instance no longer runs.',
        'All documented filters but those for the times and descriptions of events.',
      ],
      notModelled: ['Events that are completed', 'insufficient-data', 'Application and performance status'],
      sources: [
        ec2Page('DescribeInstanceStatus'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html',
      ],
    },
    run: ({ InstanceIds, IncludeAllInstances, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.instances, {
        kind: 'instance',
        ids: InstanceIds,
        Filters:
          IncludeAllInstances === true
            ? Filters
            : [...(Filters ?? []), { Name: 'instance-state-name', Values: ['running'] }],
        paging,
        fields,
        idFilter: 'instance-id',
        idsAloneParameter: 'instancesSet',
      });
      return { InstanceStatuses: items.map((instance) => statusView(world, instance)), ...nextToken };
    },
  });
}

function statusView(world: World, instance: Instance): object {
  const events = eventsOf(world, instance);
  return {
    AvailabilityZone: instance.availabilityZone,
    AvailabilityZoneId: expectZoneId(world, instance.availabilityZone),
    InstanceId: instance.id,
    InstanceState: stateView(instance.state),
    InstanceStatus: summary(world, instance, 'instance'),
    SystemStatus: summary(world, instance, 'system'),
    AttachedEbsStatus: summary(world, instance, 'attached-ebs'),
    Events: events.length === 0 ? undefined : events.map(eventView),
  };
}

// One that was stopped meanwhile has left the hardware that the event is about.
function eventsOf(world: World, { id, runningSinceMs }: Instance): readonly ScheduledEvent[] {
  if (runningSinceMs === undefined || world.scheduledEvents.size === 0) return [];
  return [...world.scheduledEvents].filter(
    ({ instanceIds, plannedMs }) => instanceIds.includes(id) && plannedMs >= runningSinceMs,
  );
}

function eventView({ id, code, startMs, endMs }: ScheduledEvent): object {
  return {
    InstanceEventId: id,
    Code: code,
    Description: 'Scheduled by AWS',
    NotBefore: new Date(startMs),
    NotAfter: endMs === undefined ? undefined : new Date(endMs),
  };
}

function summary(world: World, instance: Instance, check: Check): object {
  const { status, detail, sinceMs } = result(world, instance, check);
  if (detail === undefined) return { Status: status };
  const ImpairedSince = sinceMs === undefined ? undefined : new Date(sinceMs);
  return { Status: status, Details: [{ Name: 'reachability', Status: detail, ImpairedSince }] };
}

interface CheckResult {
  readonly status: 'ok' | 'impaired' | 'initializing' | 'not-applicable';
  readonly detail?: 'passed' | 'failed' | 'initializing';
  readonly sinceMs?: number;
}

function result(world: World, instance: Instance, check: Check): CheckResult {
  if (instance.state !== 'running' || instance.runningSinceMs === undefined)
    return { status: 'not-applicable' };
  const impairment = world.impairments.get(instance.id)?.find((each) => each.check === check);
  if (impairment !== undefined) return { status: 'impaired', detail: 'failed', sinceMs: impairment.sinceMs };
  if (world.nowMs() < instance.runningSinceMs + world.settings.statusCheckMs)
    return { status: 'initializing', detail: 'initializing' };
  return { status: 'ok', detail: 'passed' };
}

function statusFields(world: World): FilterFields<Instance> {
  const status =
    (check: Check) =>
    (instance: Instance): string =>
      result(world, instance, check).status;
  const reachability =
    (check: Check) =>
    (instance: Instance): string | undefined =>
      result(world, instance, check).detail;
  return {
    'attached-ebs-status.status': status('attached-ebs'),
    'availability-zone': ({ availabilityZone }) => availabilityZone,
    'availability-zone-id': ({ availabilityZone }) => expectZoneId(world, availabilityZone),
    'event.code': (instance) => eventsOf(world, instance).map(({ code }) => code),
    'event.instance-event-id': (instance) => eventsOf(world, instance).map(({ id }) => id),
    'instance-state-code': ({ state }) => stateCode(state),
    'instance-state-name': ({ state }) => state,
    'instance-status.reachability': reachability('instance'),
    'instance-status.status': status('instance'),
    'system-status.reachability': reachability('system'),
    'system-status.status': status('system'),
  };
}
