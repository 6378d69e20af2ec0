import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VirtualClock } from '../../../localcloud/core/clock.ts';

/** The clock of a simulation, and how it goes on: only when nothing is under way that does not wait for it. */
export class VirtualTime {
  readonly clock: VirtualClock;
  #underWay = 0;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  now(): number {
    return this.clock.now();
  }

  sleep(durationMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.clock.after(durationMs, resolve);
    return promise;
  }

  /** Work of the cloud itself that takes turns of the event loop; the clock stands still meanwhile. */
  async standStill<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Lets everything happen that is due up to `untilMs`, each thing coming to rest before the next. */
  async passUntil(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    await this.#untilAtRest();
    for (;;) {
      const dueMs = this.clock.nextDueMs();
      if (isOver()) return;
      if (dueMs === undefined || dueMs > untilMs) break;
      this.clock.advanceTo(dueMs);
      await this.#untilAtRest();
    }
    this.clock.advanceTo(untilMs);
    await this.#untilAtRest();
  }

  async #untilAtRest(): Promise<void> {
    // What runs in promises alone is done within one turn.
    do await nextTurn();
    while (this.#underWay > 0);
  }
}
