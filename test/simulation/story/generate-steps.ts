import type { Random } from '../../../localcloud/core/random.ts';
import { pick, pickWeighted } from './pick.ts';
import type { RoleKind } from './role-kinds.ts';
import type { Action, Step } from './story.ts';

const usualPauseMs = 20_000;
/** Small worlds: the trouble is in what happens to them at once. */
const instancesMax = 6;

/** What follows something else comes with that. */
type ChosenKind = Exclude<Action['kind'], 'undrain' | 'redrive' | 'give-back'> | 'strange';

/** By then SQS has given a message up that nobody can read. */
const untilGivenUpMs = 330_000;

/** An event of a kind that is ours, without what it should tell. */
const malformedEvent = JSON.stringify({
  id: 'malformed',
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  time: '2026-01-01T00:00:00Z',
  detail: {},
});

/** How often what happens. */
const weights: readonly (readonly [number, ChosenKind])[] = [
  [12, 'launch'],
  [9, 'terminate'],
  [4, 'stop'],
  [5, 'start'],
  [4, 'tag'],
  [2, 'interrupt'],
  [1, 'rebalance'],
  [1, 'retire'],
  [0.7, 'lose-zone'],
  [4, 'alarm'],
  [1, 'role-alarm'],
  [3, 'apply'],
  [1, 'remove'],
  [1.5, 'pin'],
  [2, 'freeze'],
  [2, 'failover'],
  [1.5, 'claim'],
  [1, 'release'],
  [1.5, 'drain'],
  [2, 'replay'],
  [1.5, 'strange'],
  [1.5, 'steal'],
  [1, 'group'],
  [2, 'resize'],
  [1, 'overwrite'],
  [0.5, 'message'],
  [1, 'resync'],
  [1, 'describe-lag'],
];

/** Makes up what people and AWS do, so that most of it can be done when its time comes. */
export class StepGenerator {
  readonly #random: Random;
  readonly #kinds: readonly RoleKind[];
  /** Who was launched and may still be there. */
  #names: string[] = [];
  readonly #subnets = new Map<string, string>();
  readonly #strangers: string[] = [];
  #groupName: string | undefined;
  #count = 0;
  #atMs = 0;
  readonly #steps: Step[] = [];

  constructor(random: Random, kinds: readonly RoleKind[]) {
    this.#random = random;
    this.#kinds = kinds;
  }

  generate(count: number): readonly Step[] {
    while (this.#steps.length < count) {
      // Often several things at once, at times nothing for a while.
      this.#atMs += Math.round(usualPauseMs * 3 * this.#random.next() ** 3);
      const action = this.#action();
      if (action !== undefined) this.#steps.push({ atMs: this.#atMs, action });
    }
    return this.#steps.toSorted((a, b) => a.atMs - b.atMs);
  }

  #action(): Action | undefined {
    if (this.#names.length < 2) return this.#launch();
    const random = this.#random;
    const name = pick(random, this.#names);
    const { name: role, variants } = pick(random, this.#kinds);
    const kind = pickWeighted(random, weights);
    switch (kind) {
      case 'launch':
        return this.#names.length < instancesMax ? this.#launch() : undefined;
      case 'strange':
        return this.#stranger();
      case 'terminate':
        this.#names.splice(this.#names.indexOf(name), 1);
        return { kind, name };
      case 'stop':
      case 'start':
      case 'interrupt':
      case 'rebalance':
      case 'retire':
        return { kind, name };
      case 'lose-zone':
        return this.#loseZone();
      case 'tag':
        return { kind, name, roles: this.#roles() };
      case 'alarm':
        return { kind, name, state: pick(random, ['ALARM', 'OK']) };
      case 'role-alarm':
        return { kind, role, state: pick(random, ['ALARM', 'OK']) };
      case 'apply':
        return { kind, role, spec: { ...pick(random, variants) } };
      case 'remove':
        return { kind, role };
      case 'pin':
        return random.integer(2) === 0 ? { kind, role } : { kind, role, name };
      case 'freeze':
        return { kind, role, isFrozen: random.integer(3) === 0 };
      case 'failover':
        return random.integer(2) === 0 ? { kind, role } : { kind, role, name };
      case 'claim':
      case 'release':
        return { kind, role, name };
      case 'drain':
        this.#later({ kind: 'undrain', name });
        return { kind, name };
      case 'replay':
        return { kind, minutes: 1 + random.integer(15) };
      case 'steal':
        return this.#steal();
      case 'group':
        return this.#group();
      case 'resize':
        return this.#groupName === undefined
          ? undefined
          : { kind, name: this.#groupName, size: random.integer(4) };
      case 'overwrite':
        // A simple record cannot stand beside those of a group.
        return role === 'web' ? undefined : { kind, name: `${role}.corp.internal`, value: '192.0.2.9' };
      case 'message':
        this.#later({ kind: 'redrive' }, untilGivenUpMs);
        return { kind, body: pick(random, ['no JSON', '{}', malformedEvent]) };
      case 'resync':
        return { kind };
      case 'describe-lag':
        return { kind, lagMs: pick(random, [0, 1_000, 4_000]) };
    }
  }

  #launch(): Action {
    const name = this.#newName('n');
    this.#names.push(name);
    const random = this.#random;
    const tags = {
      ...(random.integer(3) === 0 ? { 'role-priority': String(random.integer(5)) } : {}),
      ...(random.integer(3) > 0 ? { trust: 'yes' } : {}),
      ...(random.integer(4) > 0 ? { ready: 'yes' } : {}),
    };
    const subnet = pick(random, ['$subnetA', '$subnetA', '$subnetB'] as const);
    this.#subnets.set(name, subnet);
    return { kind: 'launch', name, roles: this.#roles(), subnet, tags };
  }

  #loseZone(): Action {
    const subnet = pick(this.#random, ['$subnetA', '$subnetB'] as const);
    this.#names = this.#names.filter((name) => this.#subnets.get(name) !== subnet);
    return { kind: 'lose-zone', subnet };
  }

  /** Somebody else's instance. */
  #stranger(): Action {
    const name = this.#newName('stranger');
    this.#strangers.push(name);
    return { kind: 'launch', name, roles: [], subnet: '$subnetA', tags: {} };
  }

  #group(): Action | undefined {
    if (this.#groupName !== undefined) return undefined;
    this.#groupName = this.#newName('group');
    return { kind: 'group', name: this.#groupName, roles: this.#roles(), size: 1 + this.#random.integer(2) };
  }

  #steal(): Action {
    if (this.#strangers.length === 0) return this.#stranger();
    const elasticIp = `$eip${this.#random.integer(4)}`;
    this.#later({ kind: 'give-back', elasticIp });
    return { kind: 'steal', elasticIp, name: pick(this.#random, this.#strangers) };
  }

  /** Often something follows, in minutes. */
  #later(action: Action, afterMs = 0): void {
    if (this.#random.integer(3) === 0) return;
    const atMs = this.#atMs + afterMs + this.#random.integer(4 * usualPauseMs);
    this.#steps.push({ atMs, action });
  }

  /** Mostly one of the story's roles, at times two, none, or one that there is not. */
  #roles(): string[] {
    const random = this.#random;
    const role = pick(random, this.#kinds).name;
    const dice = random.integer(12);
    if (dice === 0) return [];
    if (dice === 1) return ['no-such-role'];
    return dice < 5 ? [...new Set([role, pick(random, this.#kinds).name])] : [role];
  }

  #newName(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }
}
