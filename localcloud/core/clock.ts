import { TimeHeap } from './time-heap.ts';

/** A planned call; `cancel` is a no-op once it has run. */
export interface Timer {
  cancel(): void;
}

/**
 * The one source of time in localcloud. Everything that AWS does "after a while" is scheduled here, so that a
 * virtual clock can make an hour pass in no time and in the same order every run.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; never synchronously. */
  after(delayMs: number, task: () => void): Timer;
}

/** Wall-clock time; timers do not keep the program alive. */
export class RealClock implements Clock {
  now(): number {
    return Date.now();
  }

  after(delayMs: number, task: () => void): Timer {
    const timer = setTimeout(task, Math.max(0, delayMs));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  }
}

interface Planned {
  readonly task: () => void;
  isCancelled: boolean;
}

/** Time that stands still until somebody advances it. Tasks run in due order, ties in the order they were planned. */
export class VirtualClock implements Clock {
  #nowMs: number;
  // A heap: worlds of 10,000 instances plan tens of thousands of timers.
  readonly #planned = new TimeHeap<Planned>();

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): Timer {
    const planned: Planned = { task, isCancelled: false };
    this.#planned.push(this.#nowMs + Math.max(0, delayMs), planned);
    return {
      cancel: () => {
        planned.isCancelled = true;
      },
    };
  }

  /** When the next task is due, in milliseconds since the epoch; undefined when nothing is planned. */
  nextDueMs(): number | undefined {
    while (this.#planned.peek()?.isCancelled) this.#planned.pop();
    return this.#planned.nextMs;
  }

  /** Runs everything due up to and including `timeMs`, then stands at `timeMs`. */
  advanceTo(timeMs: number): void {
    for (let due = this.nextDueMs(); due !== undefined && due <= timeMs; due = this.nextDueMs()) {
      this.#nowMs = Math.max(this.#nowMs, due);
      this.#planned.pop()?.task();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  advanceBy(durationMs: number): void {
    this.advanceTo(this.#nowMs + durationMs);
  }
}
