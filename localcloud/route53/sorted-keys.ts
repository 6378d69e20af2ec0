/**
 * Keys in ASCII order: found by binary search, and read onwards from any position. Inserting moves the tail of one
 * packed array of references, which at a zone's 10,000 records costs a microsecond or two.
 */
export class SortedKeys {
  readonly #keys: string[] = [];

  get size(): number {
    return this.#keys.length;
  }

  /** Adds a key; one that is there already stays as it is. */
  add(key: string): void {
    const index = this.#indexOf(key);
    if (this.#keys[index] !== key) this.#keys.splice(index, 0, key);
  }

  /** Removes a key if it is there. */
  delete(key: string): void {
    const index = this.#indexOf(key);
    if (this.#keys[index] === key) this.#keys.splice(index, 1);
  }

  /** The keys at or after `start`, in order. */
  *from(start: string): Generator<string, void> {
    for (let index = this.#indexOf(start); index < this.#keys.length; index++) {
      const key = this.#keys[index];
      if (key !== undefined) yield key;
    }
  }

  /** The keys that begin with `prefix`, in order. */
  *startingWith(prefix: string): Generator<string, void> {
    for (const key of this.from(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  // The position of the first key at or after `key`.
  #indexOf(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
