import type { DomainName } from './domain-name.ts';
import { type RecordSet, recordKey, recordKeyPrefix } from './record-set.ts';
import { SortedKeys } from './sorted-keys.ts';

/** The record sets of one zone: by key, by name, by name and type, and in ListResourceRecordSets' order. */
export class RecordSets {
  readonly #byKey = new Map<string, RecordSet>();
  readonly #keys = new SortedKeys();

  get size(): number {
    return this.#byKey.size;
  }

  /** The record set with the same name, type and set identifier. */
  get(key: string): RecordSet | undefined {
    return this.#byKey.get(key);
  }

  /** Adds a record set, or replaces the one with its key. */
  put(recordSet: RecordSet): void {
    const key = recordKey(recordSet);
    this.#byKey.set(key, recordSet);
    this.#keys.add(key);
  }

  delete(key: string): void {
    this.#byKey.delete(key);
    this.#keys.delete(key);
  }

  /** All record sets in order, from the first whose key is at or after `start`. */
  from(start: string): Iterable<RecordSet> {
    return this.#resolve(this.#keys.from(start));
  }

  /** The record sets of a name, or of a name and type. */
  of(name: DomainName, type?: string): readonly RecordSet[] {
    return [...this.#resolve(this.#keys.startingWith(recordKeyPrefix(name, type)))];
  }

  /** Whether the name has records or anything lies below it, so that it exists in the DNS. */
  hasNameOrBelow(name: DomainName): boolean {
    return !this.#keys.startingWith(name.sortKey).next().done;
  }

  *#resolve(keys: Iterable<string>): Generator<RecordSet, void> {
    for (const key of keys) {
      const recordSet = this.#byKey.get(key);
      if (recordSet !== undefined) yield recordSet;
    }
  }
}
