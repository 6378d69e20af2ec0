import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type { ObservedInstance, ObservedName, Role } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { describeRecordSet } from '../../shared/model/record-set.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../shared/model/role-state.ts';
import type { DesiredRecord } from '../../shared/plan/desired-records.ts';
import { desiredRecords, parkedRecords } from '../../shared/plan/desired-records.ts';
import type { RecordsPlan } from '../../shared/plan/plan-records.ts';
import { planRecords } from '../../shared/plan/plan-records.ts';
import { anInstance, aRecord, aRole, instanceId, roleName, zoneId } from './observed.ts';

/** The role `web`, a group whose slots answer at web.corp.internal, or each at a name of its own. */
export const web = normalizeDnsName('web.corp.internal');
export const aZone = { zone: 'corp.internal', value: 'privateIp' };
export const multivalue = { ...aZone, name: web, routing: 'multivalue' };
export const perSlot = { ...aZone, name: 'web-{slot}.corp.internal' };

/** A group of so many slots, without addresses. */
export function aGroup(slots: number, records: readonly object[] = [multivalue], spec: object = {}): Role {
  return aRole({ slots, addresses: [], records, ...spec }, 'web');
}

/** The answer of a slot in the multivalue set, when the instance of that number holds it. */
export function answer(slot: number, holder: number): RecordSet {
  const routing = { policy: 'multivalue', setIdentifier: `web-${slot}` } as const;
  return aRecord(`10.0.1.${holder}`, { name: web, routing });
}

/** The record of a slot under its own name, when the instance of that number holds it. */
export function named(slot: number, holder: number): RecordSet {
  return aRecord(`10.0.1.${holder}`, { name: normalizeDnsName(`web-${slot}.corp.internal`) });
}

export interface SlotCase {
  readonly slot: number;
  /** The instance that holds it once the plan is done, or its number. */
  readonly holder?: number | ObservedInstance;
  readonly written?: readonly RecordSet[];
}

/** The plan for slots of which everything else is as the test says; `found` is what Route 53 holds. */
export function planGroup(
  role: Role,
  slots: readonly SlotCase[],
  found: readonly RecordSet[] = slots.flatMap(({ written = [] }) => written),
): ReadonlyMap<number, RecordsPlan> {
  const byName = Map.groupBy(found, ({ name }) => name);
  const wanted = new Set([web, ...byName.keys(), ...slots.map(({ slot }) => named(slot, 0).name)]);
  const names = [...wanted].map((name): ObservedName => {
    const records = byName.get(name) ?? [];
    return { zoneId: records[0]?.zoneId ?? zoneId, name, records, foreign: [] };
  });
  const parts = slots.map((each) => ({ slot: slotState(each), desired: desiredOf(role, each) }));
  return planRecords(role, parts, names);
}

function slotState({ slot, written = [] }: SlotCase): SlotState {
  return {
    ...slotOf(noState, slot),
    holder: instanceId(9),
    written: { ...nothingWritten, records: written },
  };
}

function desiredOf(role: Role, { slot, holder }: SlotCase): readonly DesiredRecord[] | 'keep' {
  if (holder === undefined) return role.spec.vacant === 'park' ? parkedRecords(role, slot) : 'keep';
  const source = { elasticIps: [], privateIp: undefined, ipv6: undefined, region: 'eu-west-1' };
  const instance = typeof holder === 'number' ? anInstance(holder) : holder;
  return desiredRecords(role, { ...source, role: roleName('web'), slot, holder: instance });
}

/** All changes in words, `-` for what goes and `+` for what comes, in the order of the slots. */
export function changesOf(plans: ReadonlyMap<number, RecordsPlan>): readonly string[] {
  return [...plans.values()].flatMap(({ changes }) =>
    changes.map(({ before, after }) =>
      [before && `-${short(before)}`, after && `+${short(after)}`].filter(Boolean).join(' '),
    ),
  );
}

/** A record set in few words. */
export function short(record: RecordSet): string {
  return describeRecordSet(record).replaceAll('.corp.internal', '');
}
