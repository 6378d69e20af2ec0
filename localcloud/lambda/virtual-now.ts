import type { Clock } from '../core/clock.ts';

/** A virtual clock's time where workers can read it. */
export class VirtualNow {
  readonly shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  readonly #clock: Clock;
  readonly #view = new BigInt64Array(this.shared);

  constructor(clock: Clock) {
    this.#clock = clock;
    this.update();
  }

  /** To be called whenever time has moved and before each message to a worker. */
  update(): void {
    Atomics.store(this.#view, 0, BigInt(Math.floor(this.#clock.now())));
  }
}
