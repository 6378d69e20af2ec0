import { AwsError } from '../core/aws-error.ts';
import type { Clock, Timer } from '../core/clock.ts';
import type { Rule, RuleSettings } from './rule.ts';
import type { Target } from './target-shape.ts';

interface MutableRule extends Rule {
  settings: RuleSettings;
  readonly targets: Map<string, Target>;
  timer: Timer | undefined;
}

const rulesMax = 300;
const targetsMax = 5;

/**
 * The rules of the default bus. A scheduled one that is enabled fires by the clock.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export class Rules {
  readonly #clock: Clock;
  readonly #arnOf: (name: string) => string;
  readonly #fire: (rule: Rule, slotMs: number) => void;
  readonly #byName = new Map<string, MutableRule>();

  constructor(clock: Clock, arnOf: (name: string) => string, fire: (rule: Rule, slotMs: number) => void) {
    this.#clock = clock;
    this.#arnOf = arnOf;
    this.#fire = fire;
  }

  put(name: string, settings: RuleSettings): Rule {
    const existing = this.#byName.get(name);
    if (existing === undefined && this.#byName.size >= rulesMax) throw limitExceeded();
    const rule = existing ?? { name, arn: this.#arnOf(name), settings, targets: new Map(), timer: undefined };
    this.#byName.set(name, rule);
    this.#configure(rule, settings);
    return rule;
  }

  setEnabled(name: string, isEnabled: boolean): void {
    const rule = this.#find(name);
    this.#configure(rule, { ...rule.settings, isEnabled });
  }

  putTarget(name: string, target: Target): void {
    const { targets } = this.#find(name);
    if (!targets.has(target.Id) && targets.size >= targetsMax) throw limitExceeded();
    targets.set(target.Id, target);
  }

  /** False when the rule has no such target. */
  removeTarget(name: string, targetId: string): boolean {
    return this.#find(name).targets.delete(targetId);
  }

  /** Deleting what is not there succeeds; a rule with targets stays. */
  delete(name: string): void {
    const rule = this.#byName.get(name);
    if (rule === undefined) return;
    if (rule.targets.size > 0)
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    rule.timer?.cancel();
    this.#byName.delete(name);
  }

  /** Throws ResourceNotFoundException. */
  get(name: string): Rule {
    return this.#find(name);
  }

  byArn(arn: string): Rule | undefined {
    const rule = this.#byName.get(arn.slice(arn.lastIndexOf('/') + 1));
    return rule?.arn === arn ? rule : undefined;
  }

  /** In order of name. */
  list(): readonly Rule[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Enabled rules whose pattern matches. A bus has at most 300, so looking at each is cheap. */
  matching(event: object): readonly Rule[] {
    return [...this.#byName.values()].filter(
      ({ settings }) => settings.isEnabled && settings.pattern?.matches(event) === true,
    );
  }

  /** No schedule fires from now on. */
  close(): void {
    for (const { timer } of this.#byName.values()) timer?.cancel();
  }

  #find(name: string): MutableRule {
    const rule = this.#byName.get(name);
    if (rule === undefined)
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
    return rule;
  }

  #configure(rule: MutableRule, settings: RuleSettings): void {
    rule.timer?.cancel();
    rule.timer = undefined;
    rule.settings = settings;
    this.#planFiring(rule, this.#clock.now());
  }

  #planFiring(rule: MutableRule, afterMs: number): void {
    const { schedule, isEnabled } = rule.settings;
    const slotMs = isEnabled ? schedule?.nextAfter(afterMs) : undefined;
    if (slotMs === undefined) return;
    rule.timer = this.#clock.after(slotMs - this.#clock.now(), () => {
      this.#planFiring(rule, slotMs);
      this.#fire(rule, slotMs);
    });
  }
}

function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
