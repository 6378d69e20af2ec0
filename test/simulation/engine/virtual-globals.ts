import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import type { Timer } from '../../../localcloud/core/clock.ts';
import type { Random } from '../../../localcloud/core/random.ts';
import { currentInvocation } from './invocation.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What `setTimeout` gives back within an invocation. */
class VirtualTimer {
  readonly #timer: Timer;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  cancel(): void {
    this.#timer.cancel();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

type Task = (...args: unknown[]) => void;

/**
 * Time and chance where libraries take them from the language: the SDK waits between its retries with `setTimeout`, for a
 * time that it draws with `Math.random`; middy ends a function shortly before its timeout. Within invocations both are the
 * simulation's; elsewhere they stay what they are. Disposing puts the real ones back.
 */
export function takeOverGlobals(time: VirtualTime, random: Random): Disposable {
  const real = { setTimeout: timers.setTimeout, clearTimeout: timers.clearTimeout, random: Math.random };
  const virtualSetTimeout = (task: Task, delayMs?: number, ...args: unknown[]): unknown => {
    const invocation = currentInvocation.getStore();
    if (invocation === undefined) return real.setTimeout(task, delayMs, ...args);
    const run = (): void => void invocation.goOn().then(() => task(...args));
    return new VirtualTimer(time.clock.after(delayMs ?? 0, run));
  };
  const virtualClearTimeout = (timer: unknown): void => {
    if (timer instanceof VirtualTimer) timer.cancel();
    else real.clearTimeout(timer as NodeJS.Timeout);
  };
  const virtualRandom = (): number =>
    currentInvocation.getStore() === undefined ? real.random() : random.next();
  use({
    setTimeout: virtualSetTimeout as typeof setTimeout,
    clearTimeout: virtualClearTimeout as typeof clearTimeout,
    random: virtualRandom,
  });
  return { [Symbol.dispose]: () => use(real) };
}

/** For the global names and for those that are imported from `node:timers`. */
function use(functions: {
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly random: typeof Math.random;
}): void {
  Object.assign(timers, { setTimeout: functions.setTimeout, clearTimeout: functions.clearTimeout });
  globalThis.setTimeout = functions.setTimeout;
  globalThis.clearTimeout = functions.clearTimeout;
  Math.random = functions.random;
  syncBuiltinESMExports();
}
