import type { DnsName } from './dns-name.ts';
import { normalizeDnsName } from './dns-name.ts';
import type { HostedZoneId } from './ids.ts';

export type RecordType = 'A' | 'CNAME';

/** A simple record set as Understudy writes it. Two that are the same for DNS are equal by `isSameRecordSet`. */
export interface RecordSet {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly type: RecordType;
  readonly ttlSeconds: number;
  /** Addresses, or a name for CNAME, as Route 53 has them: an exact DELETE wants every letter. Never empty. */
  readonly values: readonly string[];
}

/** What was read at a name that Understudy could not have written: an alias, a routed record, another type. */
export interface ForeignRecordSet {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly type: string;
  /** For people. */
  readonly description: string;
}

/** What identifies a simple record set. */
export function recordKey(record: Pick<RecordSet, 'zoneId' | 'name' | 'type'>): string {
  return `${record.zoneId}/${record.name}/${record.type}`;
}

/** Equal for Route 53: same key, TTL and set of values, whatever their order. */
export function isSameRecordSet(a: RecordSet, b: RecordSet): boolean {
  return (
    recordKey(a) === recordKey(b) &&
    a.ttlSeconds === b.ttlSeconds &&
    comparableValues(a) === comparableValues(b)
  );
}

function comparableValues({ type, values }: RecordSet): string {
  const comparable = type === 'CNAME' ? values.map(normalizeDnsName) : values;
  return comparable.toSorted().join('\n');
}

/** As in a zone file, for people: `db.example.com 60 A 10.0.1.5`. */
export function describeRecordSet({ name, ttlSeconds, type, values }: RecordSet): string {
  return `${name} ${ttlSeconds} ${type} ${values.join(' ')}`;
}
