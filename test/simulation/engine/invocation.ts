import { AsyncLocalStorage } from 'node:async_hooks';
import type { VirtualTime } from './virtual-time.ts';

/** One run of a function. When it is killed, nothing that it waits for ever comes back. */
export class Invocation {
  readonly id: string;
  /** Whose: with two stacks by mistake there are two controllers. */
  readonly controller: string;
  readonly deadlineMs: number;
  /** How far the clock of its machine is ahead. */
  readonly skewMs: number;
  readonly #time: VirtualTime;
  readonly #onKill: (reason: string) => void;
  #isDead = false;
  #frozenUntilMs = 0;

  constructor(
    identity: Pick<Invocation, 'id' | 'controller' | 'deadlineMs' | 'skewMs'>,
    time: VirtualTime,
    onKill: (reason: string) => void,
  ) {
    this.id = identity.id;
    this.controller = identity.controller;
    this.deadlineMs = identity.deadlineMs;
    this.skewMs = identity.skewMs;
    this.#time = time;
    this.#onKill = onKill;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Until when its machine stands still, or stood last; 0 of one that never did. */
  get frozenUntilMs(): number {
    return this.#frozenUntilMs;
  }

  /** Ends it at whatever it is waiting for. */
  kill(reason: string): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#onKill(reason);
  }

  /** It has come to its end by itself. */
  end(): void {
    this.#isDead = true;
  }

  /** Its machine stands still: it notices nothing until then. */
  freeze(durationMs: number): void {
    this.#frozenUntilMs = this.#time.now() + durationMs;
  }

  /** Goes on when it may: at once, when its machine runs again, or never. */
  async goOn(): Promise<void> {
    while (!this.#isDead && this.#time.now() < this.#frozenUntilMs) {
      await this.#time.sleep(this.#frozenUntilMs - this.#time.now());
    }
    // One of its own, that nobody else holds: what waits for it is over, and goes with it.
    if (this.#isDead) await new Promise<never>(() => undefined);
  }

  async sleep(durationMs: number): Promise<void> {
    await this.#time.sleep(durationMs);
    await this.goOn();
  }
}

/** Tells whose code is running; nothing outside of invocations. */
export const currentInvocation = new AsyncLocalStorage<Invocation>();
