import type { Surroundings } from '../../core/surroundings.ts';
import type { Ec2Hooks } from '../../ec2/hooks.ts';
import { targetGroupNotFound, validationError } from '../errors.ts';
import type { ElasticLoadBalancingSettings } from './settings.ts';
import {
  type Registration,
  registrationKey,
  type TargetGroup,
  type TargetGroupConfiguration,
} from './target-group.ts';

/** The target groups of the account. */
export class TargetGroups {
  readonly surroundings: Surroundings;
  readonly settings: ElasticLoadBalancingSettings;
  readonly ec2: Ec2Hooks;
  readonly #groups = new Map<string, TargetGroup>();
  #isClosed = false;

  constructor(surroundings: Surroundings, settings: ElasticLoadBalancingSettings, ec2: Ec2Hooks) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.ec2 = ec2;
  }

  /** By ARN, in order of creation. */
  get all(): ReadonlyMap<string, TargetGroup> {
    return this.#groups;
  }

  nowMs(): number {
    return this.surroundings.clock.now();
  }

  close(): void {
    this.#isClosed = true;
  }

  arn(resource: string): string {
    const { partition, region, accountId } = this.surroundings;
    return `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${resource}`;
  }

  named(name: string): TargetGroup | undefined {
    return [...this.#groups.values()].find(({ configuration }) => configuration.name === name);
  }

  open(configuration: TargetGroupConfiguration): TargetGroup {
    const arn = this.arn(`targetgroup/${configuration.name}/${this.surroundings.random.hex(16)}`);
    const group: TargetGroup = { arn, configuration, registrations: new Map(), use: undefined };
    this.#groups.set(arn, group);
    return group;
  }

  /** The group and its targets are gone. */
  forget(group: TargetGroup): void {
    this.#groups.delete(group.arn);
  }

  /** Throws ValidationError for what is no ARN of a target group, and TargetGroupNotFound. */
  expect(arn: string): TargetGroup {
    this.expectArn(arn);
    const group = this.#groups.get(arn);
    if (group === undefined) throw targetGroupNotFound(arn);
    return group;
  }

  /** Throws ValidationError for what is no ARN of a target group. */
  expectArn(arn: string): void {
    if (!/^arn:[^:]+:elasticloadbalancing:[^:]*:\d{12}:targetgroup\/[^/]+\/[^/]+$/.test(arn))
      throw validationError(`'${arn}' is not a valid target group ARN`);
  }

  /** Registered from now on; nothing changes for a target that is registered already. */
  register(group: TargetGroup, target: Pick<Registration, 'id' | 'port' | 'zone'>): void {
    const key = registrationKey(target);
    const known = group.registrations.get(key);
    if (known !== undefined && known.drainingSinceMs === undefined) return;
    // Not in its old place: it is the latest to come.
    group.registrations.delete(key);
    group.registrations.set(key, {
      ...target,
      registeredAtMs: this.nowMs(),
      drainingSinceMs: undefined,
    });
  }

  /** Drains the target, and forgets it after that; at once where no load balancer could have connections to it. */
  deregister(group: TargetGroup, target: Pick<Registration, 'id' | 'port'>): void {
    const key = registrationKey(target);
    const known = group.registrations.get(key);
    if (known === undefined || known.drainingSinceMs !== undefined) return;
    if (group.use === undefined) {
      group.registrations.delete(key);
      return;
    }
    const draining: Registration = { ...known, drainingSinceMs: this.nowMs() };
    group.registrations.set(key, draining);
    this.surroundings.clock.after(this.settings.deregistrationDelayMs, () => {
      // It may have been registered again meanwhile.
      if (!this.#isClosed && group.registrations.get(key) === draining) group.registrations.delete(key);
    });
  }
}
