import type { DnsName } from '../model/dns-name.ts';
import { isInZone, reverseDnsName } from '../model/dns-name.ts';
import type { HostedZoneId } from '../model/ids.ts';
import type { ReverseZone, Role } from '../model/observed.ts';
import type { RecordContent, RecordIdentity, RecordSet, Routing } from '../model/record-set.ts';
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
    spec.reverse && !('code' in desired) ? pointersOf(spec, desired) : [],
  );
  const byName = Map.groupBy(pointers, ({ address }) => reverseDnsName(address));
  return [
    ...forward.map(({ spec: _, ...each }) => each),
    ...[...byName].flatMap(([reverseName, same]) => pointerRecords(role, reverseName, same)),
  ];
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
  { adopt, reverse }: Pick<RecordSpec, 'adopt' | 'reverse'>,
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

/** What a record asks of the PTR of one of its addresses. */
interface Pointer {
  readonly spec: RecordSpec;
  readonly name: DnsName;
  readonly address: string;
  readonly ttlSeconds: number;
}

/** One for each address; only records of addresses say `reverse: true`. */
function pointersOf(spec: RecordSpec, { name, content }: RecordSet): readonly Pointer[] {
  if (content.kind === 'alias') return [];
  const { ttlSeconds, values } = content;
  return values.map((address) => ({ spec, name, address, ttlSeconds }));
}

/** The PTR of an address, in the zone that says most of it. Several records of one address have one PTR, which names them all. */
function pointerRecords(
  role: Role,
  reverseName: DnsName,
  pointers: readonly Pointer[],
): readonly DesiredRecord[] {
  const zone = reverseZoneOf(role, reverseName);
  if (zone === undefined) {
    return pointers.map(({ spec, name, address }) =>
      desiredRecord(spec, undefined, noReverseZone(name, address, reverseName)),
    );
  }
  const identity = { zoneId: zone.zoneId, name: reverseName, type: 'PTR' } as const;
  const ttlSeconds = Math.min(...pointers.map((each) => each.ttlSeconds));
  const values = distinct(pointers.map(({ name }) => name)).toSorted();
  const desired: RecordSet = { ...identity, content: { kind: 'values', ttlSeconds, values } };
  const adopt = pointers.some(({ spec }) => spec.adopt);
  return [desiredRecord({ adopt, reverse: true }, identity, desired)];
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

/** Route 53 refuses a value that is given twice. */
function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
