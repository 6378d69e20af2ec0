import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { normalizeDnsName } from '../../model/dns-name.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { ForeignRecordSet, RecordSet } from '../../model/record-set.ts';

/** A record set of Route 53: one that Understudy could have written, or a foreign one. */
export type ObservedRecord =
  | { readonly kind: 'simple'; readonly record: RecordSet }
  | { readonly kind: 'foreign'; readonly record: ForeignRecordSet };

export function toObservedRecord(zoneId: HostedZoneId, recordSet: ResourceRecordSet): ObservedRecord {
  const { Name = '', Type = '', TTL, ResourceRecords = [], SetIdentifier, AliasTarget } = recordSet;
  const name = normalizeDnsName(Name);
  const values = ResourceRecords.flatMap(({ Value }) => Value ?? []);
  const isSimple =
    SetIdentifier === undefined && AliasTarget === undefined && TTL !== undefined && values.length > 0;
  if (isSimple && (Type === 'A' || Type === 'CNAME')) {
    return { kind: 'simple', record: { zoneId, name, type: Type, ttlSeconds: TTL, values } };
  }
  const target = AliasTarget?.DNSName === undefined ? values.join(' ') : `alias to ${AliasTarget.DNSName}`;
  const identifier = SetIdentifier === undefined ? '' : ` (set identifier ${SetIdentifier})`;
  return {
    kind: 'foreign',
    record: { zoneId, name, type: Type, description: `${name} ${Type} ${target}${identifier}` },
  };
}

/** A record set for a change batch. */
export function toResourceRecordSet({ name, type, ttlSeconds, values }: RecordSet): ResourceRecordSet {
  return { Name: name, Type: type, TTL: ttlSeconds, ResourceRecords: values.map((Value) => ({ Value })) };
}
