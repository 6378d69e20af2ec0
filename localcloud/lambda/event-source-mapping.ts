import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Clock, Timer } from '../core/clock.ts';
import type { Message } from '../sqs/message.ts';
import type { Queue, Waiter } from '../sqs/queue.ts';
import { failedItems } from './batch-response.ts';
import type { Outcome } from './execution-environment.ts';
import { sqsEvent } from './sqs-event.ts';

const mappingInput = z
  .strictObject({
    functionName: z.string(),
    eventSourceArn: z.string(),
    batchSize: z.number().int().min(1).max(10_000).default(10),
    maximumBatchingWindowSeconds: z.number().int().min(0).max(300).default(0),
    reportBatchItemFailures: z.boolean().default(false),
    /** Invocations of this mapping at once; without it, five. */
    maximumConcurrency: z.number().int().min(2).max(1000).optional(),
    isEnabled: z.boolean().default(true),
  })
  .refine(
    ({ batchSize, maximumBatchingWindowSeconds }) => batchSize <= 10 || maximumBatchingWindowSeconds > 0,
    {
      path: ['maximumBatchingWindowSeconds'],
      message: 'must be at least 1 second when batchSize is greater than 10',
    },
  );

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export type MappingInput = z.input<typeof mappingInput>;
/** A mapping's settings with their defaults. */
export type MappingConfiguration = z.output<typeof mappingInput>;

/** What a mapping invokes; a function is one. */
export interface MappingTarget {
  readonly configuration: { readonly timeoutSeconds: number };
  invoke(payload: string, requestId: string): Promise<Outcome>;
}

/** What a mapping joins. */
export interface MappingParts {
  readonly id: string;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly target: MappingTarget;
  /** From a message's arrival until a poller has it. */
  readonly pollDelayMs: number;
  readonly newRequestId: () => string;
}

/** How many batches Lambda works on at once to begin with. */
const pollersAtStart = 5;

/** Throws InvalidParameterValueException for what Lambda would refuse. */
export function configureMapping(input: MappingInput): MappingConfiguration {
  const parsed = mappingInput.safeParse(input);
  if (!parsed.success) throw new AwsError('InvalidParameterValueException', z.prettifyError(parsed.error));
  return parsed.data;
}

/**
 * Polls a queue and invokes a function with batches of its messages; deletes those that succeeded and leaves the others
 * to their visibility timeout.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class EventSourceMapping {
  readonly id: string;
  readonly configuration: MappingConfiguration;
  readonly #parts: MappingParts;
  #isEnabled: boolean;
  #running = 0;
  #batch: Message[] = [];
  #waiter: Waiter | undefined;
  #pollTimer: Timer | undefined;
  #windowTimer: Timer | undefined;

  constructor(configuration: MappingConfiguration, parts: MappingParts) {
    const { queue, target } = parts;
    const { VisibilityTimeout } = queue.settings;
    const { timeoutSeconds } = target.configuration;
    if (VisibilityTimeout < timeoutSeconds)
      throw new AwsError(
        'InvalidParameterValueException',
        `Queue visibility timeout: ${VisibilityTimeout} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
      );
    this.id = parts.id;
    this.configuration = configuration;
    this.#parts = parts;
    this.#isEnabled = configuration.isEnabled;
    this.#awaitMessages();
  }

  get isEnabled(): boolean {
    return this.#isEnabled;
  }

  /** Polls on. */
  enable(): void {
    this.#isEnabled = true;
    this.#awaitMessages();
  }

  /** Stops polling; messages already taken are still delivered. */
  disable(): void {
    this.#isEnabled = false;
    this.#waiter?.cancel();
    this.#pollTimer?.cancel();
    this.#pollTimer = undefined;
  }

  #awaitMessages(): void {
    const limit = this.configuration.maximumConcurrency ?? pollersAtStart;
    if (!this.#isEnabled || this.#pollTimer !== undefined || this.#running >= limit) return;
    this.#waiter?.cancel();
    this.#waiter = this.#parts.queue.whenVisible(() => {
      this.#pollTimer = this.#parts.clock.after(this.#parts.pollDelayMs, () => {
        this.#pollTimer = undefined;
        this.#poll();
      });
    });
  }

  #poll(): void {
    const { batchSize, maximumBatchingWindowSeconds } = this.configuration;
    this.#batch.push(...this.#parts.queue.receive(batchSize - this.#batch.length));
    const isWorthWaiting = maximumBatchingWindowSeconds > 0 && this.#batch.length < batchSize;
    if (this.#batch.length > 0 && !isWorthWaiting) this.#deliver();
    else if (this.#batch.length > 0)
      this.#windowTimer ??= this.#parts.clock.after(maximumBatchingWindowSeconds * 1000, () =>
        this.#deliver(),
      );
    this.#awaitMessages();
  }

  #deliver(): void {
    this.#windowTimer?.cancel();
    this.#windowTimer = undefined;
    const batch = this.#batch;
    this.#batch = [];
    this.#running += 1;
    void this.#invoke(batch).finally(() => {
      this.#running -= 1;
      this.#awaitMessages();
    });
  }

  async #invoke(batch: readonly Message[]): Promise<void> {
    const { target, queue, newRequestId } = this.#parts;
    const failed = await target.invoke(JSON.stringify(sqsEvent(batch, queue.arn)), newRequestId()).then(
      (outcome) => (outcome.kind === 'success' ? this.#failedOf(outcome.payload, batch) : idsOf(batch)),
      // Throttled: the batch comes back after its visibility timeout, as a failed one does.
      () => idsOf(batch),
    );
    for (const { id, receiptHandle } of batch)
      if (receiptHandle !== undefined && !failed.has(id)) queue.delete(receiptHandle);
  }

  #failedOf(payload: string, batch: readonly Message[]): ReadonlySet<string> {
    if (!this.configuration.reportBatchItemFailures) return new Set();
    return failedItems(payload, [...idsOf(batch)]);
  }
}

function idsOf(batch: readonly Message[]): ReadonlySet<string> {
  return new Set(batch.map(({ id }) => id));
}
