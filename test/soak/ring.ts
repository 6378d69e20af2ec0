/** The last of what was pushed. */
export class Ring<One> {
  readonly #max: number;
  readonly #all: One[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  push(one: One): void {
    this.#all.push(one);
    if (this.#all.length > this.#max) this.#all.shift();
  }

  /** Oldest first. */
  all(): readonly One[] {
    return this.#all;
  }
}
