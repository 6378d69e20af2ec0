import type { Timer } from '../../core/clock.ts';
import type { Activity } from './activity.ts';
import type { LifecycleHook, LifecycleTransition } from './lifecycle-hook.ts';
import type { Member } from './member.ts';

/** What can be suspended. Only Launch, Terminate, HealthCheck and ReplaceUnhealthy happen here at all. */
export const processNames = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

export type ProcessName = (typeof processNames)[number];

export const terminationPolicies = [
  'Default',
  'OldestInstance',
  'NewestInstance',
  'OldestLaunchTemplate',
  'ClosestToNextInstanceHour',
] as const;

export type TerminationPolicy = (typeof terminationPolicies)[number];

/** A subnet that the group launches into. */
export interface Placement {
  readonly subnetId: string;
  readonly zone: string;
}

/** What a group is set to; replaced as a whole by an update. */
export interface GroupConfiguration {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity: number;
  readonly launchTemplate: {
    readonly id: string;
    readonly name: string;
    /** A number, `$Latest` or `$Default`, resolved at each launch. */
    readonly version: string;
  };
  readonly placements: readonly Placement[];
  /** Undefined when only zones were given. */
  readonly vpcZoneIdentifier: string | undefined;
  readonly healthCheckGracePeriodS: number;
  readonly defaultCooldownS: number;
  readonly terminationPolicies: readonly TerminationPolicy[];
}

export interface GroupTag {
  readonly value: string;
  readonly isPropagatedAtLaunch: boolean;
}

/** An Auto Scaling group: its settings, its instances, and what it is about to do. */
export class Group {
  readonly name: string;
  readonly arn: string;
  readonly createdTime: Date;
  configuration: GroupConfiguration;
  tags: ReadonlyMap<string, GroupTag> = new Map();
  readonly hooks = new Map<string, LifecycleHook>();
  readonly suspended = new Set<ProcessName>();
  /** Oldest first. */
  readonly activities: Activity[] = [];
  /** In service and to be replaced. */
  readonly unhealthy = new Set<Member>();
  /** Since the last resize, for the causes of the activities that it begins. */
  readonly reasons: string[] = [];
  /** The next look at its size. */
  resize: { readonly dueMs: number; readonly timer: Timer } | undefined;
  /** Launches in a row that came to nothing. */
  failedLaunches = 0;
  isPendingDelete = false;
  readonly #members = new Map<string, Member>();
  readonly #sizeBySubnet = new Map<string, number>();
  #size = 0;

  constructor(name: string, arn: string, createdTime: Date, configuration: GroupConfiguration) {
    this.name = name;
    this.arn = arn;
    this.createdTime = createdTime;
    this.configuration = configuration;
  }

  /** All instances it knows, those on their way out too, by instance id. */
  get members(): ReadonlyMap<string, Member> {
    return this.#members;
  }

  /** How many instances count towards the desired capacity. */
  get size(): number {
    return this.#size;
  }

  sizeIn(subnetId: string): number {
    return this.#sizeBySubnet.get(subnetId) ?? 0;
  }

  add(member: Member): void {
    this.#members.set(member.instanceId, member);
    if (member.isCounted) this.#count(member, 1);
  }

  /** From now on the instance does not count, and so is made up for. */
  discount(member: Member): void {
    if (!member.isCounted) return;
    member.isCounted = false;
    this.unhealthy.delete(member);
    this.#count(member, -1);
  }

  remove(member: Member): void {
    this.discount(member);
    this.#members.delete(member.instanceId);
  }

  hooksFor(transition: LifecycleTransition): readonly LifecycleHook[] {
    return [...this.hooks.values()].filter((hook) => hook.transition === transition);
  }

  isSuspended(process: ProcessName): boolean {
    return this.suspended.has(process);
  }

  #count({ subnetId }: Member, difference: 1 | -1): void {
    this.#size += difference;
    this.#sizeBySubnet.set(subnetId, this.sizeIn(subnetId) + difference);
  }
}
