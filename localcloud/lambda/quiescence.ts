import type { Clock } from '../core/clock.ts';
import { type ClockWaits, clockWaitsOf } from '../core/clock-waits.ts';
import type { LambdaFunction } from './lambda-function.ts';

/**
 * Tells when every running invocation is parked: its worker has nothing to run, and each HTTP request it has open
 * waits on the clock too (a long poll, a modelled latency). Only then may virtual time pass without overtaking work
 * that takes real time. Nothing is polled: workers tell when they become idle.
 */
export class Quiescence {
  readonly #clock: Clock;
  readonly #functions: () => Iterable<LambdaFunction>;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock, functions: () => Iterable<LambdaFunction>) {
    this.#clock = clock;
    this.#functions = functions;
    clockWaitsOf(clock).onChange(() => this.change());
  }

  /** Something happened that can park or unpark an invocation; whoever waits looks again. */
  change(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  async whenParked(): Promise<void> {
    for (;;) {
      // What is ready in this thread (promises, arrived requests) comes first: it may start invocations.
      await turn();
      await turn();
      const busy = [...this.#functions()].filter(({ runningCount }) => runningCount > 0);
      if (busy.length === 0) return;
      if (await this.#areParked(busy)) return;
    }
  }

  /**
   * Workers look at themselves at slightly different moments, and a response can be on its way to one of them. So each
   * is asked anew, and the answers count only if meanwhile no call has begun or ended its wait and nothing else changed.
   */
  async #areParked(busy: readonly LambdaFunction[]): Promise<boolean> {
    const waits = clockWaitsOf(this.#clock);
    const waitChanges = waits.changes;
    for (const each of busy) for (const environment of each.busyEnvironments) environment.probe();
    while (busy.some((each) => openRequestsWhenIdle(each) === undefined)) await this.#nextChange();
    if (waits.changes !== waitChanges) return false;
    const areParked = busy.every((each) => isWaiting(each, waits));
    if (areParked) forgetFormer(busy, waits);
    else await this.#nextChange();
    return areParked;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.add(resolve));
  }
}

/** Whether every open request of the running invocations waits on the clock. */
function isWaiting(each: LambdaFunction, waits: ClockWaits): boolean {
  const open = openRequestsWhenIdle(each);
  const waiting = each.busyEnvironments
    .flatMap(({ traceIds }) => [...traceIds])
    .reduce((sum, traceId) => sum + waits.count(traceId), 0);
  // Calls made while a module is loaded carry no trace; those of a module that was killed then may still wait.
  return open === waiting || open === waiting + waits.count(each.configuration.accessKeyId);
}

/** When all open requests wait, a former invocation of which none waits has none. */
function forgetFormer(busy: readonly LambdaFunction[], waits: ClockWaits): void {
  for (const each of busy)
    for (const environment of each.busyEnvironments)
      environment.forgetFormer((traceId) => waits.count(traceId) > 0);
}

/** Open requests of all running invocations; undefined while one of them has something to run. */
function openRequestsWhenIdle({ busyEnvironments }: LambdaFunction): number | undefined {
  let sum = 0;
  for (const { openRequestsWhenIdle: open } of busyEnvironments) {
    if (open === undefined) return undefined;
    sum += open;
  }
  return sum;
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
