import type { Surroundings } from '../core/surroundings.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { Rule } from './rule.ts';
import { targetInput } from './target-input.ts';
import type { Target } from './target-shape.ts';

/** What EventBridge hands to a target or to a dead-letter queue. */
export interface Invocation {
  /** Of an SQS queue or a Lambda function. */
  readonly targetArn: string;
  /** The rule that sends it. */
  readonly sourceArn: string;
  readonly body: string;
  /** On dead letters: why the event is here. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** How a hand-over ended. Only a retryable failure is tried again. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'failed';
      /** As in a dead letter's ERROR_CODE: `NO_RESOURCE`, `THROTTLING`, … */
      readonly errorCode: string;
      readonly errorMessage: string;
      readonly isRetryable: boolean;
    };

/** Hands an event to a target. Must not throw. */
export type Deliver = (invocation: Invocation) => DeliveryResult;

/** What goes wrong between a source and a target; all chances in [0, 1], drawn from the seed. */
export interface DeliveryFaults {
  /** An AWS service's event never reaches the bus: their delivery is best effort. */
  readonly dropProbability: number;
  /** A target gets an event twice. */
  readonly duplicateProbability: number;
  /** A delivery comes late, by up to `delayMaxMs`. */
  readonly delayProbability: number;
  readonly delayMaxMs: number;
  /** Each delivery is moved by a random part of this window, so that neighbours change places. */
  readonly reorderWindowMs: number;
  /** An attempt fails with a retryable error. */
  readonly targetErrorProbability: number;
}

/** Nothing goes wrong. */
export const noDeliveryFaults: DeliveryFaults = {
  dropProbability: 0,
  duplicateProbability: 0,
  delayProbability: 0,
  delayMaxMs: 60_000,
  reorderWindowMs: 0,
  targetErrorProbability: 0,
};

const retryPauseMs = { first: 1_000, longest: 600_000 };

interface Package {
  readonly invocation: Invocation;
  readonly rule: Rule;
  readonly target: Target;
  readonly acceptedMs: number;
}

/**
 * Brings events from rules to targets: a little later, at least once, again after retryable failures, and at last to the
 * target's dead-letter queue.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class Delivery {
  readonly #surroundings: Surroundings;
  readonly #deliver: Deliver;
  readonly #delayMs: number;
  faults: DeliveryFaults = noDeliveryFaults;

  /** `delayMs` passes from the acceptance of an event to its first attempt. */
  constructor(surroundings: Surroundings, deliver: Deliver, delayMs: number) {
    this.#surroundings = surroundings;
    this.#deliver = deliver;
    this.#delayMs = delayMs;
  }

  send(event: EventEnvelope, rule: Rule): void {
    const acceptedMs = this.#surroundings.clock.now();
    for (const target of rule.targets.values()) {
      const body = targetInput(target, event, rule, acceptedMs);
      const parcel = {
        invocation: { targetArn: target.Arn, sourceArn: rule.arn, body },
        rule,
        target,
        acceptedMs,
      };
      const copies = this.strikes(this.faults.duplicateProbability) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) this.#planAttempt(parcel, 0, this.#firstDelayMs());
    }
  }

  /** Whether a fault of this probability happens now; a probability of zero draws nothing. */
  strikes(probability: number): boolean {
    return probability > 0 && this.#surroundings.random.next() < probability;
  }

  #firstDelayMs(): number {
    const { delayProbability, delayMaxMs, reorderWindowMs } = this.faults;
    const { random } = this.#surroundings;
    const lateMs = this.strikes(delayProbability) ? random.integer(delayMaxMs) : 0;
    return this.#delayMs + lateMs + (reorderWindowMs > 0 ? random.integer(reorderWindowMs) : 0);
  }

  #planAttempt(parcel: Package, retries: number, delayMs: number): void {
    this.#surroundings.clock.after(delayMs, () => this.#attempt(parcel, retries));
  }

  #attempt(parcel: Package, retries: number): void {
    const result = this.#handOver(parcel.invocation);
    if (result.kind === 'delivered') return;
    const { MaximumRetryAttempts = 185, MaximumEventAgeInSeconds = 86_400 } = parcel.target.RetryPolicy ?? {};
    const pauseMs = this.#retryPauseMs(retries);
    const ageMs = this.#surroundings.clock.now() + pauseMs - parcel.acceptedMs;
    if (!result.isRetryable) this.#bury(parcel, result, retries, undefined);
    else if (retries >= MaximumRetryAttempts) this.#bury(parcel, result, retries, 'MaximumRetryAttempts');
    else if (ageMs > MaximumEventAgeInSeconds * 1000)
      this.#bury(parcel, result, retries, 'MaximumEventAgeInSeconds');
    else this.#planAttempt(parcel, retries + 1, pauseMs);
  }

  #handOver(invocation: Invocation): DeliveryResult {
    if (!this.strikes(this.faults.targetErrorProbability)) return this.#deliver(invocation);
    return { kind: 'failed', errorCode: 'THROTTLING', errorMessage: 'Rate exceeded', isRetryable: true };
  }

  /** Exponential with jitter, as AWS says; its numbers are not published. */
  #retryPauseMs(retries: number): number {
    const fullMs = Math.min(retryPauseMs.first * 2 ** retries, retryPauseMs.longest);
    return Math.round(fullMs * (0.5 + this.#surroundings.random.next() / 2));
  }

  #bury(
    { invocation, rule, target }: Package,
    failure: Extract<DeliveryResult, { kind: 'failed' }>,
    retries: number,
    exhaustedCondition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined,
  ): void {
    const queueArn = target.DeadLetterConfig?.Arn;
    if (queueArn === undefined) return;
    this.#deliver({
      targetArn: queueArn,
      sourceArn: rule.arn,
      body: invocation.body,
      attributes: {
        RULE_ARN: rule.arn,
        TARGET_ARN: target.Arn,
        ERROR_CODE: failure.errorCode,
        ERROR_MESSAGE: failure.errorMessage,
        ...(exhaustedCondition !== undefined && { EXHAUSTED_RETRY_CONDITION: exhaustedCondition }),
        RETRY_ATTEMPTS: String(retries),
      },
    });
  }
}
