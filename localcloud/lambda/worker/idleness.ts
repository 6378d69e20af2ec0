import { watchActivity } from './activity.ts';
import type { IdleMessage } from './messages.ts';
import { installVirtualTime, type VirtualTime } from './virtual-time.ts';

const nextTurn = globalThis.setImmediate;

/** Tells the runtime whenever the worker has run out of things to do, so that it may let virtual time pass. */
export class Idleness {
  readonly #time: VirtualTime;
  readonly #activity;
  readonly #tell: (message: IdleMessage) => void;
  #sequence = 0;
  #turnsLeft = 0;
  #isLoading = true;

  /** Patches time: must be made before the function's module is loaded. */
  constructor(virtualNow: SharedArrayBuffer, tell: (message: IdleMessage) => void) {
    this.#time = installVirtualTime(virtualNow);
    this.#activity = watchActivity(() => this.#check());
    this.#tell = tell;
  }

  /** The module has been loaded: having nothing to do now means that nothing is left to do. */
  endLoading(): void {
    this.#isLoading = false;
    this.#check();
  }

  /** A message came in. Timers that became due meanwhile run first. */
  takeIn(sequence: number): void {
    this.#sequence = sequence;
    this.#time.runDueTimers();
    this.#check();
  }

  /** Two turns of the event loop after the last sign of life let everything that is ready run. */
  #check(): void {
    const isUnderWay = this.#turnsLeft > 0;
    this.#turnsLeft = 2;
    if (!isUnderWay) nextTurn(() => this.#countTurn());
  }

  #countTurn(): void {
    this.#turnsLeft -= 1;
    if (this.#turnsLeft > 0) nextTurn(() => this.#countTurn());
    else this.#conclude();
  }

  #conclude(): void {
    const [openRequests, nextTimerMs] = [this.#activity.openRequests(), this.#time.nextTimerMs()];
    // Loading waits for files without showing it, unless the module itself waits for time or for a response.
    const isReading = this.#isLoading && openRequests === 0 && nextTimerMs === undefined;
    if (isReading || this.#activity.pendingWork() > 0) return;
    if (this.#time.pendingImmediates() > 0) this.#check();
    else this.#tell({ kind: 'idle', sequence: this.#sequence, openRequests, nextTimerMs });
  }
}
