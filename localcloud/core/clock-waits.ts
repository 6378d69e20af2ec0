import type { Clock } from './clock.ts';
import type { Call } from './service.ts';

/**
 * Calls that wait for time to pass rather than work: a long poll, a modelled latency. Whoever advances a virtual clock
 * must know them: a client whose only open calls wait on the clock is idle, all others are not. A function's clients are
 * told apart by invocation: the calls of one that was killed go on waiting, and are nobody's any more.
 */
export class ClockWaits {
  readonly #waiting = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #changes = 0;

  /** Grows with every begin and end: an unchanged number means an unchanged set of waiting calls. */
  get changes(): number {
    return this.#changes;
  }

  /** How many calls of this caller wait now: an invocation by its trace id, anybody else by access key. */
  count(caller: string): number {
    return this.#waiting.get(caller) ?? 0;
  }

  /** Counts one call as waiting until the returned function is called (once is enough, more do nothing). */
  begin({ traceId, accessKeyId }: Pick<Call, 'traceId' | 'accessKeyId'>): () => void {
    const caller = traceId ?? accessKeyId;
    this.#add(caller, 1);
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.#add(caller, -1);
    };
  }

  /** Calls `listener` after each begin and end. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #add(caller: string, difference: 1 | -1): void {
    this.#changes += 1;
    const count = this.count(caller) + difference;
    if (count === 0) this.#waiting.delete(caller);
    else this.#waiting.set(caller, count);
    for (const listener of this.#listeners) listener();
  }
}

const waitsByClock = new WeakMap<Clock, ClockWaits>();

/** The waits on one clock; there is one set of them per clock. */
export function clockWaitsOf(clock: Clock): ClockWaits {
  const waits = waitsByClock.get(clock) ?? new ClockWaits();
  waitsByClock.set(clock, waits);
  return waits;
}
