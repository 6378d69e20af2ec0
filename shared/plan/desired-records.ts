import type { DnsName } from '../model/dns-name.ts';
import { isInZone, reverseDnsName } from '../model/dns-name.ts';
import type { HostedZoneId } from '../model/ids.ts';
import type { ReverseZone, Role } from '../model/observed.ts';
import type { RecordContent, RecordIdentity, RecordSet, Routing } from '../model/record-set.ts';
import { recordKey } from '../model/record-set.ts';
import type { RecordSpec } from '../model/record-spec.ts';
import { recordNameOf, recordTypeOf, ttlSecondsOf, zoneKey } from '../model/record-spec.ts';
import { normalizeRecordValue } from '../model/record-value.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { ValueSource } from './record-values.ts';
import { recordValuesOf } from './record-values.ts';

/** A record that a slot should have, or why it cannot have it. */
export interface DesiredRecord {
  /** Undefined for a PTR that has no zone to stand in. */
  readonly identity: RecordIdentity | undefined;
  readonly desired: RecordSet | Refusal;
  /** Whether it replaces what somebody else wrote. */
  readonly adopts: boolean;
  /** Whether a PTR belongs to it. */
  readonly reverses: boolean;
  /** What a vacant role answers, instead of a holder. */
  readonly isParked: boolean;
}

/** Zone, name, type and routing of a record of the spec in one slot: known without any holder. */
export function recordIdentity(
  role: Pick<Role, 'name' | 'zoneIds'>,
  spec: RecordSpec,
  slot = 0,
): RecordIdentity {
  const routing = routingOf(spec, `${role.name}-${slot}`);
  const key = zoneKey(spec.zone);
  return {
    // `zoneIds` covers every zone of the spec: it is written in the same item.
    zoneId: role.zoneIds[key] ?? (key as HostedZoneId),
    name: recordNameOf(spec, slot),
    type: recordTypeOf(spec),
    ...(routing && { routing }),
  };
}

function routingOf({ routing }: RecordSpec, setIdentifier: string): Routing | undefined {
  if (routing === undefined) return undefined;
  if (routing === 'multivalue') return { policy: 'multivalue', setIdentifier };
  return { policy: 'weighted', setIdentifier, weight: routing.weight };
}

/** The identities of all records of the spec in the slots from 0 on; PTR records are known only with their address. */
export function recordIdentities(role: Role, slots: number = role.spec.slots): readonly RecordIdentity[] {
  return Array.from({ length: slots }, (_, slot) =>
    role.spec.records.map((spec) => recordIdentity(role, spec, slot)),
  ).flat();
}

/** The records of one slot, and the PTR of each that says `reverse: true`. */
export function desiredRecords(role: Role, source: ValueSource): readonly DesiredRecord[] {
  const forward = role.spec.records.map((spec) => {
    const identity = recordIdentity(role, spec, source.slot);
    const content = contentOf(spec, identity, source);
    return { spec, ...desiredRecord(spec, identity, 'code' in content ? content : { ...identity, content }) };
  });
  const pointers = forward.flatMap(({ spec, desired }) =>
    spec.reverse && !('code' in desired) ? pointersTo(role, spec, desired) : [],
  );
  return [...forward.map(({ spec: _, ...each }) => each), ...mergedPointers(pointers)];
}

/** What a vacant slot answers: each record of the spec that has a parking value, with it. */
export function parkedRecords(role: Role, slot: number): readonly DesiredRecord[] {
  return role.spec.records.flatMap((spec) => {
    if (spec.parking === undefined) return [];
    const identity = recordIdentity(role, spec, slot);
    const values = distinct(spec.parking.map((value) => normalizeRecordValue(identity.type, value)));
    const content = { kind: 'values', ttlSeconds: ttlSecondsOf(spec), values } as const;
    return { ...desiredRecord(spec, identity, { ...identity, content }), isParked: true };
  });
}

function desiredRecord(
  { adopt, reverse }: RecordSpec,
  identity: RecordIdentity | undefined,
  desired: RecordSet | Refusal,
): DesiredRecord {
  return { identity, desired, adopts: adopt, reverses: reverse, isParked: false };
}

function contentOf(spec: RecordSpec, identity: RecordIdentity, source: ValueSource): RecordContent | Refusal {
  if (spec.alias !== undefined) {
    const { target, zone, evaluateHealth } = spec.alias;
    return { kind: 'alias', zoneId: zone, target, evaluatesHealth: evaluateHealth };
  }
  const values = recordValuesOf(spec, identity, source);
  if ('code' in values) return values;
  return { kind: 'values', ttlSeconds: ttlSecondsOf(spec), values: distinct(values) };
}

/** The PTR of each address of a record, in the zone that says most of the address. */
function pointersTo(
  role: Role,
  spec: RecordSpec,
  { name, type, content }: RecordSet,
): readonly DesiredRecord[] {
  if (content.kind === 'alias' || (type !== 'A' && type !== 'AAAA')) return [];
  return content.values.map((address) => {
    const reverseName = reverseDnsName(address);
    const zone = reverseZoneOf(role, reverseName);
    if (zone === undefined) return desiredRecord(spec, undefined, noReverseZone(name, address, reverseName));
    const identity = { zoneId: zone.zoneId, name: reverseName, type: 'PTR' } as const;
    return desiredRecord(spec, identity, { ...identity, content: { ...content, values: [name] } });
  });
}

/** Of the role's reverse zones the one that is closest to the name; undefined when none holds it. */
export function reverseZoneOf({ reverseZones }: Role, reverseName: DnsName): ReverseZone | undefined {
  const [zone] = reverseZones
    .filter(({ name }) => isInZone(reverseName, name))
    .toSorted((a, b) => b.name.length - a.name.length || (a.zoneId < b.zoneId ? -1 : 1));
  return zone;
}

function noReverseZone(name: DnsName, address: string, reverseName: DnsName): Refusal {
  const labels = reverseName.split('.');
  // The usual one: that of the addresses which share all but the last number, or the first 64 bits.
  const usual = labels.slice(labels.at(-2) === 'ip6' ? 16 : 1).join('.');
  return {
    code: 'NoReverseZone',
    words: `${name}: no reverse zone is known for ${address}; its PTR needs a hosted zone such as ${usual}, and the role applied again once there is one`,
  };
}

/** Several records of one address have one PTR, which names them all. */
function mergedPointers(pointers: readonly DesiredRecord[]): readonly DesiredRecord[] {
  const byKey = Map.groupBy(pointers, ({ identity }) => identity && recordKey(identity));
  return [...byKey].flatMap(([key, same]) => (key === undefined ? same : merged(same)));
}

function merged(same: readonly DesiredRecord[]): readonly DesiredRecord[] {
  const [first, ...others] = same;
  if (first === undefined || others.length === 0) return same;
  const contents = same.flatMap(({ desired }) =>
    'code' in desired || desired.content.kind === 'alias' ? [] : desired.content,
  );
  const content: RecordContent = {
    kind: 'values',
    ttlSeconds: Math.min(...contents.map(({ ttlSeconds }) => ttlSeconds)),
    values: distinct(contents.flatMap(({ values }) => values)).toSorted(),
  };
  const adopts = same.some((each) => each.adopts);
  return 'code' in first.desired ? same : [{ ...first, adopts, desired: { ...first.desired, content } }];
}

/** Route 53 refuses a value that is given twice. */
function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
