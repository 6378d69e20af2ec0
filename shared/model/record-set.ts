import type { DnsName } from './dns-name.ts';
import { normalizeDnsName } from './dns-name.ts';
import type { HostedZoneId } from './ids.ts';
import type { RecordType } from './record-type.ts';
import { normalizeRecordValue } from './record-value.ts';

/** How Route 53 chooses among several record sets of one name and type. */
export type Routing = { readonly setIdentifier: string } & (
  | { readonly policy: 'multivalue' }
  | { readonly policy: 'weighted'; readonly weight: number }
);

/** What a record set answers. */
export type RecordContent =
  | {
      readonly kind: 'values';
      readonly ttlSeconds: number;
      /** As Route 53 has them: an exact DELETE wants every letter. Never empty. */
      readonly values: readonly string[];
    }
  | {
      readonly kind: 'alias';
      /** The hosted zone of the target, not of the record. */
      readonly zoneId: string;
      readonly target: DnsName;
      readonly evaluatesHealth: boolean;
    };

/** What tells a record set from every other. */
export interface RecordIdentity {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly type: RecordType;
  /** Absent on a simple record set. */
  readonly routing?: Routing;
}

/** A record set as Understudy writes it. Two that are the same for DNS are equal by `isSameRecordSet`. */
export interface RecordSet extends RecordIdentity {
  readonly content: RecordContent;
}

/** What was read at a name that Understudy could not have written: another type or another routing policy. */
export interface ForeignRecordSet {
  readonly zoneId: HostedZoneId;
  readonly name: DnsName;
  readonly type: string;
  /** For people. */
  readonly description: string;
}

/** What identifies a name in a zone. */
export function nameKey({ zoneId, name }: Pick<RecordIdentity, 'zoneId' | 'name'>): string {
  return `${zoneId}/${name}`;
}

/** What identifies a record set. */
export function recordKey({ zoneId, name, type, routing }: RecordIdentity): string {
  return `${zoneId}/${name}/${type}${routing === undefined ? '' : `/${routing.setIdentifier}`}`;
}

/** Equal for Route 53: same key, routing, and content, whatever the order of values and the case of names. */
export function isSameRecordSet(a: RecordSet, b: RecordSet): boolean {
  return recordKey(a) === recordKey(b) && comparable(a) === comparable(b);
}

/**
 * Whether two record sets of one name can be there at once: a CNAME stands alone (RFC 1034, section 3.6.2), a simple record
 * set is the only one of its type, and routed ones share their policy, weighted ones their TTL too.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
 */
export function canStandTogether(a: RecordSet, b: RecordSet): boolean {
  if (a.type !== b.type) return !excludesType(a.type, b.type);
  if (a.routing === undefined || b.routing === undefined) return false;
  if (a.routing.setIdentifier === b.routing.setIdentifier || a.routing.policy !== b.routing.policy)
    return false;
  const ttls = [a, b].flatMap(({ content }) => (content.kind === 'values' ? content.ttlSeconds : []));
  return a.routing.policy !== 'weighted' || new Set(ttls).size < 2;
}

/** Whether records of the two types cannot share a name. */
export function excludesType(a: string, b: string): boolean {
  return a !== b && (a === 'CNAME' || b === 'CNAME');
}

/** Whether a PTR says that an address has this name. */
export function pointsTo({ type, content }: RecordSet, name: DnsName): boolean {
  if (type !== 'PTR' || content.kind === 'alias') return false;
  return content.values.some((value) => normalizeRecordValue(type, value) === name);
}

function comparable({ type, routing, content }: RecordSet): string {
  const answer =
    content.kind === 'alias'
      ? [content.zoneId, normalizeDnsName(content.target), content.evaluatesHealth]
      : [content.ttlSeconds, content.values.map((value) => normalizeRecordValue(type, value)).toSorted()];
  const weight = routing?.policy === 'weighted' ? routing.weight : routing?.policy;
  return JSON.stringify([weight, answer]);
}

/** As in a zone file, for people: `db.example.com 60 A 10.0.1.5`. */
export function describeRecordSet(record: RecordSet): string {
  const { name, type, routing, content } = record;
  const identifier = routing === undefined ? '' : ` (${routing.setIdentifier})`;
  if (content.kind === 'alias') return `${name} ${type}${identifier} alias to ${content.target}`;
  return `${name} ${content.ttlSeconds} ${type}${identifier} ${content.values.join(' ')}`;
}

/** What it answers, for people: `60 10.0.1.5`. */
export function contentInWords({ content }: RecordSet): string {
  if (content.kind === 'alias') return `alias to ${content.target}`;
  return `${content.ttlSeconds} ${content.values.join(' ')}`;
}
