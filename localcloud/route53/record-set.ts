import type { DomainName } from './domain-name.ts';

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
export const recordTypes = [
  'SOA',
  'A',
  'TXT',
  'NS',
  'CNAME',
  'MX',
  'NAPTR',
  'PTR',
  'SRV',
  'SPF',
  'AAAA',
  'CAA',
  'DS',
  'TLSA',
  'SSHFP',
  'SVCB',
  'HTTPS',
] as const;

export type RecordType = (typeof recordTypes)[number];

/** Where a geolocation record answers; `CountryCode: '*'` is everywhere else. */
export interface GeoLocation {
  readonly ContinentCode?: string | undefined;
  readonly CountryCode?: string | undefined;
  readonly SubdivisionCode?: string | undefined;
}

/** How Route 53 chooses among record sets of one name and type. */
export type RoutingPolicy =
  | { readonly kind: 'simple' }
  | { readonly kind: 'weighted'; readonly weight: number }
  | { readonly kind: 'latency'; readonly region: string }
  | { readonly kind: 'failover'; readonly role: 'PRIMARY' | 'SECONDARY' }
  | { readonly kind: 'geolocation'; readonly location: GeoLocation }
  | { readonly kind: 'multivalue' };

/** What a record set says: values of its own, or those of the alias target. */
export type RecordContent =
  | { readonly kind: 'values'; readonly ttlSeconds: number; readonly values: readonly string[] }
  | {
      readonly kind: 'alias';
      readonly zoneId: string;
      readonly target: DomainName;
      readonly isTargetHealthEvaluated: boolean;
    };

/** One resource record set, identified within its zone by name, type and set identifier. */
export interface RecordSet {
  readonly name: DomainName;
  readonly type: RecordType;
  /** Present exactly when the routing policy is not simple. */
  readonly setIdentifier: string | undefined;
  readonly routing: RoutingPolicy;
  readonly content: RecordContent;
}

// Sorts before every character of a name, so that `a.` comes before `a.b.` whatever follows it in the key.
const separator = '\0';

/** Begins the keys of all record sets of a name; with a type and an identifier, those of that type or that one. */
export function recordKeyPrefix(name: DomainName, type?: string, setIdentifier?: string): string {
  const prefix = name.sortKey + separator;
  if (type === undefined) return prefix;
  return `${prefix}${type}${separator}${setIdentifier ?? ''}`;
}

/** The identity of a record set within its zone, and its place in the order of ListResourceRecordSets. */
export function recordKey(recordSet: Pick<RecordSet, 'name' | 'type' | 'setIdentifier'>): string {
  return recordKeyPrefix(recordSet.name, recordSet.type, recordSet.setIdentifier ?? '');
}

/**
 * Whether two record sets say the same, as DELETE requires: every field, and the same values in any order.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function isSameRecordSet(one: RecordSet, other: RecordSet): boolean {
  return (
    recordKey(one) === recordKey(other) &&
    routingText(one.routing) === routingText(other.routing) &&
    contentText(one.content) === contentText(other.content)
  );
}

/** Names one policy with its setting; equal texts are equal policies. */
export function routingText(routing: RoutingPolicy): string {
  switch (routing.kind) {
    case 'simple':
    case 'multivalue':
      return routing.kind;
    case 'weighted':
      return `weighted ${routing.weight}`;
    case 'latency':
      return `latency ${routing.region}`;
    case 'failover':
      return `failover ${routing.role}`;
    case 'geolocation': {
      const { ContinentCode, CountryCode, SubdivisionCode } = routing.location;
      return `geolocation ${[ContinentCode, CountryCode, SubdivisionCode].map((code) => code ?? '').join('/')}`;
    }
  }
}

function contentText(content: RecordContent): string {
  return content.kind === 'values'
    ? JSON.stringify([content.ttlSeconds, content.values.toSorted()])
    : JSON.stringify([content.zoneId, content.target.text, content.isTargetHealthEvaluated]);
}
