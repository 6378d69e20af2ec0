import type { Timer } from '../../core/clock.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import type { Ec2Hooks } from '../../ec2/hooks.ts';
import { groupNotFound, groupPendingDelete, memberNotFound } from '../errors.ts';
import type { Group } from './group.ts';
import type { LifecycleAction, Member } from './member.ts';
import type { AutoScalingSettings } from './settings.ts';

/** Auto Scaling's state in one account and region, and what it works with. */
export class Groups {
  readonly surroundings: Surroundings;
  readonly settings: AutoScalingSettings;
  readonly ec2: Ec2Hooks;
  readonly #groups = new Map<string, Group>();
  /** What they did can still be asked for. */
  readonly #deleted: Group[] = [];
  readonly #members = new Map<string, Member>();
  readonly #actions = new Map<string, LifecycleAction>();
  readonly #resize: (groups: Groups, group: Group) => void;
  #activityCount = 0;
  #isClosed = false;

  /** `resize` brings a group to its desired capacity; it is called when a planned look at the size is due. */
  constructor(
    surroundings: Surroundings,
    settings: AutoScalingSettings,
    ec2: Ec2Hooks,
    resize: (groups: Groups, group: Group) => void,
  ) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.ec2 = ec2;
    this.#resize = resize;
  }

  get all(): ReadonlyMap<string, Group> {
    return this.#groups;
  }

  get deleted(): readonly Group[] {
    return this.#deleted;
  }

  /** By instance id: an instance is in one group at most. */
  get members(): ReadonlyMap<string, Member> {
    return this.#members;
  }

  /** By token. */
  get actions(): ReadonlyMap<string, LifecycleAction> {
    return this.#actions;
  }

  nowMs(): number {
    return this.surroundings.clock.now();
  }

  /** Runs the task some time from now, unless the room is closed by then. */
  after(delayMs: number, task: () => void): Timer {
    return this.surroundings.clock.after(delayMs, () => {
      if (!this.#isClosed) task();
    });
  }

  /** Runs the task when Auto Scaling has noticed. */
  soon(task: () => void): Timer {
    return this.after(this.settings.reactionMs, task);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Lets the group look at its size after `delayMs`, or sooner when that is planned already. */
  planResize(group: Group, delayMs = this.settings.reactionMs): void {
    const dueMs = this.nowMs() + delayMs;
    if (group.resize !== undefined && group.resize.dueMs <= dueMs) return;
    group.resize?.timer.cancel();
    const timer = this.after(delayMs, () => {
      group.resize = undefined;
      if (!group.isPendingDelete) this.#resize(this, group);
    });
    group.resize = { dueMs, timer };
  }

  /** By name, or by ARN where an operation takes a resource name. Throws ValidationError. */
  expect(nameOrArn: string): Group {
    const name = nameOrArn.startsWith('arn:')
      ? (/:autoScalingGroupName\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn)
      : nameOrArn;
    const group = this.#groups.get(name);
    if (group === undefined || (name !== nameOrArn && group.arn !== nameOrArn))
      throw groupNotFound(nameOrArn);
    return group;
  }

  /** As {@link expect}, and throws for a group whose deletion has begun. */
  expectModifiable(nameOrArn: string): Group {
    const group = this.expect(nameOrArn);
    if (group.isPendingDelete) throw groupPendingDelete();
    return group;
  }

  /** Throws ValidationError for an instance that no group knows. */
  expectMember(instanceId: string): Member {
    const member = this.#members.get(instanceId);
    if (member === undefined) throw memberNotFound(instanceId);
    return member;
  }

  groupOf({ groupName }: Member): Group {
    return this.expect(groupName);
  }

  open(group: Group): void {
    this.#groups.set(group.name, group);
  }

  /** The group is gone, with all that was planned for it. */
  forget(group: Group): void {
    group.resize?.timer.cancel();
    this.#groups.delete(group.name);
    this.#deleted.push(group);
  }

  join(group: Group, member: Member): void {
    group.add(member);
    this.#members.set(member.instanceId, member);
  }

  /** The group no longer knows the instance; with its last one goes a group that is to be deleted. */
  part(member: Member): void {
    const group = this.groupOf(member);
    group.remove(member);
    this.#members.delete(member.instanceId);
    if (group.isPendingDelete && group.members.size === 0) this.forget(group);
  }

  begin(action: LifecycleAction): void {
    this.#actions.set(action.token, action);
  }

  end(action: LifecycleAction): void {
    action.timeout.cancel();
    this.#actions.delete(action.token);
  }

  nextActivitySerial(): number {
    this.#activityCount += 1;
    return this.#activityCount;
  }
}
