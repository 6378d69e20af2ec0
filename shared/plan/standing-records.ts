import type { ObservedName } from '../model/observed.ts';
import type { ForeignRecordSet, RecordIdentity, RecordSet } from '../model/record-set.ts';
import { isSameRecordSet, nameKey, recordKey } from '../model/record-set.ts';
import type { SlotState } from '../model/role-state.ts';

/** Record sets at one name, by their keys. */
interface NameIndex {
  readonly records: ReadonlyMap<string, RecordSet>;
  readonly strangers: readonly RecordSet[];
  /** What an unsettled claim meant to replace or delete, and did not write: adopted, once. */
  readonly condemned: readonly RecordSet[];
  readonly foreign: readonly ForeignRecordSet[];
}

/**
 * What stands at the names of a role, and what of it is ours: what any of its slots wrote, or meant to write or replace and
 * nobody settled. A name that was not read is taken to be as it was written; the exact-value batch proves it.
 */
export class StandingRecords {
  readonly #read: ReadonlyMap<string, NameIndex>;
  readonly #written: ReadonlyMap<string, RecordSet>;

  constructor(slots: readonly SlotState[], names: readonly ObservedName[] | undefined) {
    this.#written = byKey(slots.flatMap(({ written }) => written.records));
    const isWritten = membership(slots.flatMap((slot) => [...slot.written.records, ...meantBy(slot)]));
    const isCondemned = membership(slots.flatMap(meantAwayBy));
    this.#read = new Map(
      names?.map((name) => {
        const others = name.records.filter((each) => !isWritten(each));
        return [
          nameKey(name),
          {
            records: byKey(name.records),
            strangers: others.filter((each) => !isCondemned(each)),
            condemned: others.filter(isCondemned),
            foreign: name.foreign,
          },
        ];
      }),
    );
  }

  /** The record set of this identity. */
  at(identity: RecordIdentity): RecordSet | undefined {
    const name = this.#read.get(nameKey(identity));
    return (name?.records ?? this.#written).get(recordKey(identity));
  }

  /** What stands at the name and none of our slots wrote; nothing where it was not read. */
  othersAt(identity: RecordIdentity): Omit<NameIndex, 'records'> {
    return this.#read.get(nameKey(identity)) ?? { strangers: [], condemned: [], foreign: [] };
  }

  /** What a slot wrote, or meant to write and nobody settled, and which still stands exactly so. As it was found. */
  of(slot: SlotState): readonly RecordSet[] {
    const meant = meantBy(slot).filter((record) => this.#read.has(nameKey(record)));
    const there = [...slot.written.records, ...meant].flatMap((record) => {
      const found = this.at(record);
      return found !== undefined && isSameRecordSet(found, record) ? found : [];
    });
    return [...byKey(there).values()];
  }
}

/** The keys of all that a slot wrote, or meant to write and nobody settled. */
export function keysOf(slot: SlotState): readonly string[] {
  return [...slot.written.records, ...meantBy(slot)].map(recordKey);
}

function byKey(records: readonly RecordSet[]): ReadonlyMap<string, RecordSet> {
  return new Map(records.map((record) => [recordKey(record), record]));
}

function membership(records: readonly RecordSet[]): (record: RecordSet) => boolean {
  const all = Map.groupBy(records, recordKey);
  return (record) => all.get(recordKey(record))?.some((each) => isSameRecordSet(each, record)) === true;
}

/** What unsettled claims mean to write, and what earlier ones may still. */
function meantBy({ intent, late = [] }: SlotState): readonly RecordSet[] {
  const changes = [...late, ...intent];
  return changes.flatMap((change) => (change.kind === 'change-record' ? (change.after ?? []) : []));
}

function meantAwayBy({ intent }: SlotState): readonly RecordSet[] {
  return intent.flatMap((change) => (change.kind === 'change-record' ? (change.before ?? []) : []));
}
