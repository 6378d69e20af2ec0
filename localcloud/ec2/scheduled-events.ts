import { publishHealthEvent } from './health-event.ts';
import type { ShutdownCause } from './instance-transitions.ts';
import { expectRunning, shutDown, stillRunning } from './shutdowns.ts';
import type { Instance } from './state/resources.ts';
import type { ScheduledEvent, ScheduledEventCode } from './state/scheduled-event.ts';
import type { World } from './state/world.ts';

/** What happens at the start of an event of a type, and how DescribeInstanceStatus calls it. */
interface EventType {
  readonly effect: 'stop' | 'terminate' | 'none';
  readonly code: ScheduledEventCode;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html */
const eventTypes = {
  AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED: { effect: 'terminate', code: 'instance-retirement' },
  AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED: { effect: 'stop', code: 'instance-retirement' },
  AWS_EC2_INSTANCE_STOP_SCHEDULED: { effect: 'stop', code: 'instance-stop' },
  AWS_EC2_INSTANCE_TERMINATION_SCHEDULED: { effect: 'terminate', code: 'instance-retirement' },
  AWS_EC2_INSTANCE_REBOOT_MAINTENANCE_SCHEDULED: { effect: 'none', code: 'instance-reboot' },
  AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED: { effect: 'none', code: 'system-reboot' },
  AWS_EC2_INSTANCE_NETWORK_MAINTENANCE_SCHEDULED: { effect: 'none', code: 'system-maintenance' },
  AWS_EC2_INSTANCE_POWER_MAINTENANCE_SCHEDULED: { effect: 'none', code: 'system-maintenance' },
} as const satisfies Readonly<Record<string, EventType>>;

/** The types of scheduled events that AWS Health tells of EC2. */
export type ScheduledEventType = keyof typeof eventTypes;

export const scheduledEventTypes = Object.keys(eventTypes) as ScheduledEventType[];

/** A scheduled event that AWS has decided on. */
export interface ScheduledEventPlan {
  readonly type: ScheduledEventType;
  readonly instanceIds: readonly string[];
  /** From now until it begins: usually two weeks on AWS. */
  readonly startsInMs: number;
  /** From its start to its end. Maintenance lasts two hours unless given, a stop or retirement no time. */
  readonly lastsMs?: number;
  /** How Health names instances: it does either. Ids unless given. */
  readonly entityForm?: 'id' | 'arn';
  /** Instances per event; what does not fit comes on further pages. 100 unless given. */
  readonly entitiesPerPage?: number;
  /** Sends each page a second time, marked as the copy for the backup region. */
  readonly hasBackupCopy?: boolean;
}

const hourMs = 3_600_000;

const retired: ShutdownCause = {
  stateReason: {
    code: 'Server.ScheduledStop',
    message: 'Server.ScheduledStop: Stopped due to scheduled retirement',
  },
  transitionReason: 'Server.ScheduledStop: Stopped due to scheduled retirement',
};

/**
 * Tells of a scheduled event by `AWS Health Event` and in DescribeInstanceStatus. At its start the instances that have
 * run since are stopped or terminated, as its type says; at its end it is closed. Throws IncorrectInstanceState unless
 * all instances run. Returns the event's ARN.
 */
export function scheduleEvent(world: World, plan: ScheduledEventPlan): string {
  const instances = plan.instanceIds.map((id) => expectRunning(world, id));
  const { effect, code } = eventTypes[plan.type];
  const { startsInMs, lastsMs = effect === 'none' ? 2 * hourMs : undefined } = plan;
  const plannedMs = world.nowMs();
  const startMs = plannedMs + startsInMs;
  const event: ScheduledEvent = {
    id: world.newId('instance-event'),
    serial: world.surroundings.random.hex(16),
    type: plan.type,
    code,
    instanceIds: plan.instanceIds,
    plannedMs,
    startMs,
    endMs: lastsMs === undefined ? undefined : startMs + lastsMs,
  };
  world.scheduledEvents.add(event);
  const eventArn = publishHealthEvent(world, event, plan, 'upcoming');
  world.after(startsInMs, () => {
    if (effect !== 'none') shutDownAll(world, instances, effect);
  });
  world.after(startsInMs + (lastsMs ?? 0), () => {
    world.scheduledEvents.delete(event);
    publishHealthEvent(world, event, plan, 'closed');
  });
  return eventArn;
}

function shutDownAll(world: World, instances: readonly Instance[], how: 'stop' | 'terminate'): void {
  for (const instance of instances) {
    const affected = stillRunning(world, instance);
    if (affected !== undefined) shutDown(world, affected, how, retired);
  }
}
