import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import { errorPayload } from './error-payload.ts';
import type { Outcome } from './execution-environment.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** What asynchronous invocations need. */
export interface AsynchronousParts {
  readonly clock: Clock;
  /** From acceptance to the first attempt. */
  readonly delayMs: number;
  /** Sends to a queue; throws AwsError when it cannot. */
  readonly sendTo: (queueArn: string, body: string) => void;
}

/** Pauses before the second and the third attempt. */
const retryPausesMs = [60_000, 120_000];
const throttlePauseMs = { first: 1_000, longest: 300_000 };

/**
 * One accepted event on its way through Lambda's own queue: attempts until one succeeds; after a function error two
 * more, one and then two minutes later; throttled ones again from 1 s to 5 min later. What is given up, for the number
 * of attempts or the age of the event, goes to the on-failure destination.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsynchronousInvocation {
  readonly #target: LambdaFunction;
  readonly #payload: string;
  readonly #requestId: string;
  readonly #parts: AsynchronousParts;
  readonly #acceptedMs: number;
  #attempts = 0;
  #throttlePauseMs = throttlePauseMs.first;

  constructor(target: LambdaFunction, payload: string, requestId: string, parts: AsynchronousParts) {
    this.#target = target;
    this.#payload = payload;
    this.#requestId = requestId;
    this.#parts = parts;
    this.#acceptedMs = parts.clock.now();
    this.#planAttempt(parts.delayMs);
  }

  #planAttempt(delayMs: number): void {
    this.#parts.clock.after(delayMs, () => void this.#attempt());
  }

  async #attempt(): Promise<void> {
    try {
      const outcome = await this.#target.invoke(this.#payload, this.#requestId);
      this.#attempts += 1;
      if (outcome.kind !== 'success') this.#retry(outcome);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // Otherwise the function was deleted meanwhile, and its events with it.
      if (error.code === 'TooManyRequestsException') this.#waitForCapacity();
    }
  }

  #retry(outcome: Outcome): void {
    const { maximumRetryAttempts } = this.#target.configuration;
    const pauseMs = retryPausesMs[this.#attempts - 1];
    if (this.#attempts > maximumRetryAttempts || pauseMs === undefined)
      this.#giveUp('RetriesExhausted', outcome);
    else if (this.#isTooOldAfter(pauseMs)) this.#giveUp('EventAgeExceeded', outcome);
    else this.#planAttempt(pauseMs);
  }

  #waitForCapacity(): void {
    const pauseMs = this.#throttlePauseMs;
    this.#throttlePauseMs = Math.min(2 * pauseMs, throttlePauseMs.longest);
    if (this.#isTooOldAfter(pauseMs)) this.#giveUp('EventAgeExceeded', undefined);
    else this.#planAttempt(pauseMs);
  }

  #isTooOldAfter(pauseMs: number): boolean {
    const { clock } = this.#parts;
    return (
      clock.now() + pauseMs - this.#acceptedMs > this.#target.configuration.maximumEventAgeSeconds * 1000
    );
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  #giveUp(condition: 'RetriesExhausted' | 'EventAgeExceeded', outcome: Outcome | undefined): void {
    const { onFailureDestinationArn, arn } = this.#target.configuration;
    if (onFailureDestinationArn === undefined) return;
    const record = {
      version: '1.0',
      timestamp: new Date(this.#parts.clock.now()).toISOString(),
      requestContext: {
        requestId: this.#requestId,
        functionArn: `${arn}:$LATEST`,
        condition,
        approximateInvokeCount: this.#attempts,
      },
      requestPayload: JSON.parse(this.#payload) as unknown,
      ...(outcome && {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: errorPayload(outcome, this.#requestId, this.#target.configuration.timeoutSeconds),
      }),
    };
    this.#parts.sendTo(onFailureDestinationArn, JSON.stringify(record));
  }
}
