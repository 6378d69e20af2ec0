interface Planned {
  cancel(): void;
}

const longestDelayMs = 2 ** 31 - 1;
let lastId = 0;

/** Node's `Timeout`, on virtual time. @see https://nodejs.org/api/timers.html#class-timeout */
export class VirtualTimeout {
  readonly #id = ++lastId;
  readonly #plan: (delayMs: number, task: () => void) => Planned;
  readonly #byId: Map<number, VirtualTimeout>;
  readonly #isRepeated: boolean;
  readonly #delayMs: number;
  readonly #callback: () => void;
  #planned: Planned | undefined;
  #isRef = true;

  constructor(
    plan: (delayMs: number, task: () => void) => Planned,
    byId: Map<number, VirtualTimeout>,
    isRepeated: boolean,
    delayMs: number | undefined,
    callback: () => void,
  ) {
    this.#plan = plan;
    this.#byId = byId;
    this.#isRepeated = isRepeated;
    const wanted = Number(delayMs);
    this.#delayMs = wanted >= 1 && wanted <= longestDelayMs ? Math.trunc(wanted) : 1;
    this.#callback = callback;
    this.#start();
  }

  close(): this {
    this.#planned?.cancel();
    this.#planned = undefined;
    this.#byId.delete(this.#id);
    return this;
  }

  refresh(): this {
    this.#start();
    return this;
  }

  ref(): this {
    this.#isRef = true;
    return this;
  }

  unref(): this {
    this.#isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.#isRef;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #start(): void {
    this.#planned?.cancel();
    this.#byId.set(this.#id, this);
    const planned = this.#plan(this.#delayMs, () => {
      // Between being due and having its turn it may have been closed or started again.
      if (this.#planned !== planned) return;
      if (this.#isRepeated) this.#start();
      else this.close();
      this.#callback();
    });
    this.#planned = planned;
  }
}
