import type { ChangeRecord } from '../model/change.ts';
import type { ObservedName, Role } from '../model/observed.ts';
import type { RecordSet } from '../model/record-set.ts';
import { describeRecordSet, isSameRecordSet, recordKey } from '../model/record-set.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { RoleState, SlotState } from '../model/role-state.ts';
import { slotOf } from '../model/role-state.ts';
import type { DesiredRecord } from './desired-records.ts';
import { recordIdentity } from './desired-records.ts';

export interface RecordsPlan {
  readonly changes: readonly ChangeRecord[];
  readonly standing: readonly RecordSet[];
  readonly refusals: readonly Refusal[];
}

/**
 * Whether Route 53 has to be read to plan this role: a name that was never written, or a claim that may have changed
 * records and was not settled. Otherwise the state says what was written, and the exact-value batch proves it.
 */
export function needsRecords(role: Role, state: RoleState): boolean {
  const { written, intent } = slotOf(state, 0);
  const known = new Set(written.records.map(recordKey));
  return (
    intent.some((change) => change.kind === 'change-record') ||
    role.spec.records.some((spec) => !known.has(recordKey(recordIdentity(role, spec))))
  );
}

/**
 * The changes that make the records of the role what they should be: none for what is right, an exact replacement for
 * what is ours, a refusal for what is not. `names` is what Route 53 holds, or undefined to go by what was written.
 */
export function planRecords(
  role: Role,
  slot: SlotState,
  desired: readonly DesiredRecord[],
  names: readonly ObservedName[] | undefined,
): RecordsPlan {
  const ours = oursOf(slot);
  const parts = desired.map((each) => planRecord(slot, each, names, ours));
  return {
    changes: [...unwanted(role, slot, names), ...parts.flatMap(({ changes = [] }) => changes)],
    standing: parts.flatMap(({ standing = [] }) => standing),
    refusals: parts.flatMap(({ refusals = [] }) => refusals),
  };
}

/** One record: standing, to be changed, or refused. */
function planRecord(
  slot: SlotState,
  { spec, desired: after }: DesiredRecord,
  names: readonly ObservedName[] | undefined,
  ours: readonly RecordSet[],
): Partial<RecordsPlan> {
  if ('code' in after) return { refusals: [after] };
  const before = names === undefined ? lastWritten(slot, after) : found(names, after);
  if (before !== undefined && isSameRecordSet(before, after)) return { standing: [after] };
  const obstacle = names === undefined ? undefined : obstacleAt(names, after, spec.adopt ? 'adopt' : ours);
  if (obstacle !== undefined) return { refusals: [obstacle] };
  if (before === undefined) {
    return { changes: [...inTheWay(names, after, ours), { kind: 'change-record', after }] };
  }
  const isOurs = spec.adopt || names === undefined || ours.some((each) => isSameRecordSet(each, before));
  if (!isOurs) return { refusals: [notOurs(describeRecordSet(before), after)] };
  return { changes: [{ kind: 'change-record', before, after }] };
}

/** Everything that an unsettled or settled claim of this role may have put there. */
function oursOf({ written, intent }: SlotState): readonly RecordSet[] {
  const meant = intent.flatMap((change) =>
    change.kind === 'change-record' ? [change.before, change.after] : [],
  );
  return [...written.records, ...meant.filter((each) => each !== undefined)];
}

function lastWritten(slot: SlotState, record: RecordSet): RecordSet | undefined {
  return slot.written.records.find((each) => recordKey(each) === recordKey(record));
}

function nameAt(names: readonly ObservedName[], { zoneId, name }: RecordSet): ObservedName | undefined {
  return names.find((each) => each.zoneId === zoneId && each.name === name);
}

function found(names: readonly ObservedName[], record: RecordSet): RecordSet | undefined {
  return nameAt(names, record)?.records.find((each) => each.type === record.type);
}

/** What stands at the name and can neither be replaced nor stay beside the record: routed records, aliases, CNAMEs. */
function obstacleAt(
  names: readonly ObservedName[],
  after: RecordSet,
  ours: readonly RecordSet[] | 'adopt',
): Refusal | undefined {
  const at = nameAt(names, after);
  const foreign = at?.foreign.find((each) => each.type === after.type || excludes(each.type, after.type));
  if (foreign !== undefined) return neverOurs(foreign.description, after);
  if (ours === 'adopt') return undefined;
  const other = at?.records.find(
    (each) => excludes(each.type, after.type) && !ours.some((mine) => isSameRecordSet(mine, each)),
  );
  return other === undefined ? undefined : notOurs(describeRecordSet(other), after);
}

/** A CNAME stands alone at its name (RFC 1034, section 3.6.2). */
function excludes(a: string, b: string): boolean {
  return a !== b && (a === 'CNAME' || b === 'CNAME');
}

function notOurs(description: string, after: RecordSet): Refusal {
  return {
    code: 'RecordNotOurs',
    words: `${after.name} in ${after.zoneId} is "${description}", which Understudy did not write; adopt: true on the record would replace it`,
  };
}

/** An exact replacement would need what is not read of aliases and routed records, so they are not even adopted. */
function neverOurs(description: string, after: RecordSet): Refusal {
  return {
    code: 'RecordNotOurs',
    words: `${after.name} in ${after.zoneId} is "${description}", which is not a record of Understudy's kinds; delete it by hand`,
  };
}

/** A record to adopt that cannot stay beside the one that is wanted; ours are deleted as unwanted already. */
function inTheWay(
  names: readonly ObservedName[] | undefined,
  after: RecordSet,
  ours: readonly RecordSet[],
): readonly ChangeRecord[] {
  const records = (names === undefined ? undefined : nameAt(names, after))?.records ?? [];
  return records
    .filter((each) => excludes(each.type, after.type) && !ours.some((mine) => isSameRecordSet(mine, each)))
    .map((before) => ({ kind: 'change-record', before }));
}

/** What we wrote and the spec no longer names: deleted while it is still exactly as we wrote it. */
function unwanted(
  role: Role,
  slot: SlotState,
  names: readonly ObservedName[] | undefined,
): readonly ChangeRecord[] {
  const wanted = new Set(role.spec.records.map((spec) => recordKey(recordIdentity(role, spec))));
  return recordsThere(slot, names)
    .filter((record) => !wanted.has(recordKey(record)))
    .map((before) => ({ kind: 'change-record', before }));
}

/** Records that stand exactly as we wrote them, or as a claim that nobody settled meant to write them. */
export function recordsThere(
  { written, intent }: SlotState,
  names: readonly ObservedName[] | undefined,
): readonly RecordSet[] {
  if (names === undefined) return written.records;
  const meant = intent.flatMap((change) => (change.kind === 'change-record' ? (change.after ?? []) : []));
  const there = [...written.records, ...meant].filter((record) => {
    const current = found(names, record);
    return current !== undefined && isSameRecordSet(current, record);
  });
  return [...new Map(there.map((record) => [recordKey(record), record])).values()];
}
