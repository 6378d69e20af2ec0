interface Entry<Item> {
  readonly timeMs: number;
  readonly order: number;
  readonly item: Item;
}

/** A priority queue by time; what was pushed first comes first among equals. Push and pop are O(log n). */
export class TimeHeap<Item> {
  #order = 0;
  readonly #entries: Entry<Item>[] = [];

  /** The earliest time, in milliseconds since the epoch; undefined when empty. */
  get nextMs(): number | undefined {
    return this.#entries[0]?.timeMs;
  }

  /** The item with the earliest time, left in place. */
  peek(): Item | undefined {
    return this.#entries[0]?.item;
  }

  push(timeMs: number, item: Item): void {
    const entries = this.#entries;
    const entry = { timeMs, order: this.#order++, item };
    let index = entries.length;
    for (; index > 0; index = (index - 1) >> 1) {
      const parent = entries[(index - 1) >> 1];
      if (parent === undefined || isBefore(parent, entry)) break;
      entries[index] = parent;
    }
    entries[index] = entry;
  }

  pop(): Item | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const moved = entries.pop();
    if (moved === undefined || entries.length === 0) return first?.item;
    let index = 0;
    for (;;) {
      const [left, right] = [entries[2 * index + 1], entries[2 * index + 2]];
      const isRight = left !== undefined && right !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(moved, child)) break;
      entries[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    entries[index] = moved;
    return first?.item;
  }

  clear(): void {
    this.#entries.length = 0;
  }
}

function isBefore<Item>(one: Entry<Item>, other: Entry<Item>): boolean {
  return one.timeMs < other.timeMs || (one.timeMs === other.timeMs && one.order < other.order);
}
