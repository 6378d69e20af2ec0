import type { Change } from '../shared/model/change.ts';
import type { HostedZoneId } from '../shared/model/ids.ts';
import type { Observed, Role } from '../shared/model/observed.ts';
import type { RecordContent, RecordIdentity } from '../shared/model/record-set.ts';
import { recordKey } from '../shared/model/record-set.ts';
import type { SlotState } from '../shared/model/role-state.ts';
import { recordIdentity } from '../shared/plan/desired-records.ts';

/** What DNS holds at a record of a slot now. */
export interface RecordStanding extends Pick<RecordIdentity, 'name' | 'type' | 'zoneId'> {
  /** The name of the zone, or its id where the spec names it by that. */
  readonly zone: string;
  readonly setIdentifier: string | undefined;
  /** Undefined when there is no such record. */
  readonly content: RecordContent | undefined;
  /** Whether the next reconcile leaves it as it is. */
  readonly isToStay: boolean;
}

/** The records of the spec in one slot, and what the slot wrote beside them: PTR records, and what is to go. */
export function recordStandings(
  { role, names }: Observed,
  { slot, written }: SlotState,
  changes: readonly Change[],
): readonly RecordStanding[] {
  const read = names?.flatMap(({ records }) => records) ?? written.records;
  const current = new Map(read.map((record) => [recordKey(record), record]));
  const changing = new Set(changes.flatMap(keysOf));
  const ofSpec = role.spec.records.map((spec) => recordIdentity(role, spec, slot));
  const known = new Set(ofSpec.map(recordKey));
  const others = written.records.filter((record) => {
    const key = recordKey(record);
    return !known.has(key) && (current.has(key) || changing.has(key));
  });
  return [...ofSpec, ...others].map((identity) => {
    const key = recordKey(identity);
    const record = current.get(key);
    const { zoneId, name, type, routing } = identity;
    return {
      zoneId,
      zone: zoneName(role, zoneId),
      name,
      type,
      setIdentifier: routing?.setIdentifier,
      content: record?.content,
      isToStay: record !== undefined && !changing.has(key),
    };
  });
}

function keysOf(change: Change): readonly string[] {
  if (change.kind !== 'change-record') return [];
  return [change.before, change.after].flatMap((record) => (record === undefined ? [] : [recordKey(record)]));
}

/** How the operator calls a zone; its id where they do not. */
export function zoneName({ zoneIds, reverseZones }: Role, zoneId: HostedZoneId): string {
  const named = Object.entries(zoneIds).find(([name, id]) => id === zoneId && name !== id);
  return named?.[0] ?? reverseZones.find((each) => each.zoneId === zoneId)?.name ?? zoneId;
}

/** Words in which zones have the names that the operator gave them. */
export function withZoneNames(role: Role, words: string): string {
  const ids = [...Object.values(role.zoneIds), ...role.reverseZones.map(({ zoneId }) => zoneId)];
  return [...new Set(ids)].reduce((text, id) => {
    const name = zoneName(role, id);
    return name === id ? text : text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), name);
  }, words);
}
