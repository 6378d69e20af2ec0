import type { Context, SQSEvent } from 'aws-lambda';
import type { Controller } from '../../../functions/compose.ts';
import { functions } from '../../../infra/functions.ts';
import { wiring } from '../../../infra/wiring.ts';
import { failedItems } from '../../../localcloud/lambda/batch-response.ts';
import { sqsEvent } from '../../../localcloud/lambda/sqs-event.ts';
import type { Message } from '../../../localcloud/sqs/message.ts';
import type { Queue } from '../../../localcloud/sqs/queue.ts';
import type { End } from '../checks/watch.ts';
import type { Environment } from './environment.ts';
import { createEnvironment } from './environment.ts';
import type { Faults } from './faults.ts';
import { currentInvocation, Invocation } from './invocation.ts';
import type { LogListener } from './telemetry.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Whoever watches invocations. */
export interface InvocationWatcher {
  readonly onBegin: (invocation: Invocation, bodies: readonly string[]) => void;
  readonly onEnd: (invocation: Invocation, end: End) => void;
  readonly onLog: LogListener;
}

interface LambdaParts {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly batchSize: number;
  readonly watcher: InvocationWatcher;
}

/** A controller that is deployed, with the queue that its events wait in. */
export interface Deployed {
  readonly name: string;
  readonly controller: Controller;
  readonly queue: Queue;
  /** Makes another function of the one that there is. */
  readonly breakEnvironment: (environment: Environment) => Environment;
}

/** How far apart the clocks of any two machines may be is half of this on either side of the truth. */
const skewMaxMs = 1_500;

/** From a message's arrival until a poller has it. */
const pollDelayMaxMs = 400;

/**
 * Lambda, as far as it concerns one account: takes batches out of queues and invokes functions with them, several at once;
 * deletes what they did not report as failed, ends those that take too long.
 */
export class SimulatedLambda {
  readonly #parts: LambdaParts;
  readonly #deployed = new Map<string, Deployed>();
  readonly #idle = new Map<string, Environment[]>();
  readonly #running = new Map<string, Set<Invocation>>();
  #count = 0;

  constructor(parts: LambdaParts) {
    this.#parts = parts;
  }

  /** Invocations that have not come to an end. */
  get running(): number {
    return [...this.#running.values()].reduce((sum, set) => sum + set.size, 0);
  }

  deploy(deployed: Deployed): void {
    this.#deployed.set(deployed.name, deployed);
    this.#running.set(deployed.name, new Set());
    this.#poll(deployed);
  }

  /** The stack is deleted: nothing of it runs any more. */
  undeploy(name: string): void {
    for (const invocation of this.#running.get(name) ?? []) invocation.kill('undeployed');
    this.#deployed.delete(name);
  }

  /** The pass over all roles of a controller, if it is deployed; what comes of it concerns nobody. */
  resync(name: string): void {
    const deployed = this.#deployed.get(name);
    if (deployed === undefined) return;
    void this.#invoke(deployed, 'resync', [], (environment, context) => environment.resync({}, context));
  }

  #poll(deployed: Deployed): void {
    const { time, faults, batchSize } = this.#parts;
    deployed.queue.whenVisible(() => {
      if (!this.#deployed.has(deployed.name)) return;
      const name = faults.nameOf('poll');
      time.clock.after(Math.round(faults.chance(name, 'delay') * pollDelayMaxMs), () => {
        const isBusy = this.#runningOf(deployed).size >= wiring.eventSource.maximumConcurrency;
        const batch = isBusy ? [] : deployed.queue.receive(batchSize);
        if (batch.length > 0) void this.#take(deployed, batch);
        this.#poll(deployed);
      });
    });
  }

  async #take(deployed: Deployed, batch: readonly Message[]): Promise<void> {
    const event = sqsEvent(batch, deployed.queue.arn) as SQSEvent;
    const bodies = batch.map(({ body }) => body);
    const response = await this.#invoke(deployed, 'on-events', bodies, (environment, context) =>
      environment.onEvents(event, context),
    );
    if (response === undefined) return;
    const failed = failedItems(
      JSON.stringify(response),
      batch.map(({ id }) => id),
    );
    for (const { id, receiptHandle } of batch) {
      if (receiptHandle !== undefined && !failed.has(id)) deployed.queue.delete(receiptHandle);
    }
  }

  /** The result; undefined when the function failed. Never ends when the invocation was killed. */
  async #invoke<Result>(
    deployed: Deployed,
    functionName: 'on-events' | 'resync',
    bodies: readonly string[],
    run: (environment: Environment, context: Context) => Promise<Result>,
  ): Promise<Result | undefined> {
    const { time, watcher } = this.#parts;
    const idle = this.#idle.get(deployed.name) ?? [];
    this.#idle.set(deployed.name, idle);
    const environment =
      idle.pop() ?? deployed.breakEnvironment(createEnvironment(deployed.controller, watcher.onLog));
    const invocation = this.#begin(deployed, functionName);
    watcher.onBegin(invocation, bodies);
    const timeout = time.clock.after(invocation.deadlineMs - time.now(), () => invocation.kill('timed out'));
    try {
      const context = contextOf(invocation, time);
      const result = await currentInvocation.run(invocation, () => run(environment, context));
      watcher.onEnd(invocation, {
        kind: 'ended',
        failures: failuresIn(result),
        words: JSON.stringify(result),
      });
      return result;
    } catch (error) {
      watcher.onEnd(invocation, { kind: 'failed', failures: 0, words: String(error) });
      return undefined;
    } finally {
      timeout.cancel();
      invocation.end();
      idle.push(environment);
      this.#runningOf(deployed).delete(invocation);
    }
  }

  #begin(deployed: Deployed, functionName: 'on-events' | 'resync'): Invocation {
    const { time, faults, watcher } = this.#parts;
    const { timeoutSeconds = 30 } = functions.find(({ name }) => name === functionName) ?? {};
    const skew = faults.chance(faults.nameOf(functionName), 'skew');
    this.#count += 1;
    const invocation: Invocation = new Invocation(
      {
        id: `${functionName} ${this.#count}`,
        controller: deployed.name,
        deadlineMs: time.now() + timeoutSeconds * 1_000,
        skewMs: Math.round((skew - 0.5) * skewMaxMs),
      },
      time,
      (reason) => {
        this.#runningOf(deployed).delete(invocation);
        watcher.onEnd(invocation, { kind: 'killed', failures: 0, words: reason });
      },
    );
    this.#runningOf(deployed).add(invocation);
    return invocation;
  }

  #runningOf({ name }: Deployed): Set<Invocation> {
    const running = this.#running.get(name);
    if (running === undefined) throw new Error(`no controller ${name} is deployed`);
    return running;
  }
}

function failuresIn(result: unknown): number {
  const failures: unknown = Reflect.get(Object(result), 'batchItemFailures');
  return Array.isArray(failures) ? failures.length : 0;
}

function contextOf({ id, deadlineMs }: Invocation, time: VirtualTime): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: id,
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:simulated',
    memoryLimitInMB: '512',
    awsRequestId: id,
    logGroupName: '/aws/lambda/simulated',
    logStreamName: 'simulated',
    getRemainingTimeInMillis: () => deadlineMs - time.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
