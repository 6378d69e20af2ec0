/** What every kept thing has: an id that never changes and is never given out again. */
export interface Kept {
  readonly id: string;
}

/** What a shelf needs to know of time: now, and how long the next write stays unseen (both in milliseconds). */
export interface Freshness {
  readonly now: () => number;
  readonly nextDelayMs: () => number;
}

interface Past<T> {
  readonly seenFromMs: number;
  readonly before: T | undefined;
}

/**
 * The resources of one kind, as immutable snapshots: a write replaces the whole snapshot.
 *
 * Writes are decided on the real state (`get`, `all`). Describe calls read what AWS's eventual consistency lets
 * them see (`seen`, `allSeen`): each write shows only after its own delay, so that a fresh id is unknown for a
 * while and a removed resource lingers. Cost of a write: O(1) plus its index keys.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export class Shelf<T extends Kept> {
  readonly #freshness: Freshness;
  readonly #current = new Map<string, T>();
  readonly #pasts = new Map<string, Past<T>[]>();
  readonly #serials = new Map<string, number>();
  readonly #indexes: {
    readonly keysOf: (item: T) => readonly string[];
    readonly ids: Map<string, string>;
  }[] = [];
  #nextSerial = 1;

  constructor(freshness: Freshness) {
    this.#freshness = freshness;
  }

  /**
   * A unique index over the real state: key to resource id. A write that would put two resources under one key
   * throws, because the caller then broke an invariant of EC2.
   */
  indexBy(keysOf: (item: T) => readonly string[]): ReadonlyMap<string, string> {
    const ids = new Map<string, string>();
    this.#indexes.push({ keysOf, ids });
    return ids;
  }

  get size(): number {
    return this.#current.size;
  }

  get(id: string): T | undefined {
    return this.#current.get(id);
  }

  all(): IterableIterator<T> {
    return this.#current.values();
  }

  put(item: T): void {
    const before = this.#current.get(item.id);
    this.#reindex(item.id, before, item);
    this.#remember(item.id, before);
    this.#current.set(item.id, item);
    if (before === undefined) this.#serials.set(item.id, this.#nextSerial++);
  }

  remove(id: string): void {
    const before = this.#current.get(id);
    if (before === undefined) return;
    this.#reindex(id, before, undefined);
    this.#remember(id, before);
    this.#current.delete(id);
    if (!this.#pasts.has(id)) this.#serials.delete(id);
  }

  /** What a Describe call sees of one id. */
  seen(id: string): T | undefined {
    const pasts = this.#pasts.size === 0 ? undefined : this.#pasts.get(id);
    if (pasts === undefined) return this.#current.get(id);
    this.#forget(id, pasts);
    const oldest = pasts[0];
    return oldest === undefined ? this.#current.get(id) : oldest.before;
  }

  /** What a Describe call sees, in order of creation. */
  *allSeen(): IterableIterator<T> {
    if (this.#pasts.size === 0) {
      yield* this.#current.values();
      return;
    }
    const lingering = [...this.#pasts.keys()].filter((id) => !this.#current.has(id));
    const ids = lingering.length === 0 ? this.#current.keys() : this.#inOrder(lingering);
    for (const id of ids) {
      const item = this.seen(id);
      if (item !== undefined) yield item;
    }
  }

  /** Grows with creation; the same for the life of a resource. Pages are cut by it. */
  serialOf(id: string): number {
    return this.#serials.get(id) ?? 0;
  }

  #inOrder(lingering: readonly string[]): string[] {
    return [...this.#current.keys(), ...lingering].sort((a, b) => this.serialOf(a) - this.serialOf(b));
  }

  #remember(id: string, before: T | undefined): void {
    const delayMs = this.#freshness.nextDelayMs();
    if (delayMs <= 0) {
      this.#pasts.delete(id);
      return;
    }
    const past: Past<T> = { seenFromMs: this.#freshness.now() + delayMs, before };
    const pasts = this.#pasts.get(id);
    if (pasts === undefined) this.#pasts.set(id, [past]);
    else pasts.push(past);
  }

  /** Drops the pasts that no read can see any more: all up to the latest write that shows by now. */
  #forget(id: string, pasts: Past<T>[]): void {
    const nowMs = this.#freshness.now();
    const latestShown = pasts.findLastIndex((past) => past.seenFromMs <= nowMs);
    pasts.splice(0, latestShown + 1);
    if (pasts.length > 0) return;
    this.#pasts.delete(id);
    if (!this.#current.has(id)) this.#serials.delete(id);
  }

  #reindex(id: string, before: T | undefined, after: T | undefined): void {
    for (const { keysOf, ids } of this.#indexes) {
      const keys = after === undefined ? [] : keysOf(after);
      for (const key of keys) {
        const holder = ids.get(key);
        if (holder !== undefined && holder !== id)
          throw new Error(`${key} is held by both ${holder} and ${id}`);
      }
      if (before !== undefined) for (const key of keysOf(before)) ids.delete(key);
      for (const key of keys) ids.set(key, id);
    }
  }
}
