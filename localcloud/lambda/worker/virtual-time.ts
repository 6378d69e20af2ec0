import { createRequire, syncBuiltinESMExports } from 'node:module';
import { VirtualClock } from '../../core/clock.ts';
import { VirtualTimeout } from './virtual-timeout.ts';

/** Time inside a worker, as the runtime sees and steers it. */
export interface VirtualTime {
  now(): number;
  /** When the next timer is due, in milliseconds since the epoch; undefined when none is planned. */
  nextTimerMs(): number | undefined;
  /** Hands every timer that is due to the event loop. */
  runDueTimers(): void;
  /** Immediates of the function that have not run yet. */
  pendingImmediates(): number;
}

const realSetImmediate = globalThis.setImmediate;
const realClearImmediate = globalThis.clearImmediate;

/**
 * Makes every way in which a program tells or waits for time follow the shared clock: `Date`, `performance.now`,
 * `process.hrtime`, timers (global, `node:timers`, `node:timers/promises`) and `AbortSignal.timeout`. Must run before
 * the function's module is loaded. Node's own inner timers (sockets) stay real.
 */
export function installVirtualTime(shared: SharedArrayBuffer): VirtualTime {
  const view = new BigInt64Array(shared);
  const now = (): number => Number(Atomics.load(view, 0));
  const clock = new VirtualClock(now());
  const immediates = new Set<NodeJS.Immediate>();

  const plan = (delayMs: number, task: () => void) =>
    // An immediate of its own for each timer lets promise callbacks run between two timers, as Node does.
    clock.after(now() + delayMs - clock.now(), () => void realSetImmediate(task));
  installDate(now);
  installCounters(now);
  installTimers(plan);
  installImmediates(immediates);
  syncBuiltinESMExports();

  return {
    now,
    nextTimerMs: () => clock.nextDueMs(),
    runDueTimers: () => clock.advanceTo(now()),
    pendingImmediates: () => immediates.size,
  };
}

function installDate(now: () => number): void {
  const virtualDate: DateConstructor = new Proxy(Date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === virtualDate ? target : newTarget,
      ),
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Date.prototype.constructor = virtualDate;
  globalThis.Date = virtualDate;
}

function installCounters(now: () => number): void {
  const startMs = now();
  const elapsedMs = (): number => now() - startMs;
  Object.defineProperty(performance, 'now', { value: elapsedMs, configurable: true });
  Object.defineProperty(performance, 'timeOrigin', { value: startMs, configurable: true });
  const bigint = (): bigint => BigInt(elapsedMs()) * 1_000_000n;
  const hrtime = (earlier?: readonly [number, number]): [number, number] => {
    const nanoseconds = bigint() - (earlier ? BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]) : 0n);
    return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
  };
  process.hrtime = Object.assign(hrtime, { bigint });
}

type Plan = (delayMs: number, task: () => void) => { cancel(): void };

function installTimers(plan: Plan): void {
  const byId = new Map<number, VirtualTimeout>();
  const start =
    (isRepeated: boolean) =>
    (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): VirtualTimeout =>
      new VirtualTimeout(plan, byId, isRepeated, delayMs, () => callback(...args));
  const clear = (timer: unknown): void => {
    if (timer instanceof VirtualTimeout) timer.close();
    else byId.get(Number(timer))?.close();
  };
  const timeout = start(false);
  const promised = promisedTimers(timeout);
  const promisify = Symbol.for('nodejs.util.promisify.custom');
  const timers = {
    setTimeout: Object.assign(timeout, { [promisify]: promised.setTimeout }),
    setInterval: start(true),
    clearTimeout: clear,
    clearInterval: clear,
  };
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, timers);
  Object.assign(require('node:timers') as object, timers);
  const promises = require('node:timers/promises') as { scheduler: object };
  Object.assign(promises, promised);
  Object.defineProperty(promises.scheduler, 'wait', {
    value: (delayMs: number, options?: object) => promised.setTimeout(delayMs, undefined, options),
  });
  AbortSignal.timeout = (delayMs) => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    timeout(() => controller.abort(reason), delayMs);
    return controller.signal;
  };
}

interface PromiseOptions {
  readonly signal?: AbortSignal;
}

function promisedTimers(timeout: (callback: () => void, delayMs?: number) => VirtualTimeout) {
  const wait = (delayMs?: number, value?: unknown, { signal }: PromiseOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        timer.close();
        reject(
          Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
            name: 'AbortError',
            code: 'ABORT_ERR',
          }),
        );
      };
      const timer = timeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      }, delayMs);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  async function* repeat(delayMs?: number, value?: unknown, options?: PromiseOptions) {
    for (;;) yield await wait(delayMs, value, options);
  }
  return { setTimeout: wait, setInterval: repeat };
}

/** Immediates stay real; they are only counted. */
function installImmediates(pending: Set<NodeJS.Immediate>): void {
  const set = (callback: (...args: unknown[]) => void, ...args: unknown[]): NodeJS.Immediate => {
    const immediate = realSetImmediate(() => {
      pending.delete(immediate);
      callback(...args);
    });
    pending.add(immediate);
    return immediate;
  };
  const clear = (immediate: NodeJS.Immediate | undefined): void => {
    if (immediate !== undefined) pending.delete(immediate);
    realClearImmediate(immediate);
  };
  Object.assign(globalThis, { setImmediate: set, clearImmediate: clear });
}
