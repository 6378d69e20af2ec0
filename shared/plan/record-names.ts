import { reverseDnsName } from '../model/dns-name.ts';
import type { Observed, ObservedInstance, ObservedName, Role } from '../model/observed.ts';
import type { RecordSet } from '../model/record-set.ts';
import { isSameRecordSet, nameKey, pointsTo, recordKey } from '../model/record-set.ts';
import type { RoleState, SlotState } from '../model/role-state.ts';
import { slotsOf } from '../model/role-state.ts';
import { recordIdentities, recordIdentity, reverseZoneOf } from './desired-records.ts';
import { StandingRecords } from './standing-records.ts';

/**
 * Whether Route 53 has to be read to plan this role: a slot that is held lacks a record that was never written, or a claim
 * may have changed records and was not settled. Otherwise the state says what was written, and the exact-value batch proves
 * it; so it does when a slot of a group gets its first holder beside others.
 */
export function needsRecords(role: Role, state: RoleState): boolean {
  if (state.slots.some(({ intent }) => intent.some((change) => change.kind === 'change-record'))) return true;
  const slots = slotsOf(state, role.spec.slots).filter(({ slot }) => slot < role.spec.slots);
  const held = slots.filter(({ holder }) => holder !== undefined);
  return (held.length === 0 ? slots : held).some((slot) => lacksRecord(role, slot));
}

function lacksRecord(role: Role, { slot, written }: SlotState): boolean {
  const known = new Set(written.records.map(recordKey));
  return role.spec.records.some((spec) => {
    const identity = recordIdentity(role, spec, slot);
    if (!known.has(recordKey(identity))) return true;
    return spec.reverse && !written.records.some((record) => pointsTo(record, identity.name));
  });
}

type NameInZone = Pick<ObservedName, 'zoneId' | 'name'>;

/**
 * Every name that has to be read to know all records of a role: those of the spec in all slots, those that were written for
 * an earlier spec or holder, or meant to be, and the PTR records of the holders' addresses, as far as they were `seen`.
 */
export function recordNames(
  role: Role,
  state: RoleState,
  seen: Pick<Observed, 'instances' | 'elasticIps'> = { instances: [], elasticIps: [] },
): readonly NameInZone[] {
  const all: readonly NameInZone[] = [
    ...recordIdentities(role),
    ...state.slots.flatMap(recordsOf),
    ...pointerNames(role, state, seen),
  ];
  return [...new Map(all.map(({ zoneId, name }) => [nameKey({ zoneId, name }), { zoneId, name }])).values()];
}

function recordsOf({ written, intent, late = [] }: SlotState): readonly RecordSet[] {
  const meant = [...intent, ...late].flatMap((change) =>
    change.kind === 'change-record' ? [change.before ?? [], change.after ?? []].flat() : [],
  );
  return [...written.records, ...meant];
}

function pointerNames(
  role: Role,
  { slots }: RoleState,
  { instances, elasticIps }: Pick<Observed, 'instances' | 'elasticIps'>,
): readonly NameInZone[] {
  if (!role.spec.records.some(({ reverse }) => reverse)) return [];
  const holders = new Set(slots.map(({ holder }) => holder));
  const addresses = [
    ...instances.filter(({ instanceId }) => holders.has(instanceId)).flatMap(addressesOf),
    ...elasticIps
      .filter(({ association }) => association?.instanceId && holders.has(association.instanceId))
      .map(({ publicIp }) => publicIp),
  ];
  return addresses.flatMap((address) => {
    const name = reverseDnsName(address);
    const zone = reverseZoneOf(role, name);
    return zone === undefined ? [] : { zoneId: zone.zoneId, name };
  });
}

function addressesOf({ privateIps, publicIp, attachments }: ObservedInstance): readonly string[] {
  const ipv6s = attachments.flatMap((each) => each.ipv6s);
  return [...privateIps.map(({ privateIp }) => privateIp), ...(publicIp ? [publicIp] : []), ...ipv6s];
}

/** Whether all that stands at the names is exactly what was written there. */
export function areAsWritten({ slots }: RoleState, names: readonly ObservedName[]): boolean {
  const written = Map.groupBy(
    slots.flatMap((slot) => slot.written.records),
    nameKey,
  );
  return names.every((each) => {
    const its = written.get(nameKey(each)) ?? [];
    const isThere = (record: RecordSet) => each.records.some((found) => isSameRecordSet(found, record));
    return each.foreign.length === 0 && each.records.length === its.length && its.every(isThere);
  });
}

/**
 * Records that stand exactly as a slot wrote them, or as a claim that nobody settled meant to write them; without a read,
 * those that it wrote.
 */
export function recordsThere(
  slot: SlotState,
  names: readonly ObservedName[] | undefined,
): readonly RecordSet[] {
  return new StandingRecords([slot], names).of(slot);
}
