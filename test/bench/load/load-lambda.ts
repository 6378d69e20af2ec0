import type { Context, SQSEvent } from 'aws-lambda';
import { compose } from '../../../functions/compose.ts';
import { createHandler as createOnEvents } from '../../../functions/on-events/create-handler.ts';
import type { ResyncResult } from '../../../functions/resync/create-handler.ts';
import { createHandler as createResync } from '../../../functions/resync/create-handler.ts';
import { functions } from '../../../infra/functions.ts';
import type { Random } from '../../../localcloud/core/random.ts';
import { configureMapping, EventSourceMapping } from '../../../localcloud/lambda/event-source-mapping.ts';
import type { Queue } from '../../../localcloud/sqs/queue.ts';
import { readConfig } from '../../../shared/config.ts';
import type { Surroundings } from '../../../shared/reconcile/ports.ts';
import { currentInvocation, Invocation } from '../../simulation/engine/invocation.ts';
import { region } from '../../simulation/engine/rooms.ts';
import { simulatedTelemetry } from '../../simulation/engine/telemetry.ts';
import type { VirtualTime } from '../../simulation/engine/virtual-time.ts';
import { loadClients } from './load-clients.ts';
import type { LoadWire } from './load-wire.ts';
import type { LoadSettings } from './settings.ts';

/** A machine on which functions run, one invocation at a time. */
interface Environment {
  readonly onEvents: (event: SQSEvent, context: Context) => Promise<unknown>;
  readonly resync: (event: unknown, context: Context) => Promise<ResyncResult>;
}

/** How invocations ended. */
export interface Ends {
  ended: number;
  /** An exception came out of the function, as it does of a resync in which a role failed. */
  failed: number;
  /** Lambda stopped it. */
  timedOut: number;
}

interface LambdaParts {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly wire: LoadWire;
  readonly settings: LoadSettings;
  readonly tableName: string;
}

/** From a message's arrival until a poller has it: the median that has been measured on AWS. */
const pollDelayMs = 16;

/** Lambda with both functions, as far as it concerns load: machines that are used again, timeouts, batches of a queue. */
export class LoadLambda {
  readonly #parts: LambdaParts;
  readonly #idle: Environment[] = [];
  readonly ends: Ends = { ended: 0, failed: 0, timedOut: 0 };
  #redeliveries = 0;
  #receivesMax = 0;
  #count = 0;
  #environments = 0;

  constructor(parts: LambdaParts) {
    this.#parts = parts;
  }

  /** The most machines that ran at once. */
  get environments(): number {
    return this.#environments;
  }

  /** Messages that the function got and had been given before. */
  get redeliveries(): number {
    return this.#redeliveries;
  }

  get receivesMax(): number {
    return this.#receivesMax;
  }

  /** Takes messages out of the queue from now on. */
  listen(queue: Queue): void {
    const { time, settings } = this.#parts;
    const timeoutSeconds = timeoutSecondsOf('on-events');
    const invoke = async (payload: string) => {
      const event = JSON.parse(payload) as SQSEvent;
      const receives = event.Records.map(({ attributes }) => Number(attributes.ApproximateReceiveCount));
      this.#redeliveries += receives.filter((count) => count > 1).length;
      this.#receivesMax = Math.max(this.#receivesMax, ...receives);
      const result = await this.#invoke('on-events', (environment, context) =>
        environment.onEvents(event, context),
      );
      return result === undefined
        ? ({ kind: 'timeout' } as const)
        : ({ kind: 'success', payload: JSON.stringify(result) } as const);
    };
    new EventSourceMapping(
      configureMapping({
        functionName: 'on-events',
        eventSourceArn: queue.arn,
        batchSize: settings.batchSize,
        maximumBatchingWindowSeconds: settings.batchingWindowSeconds,
        maximumConcurrency: settings.maximumConcurrency,
        reportBatchItemFailures: true,
      }),
      {
        id: 'load',
        clock: time.clock,
        queue,
        target: { configuration: { timeoutSeconds }, invoke },
        pollDelayMs,
        newRequestId: () => 'load',
      },
    );
  }

  /** One scheduled pass; undefined when it failed or ran out of time. */
  resync(): Promise<ResyncResult | undefined> {
    return this.#invoke('resync', (environment, context) => environment.resync({}, context));
  }

  async #invoke<Result>(
    functionName: 'on-events' | 'resync',
    run: (environment: Environment, context: Context) => Promise<Result>,
  ): Promise<Result | undefined> {
    const { time } = this.#parts;
    const { promise: killed, resolve: onKill } = Promise.withResolvers<undefined>();
    const invocation = this.#begin(functionName, () => {
      this.ends.timedOut += 1;
      onKill(undefined);
    });
    const timeout = time.clock.after(invocation.deadlineMs - time.now(), () => invocation.kill('timed out'));
    const environment = this.#idle.pop() ?? this.#createEnvironment();
    const running = currentInvocation.run(invocation, () => run(environment, contextOf(invocation, time)));
    try {
      const result = await Promise.race([running, killed]);
      if (!invocation.isDead) this.ends.ended += 1;
      return result;
    } catch {
      this.ends.failed += 1;
      return undefined;
    } finally {
      timeout.cancel();
      if (!invocation.isDead) this.#idle.push(environment);
      invocation.end();
    }
  }

  #begin(functionName: 'on-events' | 'resync', onKill: () => void): Invocation {
    const { time } = this.#parts;
    this.#count += 1;
    const deadlineMs = time.now() + timeoutSecondsOf(functionName) * 1_000;
    const identity = { id: `${functionName} ${this.#count}`, controller: 'load', deadlineMs, skewMs: 0 };
    return new Invocation(identity, time, onKill);
  }

  /** As handler.ts of both functions makes them, with clients of its own. */
  #createEnvironment(): Environment {
    const { tableName, wire, settings } = this.#parts;
    this.#environments += 1;
    const config = readConfig({ TABLE_NAME: tableName, AWS_REGION: region });
    const controller = compose(config, loadClients(wire.handle, settings), this.#surroundings());
    const telemetry = simulatedTelemetry(() => undefined);
    const onEvents = createOnEvents(controller, telemetry);
    const resync = createResync(controller, telemetry);
    return {
      onEvents: async (event, context) => onEvents(event, context),
      resync: async (event, context) => resync(event, context),
    };
  }

  #surroundings(): Surroundings {
    const { time, random } = this.#parts;
    return {
      now: () => time.now(),
      sleep: async (durationMs) => {
        await (currentInvocation.getStore()?.sleep(durationMs) ?? time.sleep(durationMs));
      },
      uniqueName: () => random.uuid(),
    };
  }
}

function timeoutSecondsOf(functionName: 'on-events' | 'resync'): number {
  const definition = functions.find(({ name }) => name === functionName);
  if (definition === undefined) throw new Error(`there is no function ${functionName}`);
  return definition.timeoutSeconds;
}

function contextOf({ id, deadlineMs }: Invocation, time: VirtualTime): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: id,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:123456789012:function:load`,
    memoryLimitInMB: '512',
    awsRequestId: id,
    logGroupName: '/aws/lambda/load',
    logStreamName: 'load',
    getRemainingTimeInMillis: () => deadlineMs - time.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
