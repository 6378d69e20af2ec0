import fc from 'fast-check';
import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type { HostedZoneId } from '../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import type { ForeignRecordSet, RecordSet, Routing } from '../../shared/model/record-set.ts';
import { canStandTogether, nameKey, recordKey } from '../../shared/model/record-set.ts';
import type { SlotState } from '../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../shared/model/role-state.ts';
import { aRecord, aRole, zoneId } from './observed.ts';

const reverseZoneId: HostedZoneId = hostedZoneIdSchema.parse('ZREVERSE');
const corp = { zone: 'corp.internal' };
const shared = 'web.corp.internal';
const own = 'web-{slot}.corp.internal';

/** Ways to answer at the name that all slots share; the first two suit a group. */
const sharedRecords = [
  { value: 'privateIp', routing: 'multivalue' },
  { value: 'privateIp', routing: { weight: 10 } },
  { value: 'privateIp' },
  { value: 'publicIp' },
  { type: 'CNAME', values: ['elsewhere.example.com'] },
  { alias: { target: 'lb.eu-west-1.elb.amazonaws.com', zone: 'Z32O12XQLNTSW2' } },
];

/** Ways to answer at the slot's own name. */
const ownRecords = [
  { value: 'privateIp' },
  { value: 'privateIp', reverse: true },
  { value: 'privateName' },
  { type: 'TXT', values: ['"slot" "{slot}"', '{instanceId}'] },
];

/** The role `web` with up to three slots, with any of these records. Instances have no public address. */
export const arbitraryRecordRole: fc.Arbitrary<Role> = fc
  .record({
    slots: fc.constantFrom(1, 1, 2, 3),
    atShared: fc.option(fc.nat(sharedRecords.length - 1)),
    atOwn: fc.option(fc.nat(ownRecords.length - 1)),
    beside: fc.boolean(),
    common: fc.record({ adopt: fc.boolean(), ttl: fc.constantFrom(60, 30) }),
    isParked: fc.boolean(),
  })
  .map(({ slots, atShared, atOwn, beside, common: { adopt, ttl }, isParked }) => {
    const records = [
      atShared === null ? [] : { name: shared, ...sharedRecords[slots > 1 ? atShared % 2 : atShared] },
      atOwn === null ? [] : { name: own, ...ownRecords[atOwn] },
      beside ? { name: 'text-{slot}.corp.internal', type: 'TXT', values: ['x'], ...parking(isParked) } : [],
    ].flat();
    const whole = records.map((each) => ({ ...corp, adopt, ...each, ...('alias' in each ? {} : { ttl }) }));
    const spec = { slots, addresses: [], records: whole, vacant: isParked && beside ? 'park' : 'keep' };
    const anything = whole.length === 0 ? { addresses: [{ ipv6: '2600:1f18:1:1::9' }], slots: 1 } : {};
    const role = aRole({ ...spec, ...anything }, 'web');
    return { ...role, reverseZones: [{ name: normalizeDnsName('10.in-addr.arpa'), zoneId: reverseZoneId }] };
  });

function parking(isParked: boolean): object {
  return isParked ? { parking: ['nobody'] } : {};
}

/** Any record set that a role of this kind may have written or found, each of few values. */
export const arbitraryRecordSet: fc.Arbitrary<RecordSet> = fc
  .record({
    name: fc.constantFrom(shared, shared, 'web-0.corp.internal', 'web-1.corp.internal', 'old.corp.internal'),
    kind: fc.constantFrom('simple', 'multivalue', 'weighted', 'cname', 'text', 'alias', 'pointer'),
    slot: fc.nat(3),
    holder: fc.integer({ min: 1, max: 4 }),
    ttlSeconds: fc.constantFrom(60, 30),
  })
  .map(({ name, kind, slot, holder, ttlSeconds }) => {
    const record = aRecord(`10.0.1.${holder}`, { name: normalizeDnsName(name), ttlSeconds });
    const setIdentifier = `web-${slot}`;
    const routed = (routing: Routing): RecordSet => ({ ...record, routing });
    switch (kind) {
      case 'multivalue':
        return routed({ policy: 'multivalue', setIdentifier });
      case 'weighted':
        return routed({ policy: 'weighted', setIdentifier, weight: 10 });
      case 'cname':
        return aRecord('elsewhere.example.com', { name: record.name, type: 'CNAME' });
      case 'text':
        return aRecord('"slot0"', { name: record.name, type: 'TXT', values: ['"x"'] });
      case 'alias':
        return {
          ...record,
          content: { kind: 'alias', zoneId: 'Z1', target: record.name, evaluatesHealth: false },
        };
      case 'pointer': {
        const reverseName = normalizeDnsName(`${holder}.1.0.10.in-addr.arpa`);
        return aRecord(name, { zoneId: reverseZoneId, name: reverseName, type: 'PTR', ttlSeconds });
      }
      default:
        return record;
    }
  });

/** Record sets as Route 53 can hold them together. */
export function holdable(records: readonly RecordSet[]): readonly RecordSet[] {
  const kept: RecordSet[] = [];
  for (const record of records) {
    const isClear = kept.every(
      (each) =>
        recordKey(each) !== recordKey(record) &&
        (nameKey(each) !== nameKey(record) || canStandTogether(each, record)),
    );
    if (isClear) kept.push(record);
  }
  return kept;
}

/** What stands in Route 53 and whoever wrote it; what the role's slots wrote, and meant to. */
export interface RecordScene {
  readonly role: Role;
  readonly slots: readonly SlotState[];
  /** By slot: the number of the instance that is to hold it, each another one, or 0 for none. */
  readonly holders: readonly number[];
  readonly world: readonly RecordSet[];
  readonly foreign: readonly ForeignRecordSet[];
}

const arbitraryRecordSets = fc.array(arbitraryRecordSet, { maxLength: 4 });

export const arbitraryRecordScene: fc.Arbitrary<RecordScene> = fc
  .record({
    role: arbitraryRecordRole,
    slots: fc.array(fc.tuple(arbitraryRecordSets, arbitraryRecordSets), { minLength: 4, maxLength: 4 }),
    holders: fc.shuffledSubarray([0, 0, 1, 2, 3, 4], { minLength: 4, maxLength: 4 }),
    strangers: arbitraryRecordSets,
    isIntact: fc.boolean(),
    hasForeign: fc.boolean(),
  })
  .map(({ role, slots, holders, strangers, isIntact, hasForeign }) => {
    const states = slots.slice(0, Math.max(role.spec.slots, 2)).map(([records, meant], slot) => ({
      ...slotOf(noState, slot),
      written: { ...nothingWritten, records },
      intent: meant.map((after) => ({ kind: 'change-record' as const, after })),
    }));
    const written = states.flatMap((each) => each.written.records);
    const world = holdable(isIntact ? [...written, ...strangers] : [...strangers, ...written.slice(1)]);
    const foreign = { zoneId, name: normalizeDnsName(shared), type: 'A', description: 'a latency record' };
    const isRoom = !world.some(({ name }) => name === foreign.name);
    return { role, slots: states, holders, world, foreign: hasForeign && isRoom ? [foreign] : [] };
  });
