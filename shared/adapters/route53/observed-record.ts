import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { normalizeDnsName } from '../../model/dns-name.ts';
import { excerpt } from '../../model/excerpt.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { ForeignRecordSet, RecordContent, RecordSet, Routing } from '../../model/record-set.ts';
import { recordTypes } from '../../model/record-type.ts';

/** Characters of the description of a foreign record set, which may hold 400 values. */
const wordsMax = 400;

/** A record set of Route 53: one that Understudy could have written, or a foreign one. */
export type ObservedRecord =
  | { readonly kind: 'known'; readonly record: RecordSet }
  | { readonly kind: 'foreign'; readonly record: ForeignRecordSet };

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export function toObservedRecord(zoneId: HostedZoneId, recordSet: ResourceRecordSet): ObservedRecord {
  const { Name = '', Type } = recordSet;
  const name = normalizeDnsName(Name);
  const type = recordTypes.find((each) => each === Type);
  const content = contentOf(recordSet);
  const routing = routingOf(recordSet);
  if (type !== undefined && content !== undefined && routing !== 'foreign') {
    return { kind: 'known', record: { zoneId, name, type, ...(routing && { routing }), content } };
  }
  return {
    kind: 'foreign',
    record: { zoneId, name, type: Type ?? '', description: excerpt(describe(name, recordSet), wordsMax) },
  };
}

function contentOf({ TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): RecordContent | undefined {
  if (AliasTarget?.HostedZoneId !== undefined && AliasTarget.DNSName !== undefined) {
    const { HostedZoneId, DNSName, EvaluateTargetHealth = false } = AliasTarget;
    const target = normalizeDnsName(DNSName);
    return { kind: 'alias', zoneId: HostedZoneId, target, evaluatesHealth: EvaluateTargetHealth };
  }
  const values = ResourceRecords.flatMap(({ Value }) => Value ?? []);
  return TTL === undefined || values.length === 0 ? undefined : { kind: 'values', ttlSeconds: TTL, values };
}

/** What chooses among record sets in ways that Understudy does not have. */
const foreignFields = [
  'Region',
  'GeoLocation',
  'Failover',
  'HealthCheckId',
  'TrafficPolicyInstanceId',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const;

function routingOf(recordSet: ResourceRecordSet): Routing | 'foreign' | undefined {
  if (foreignFields.some((field) => recordSet[field] !== undefined)) return 'foreign';
  const { SetIdentifier: setIdentifier, Weight: weight, MultiValueAnswer } = recordSet;
  if (setIdentifier === undefined) return undefined;
  if (weight !== undefined) return { policy: 'weighted', setIdentifier, weight };
  return MultiValueAnswer === true ? { policy: 'multivalue', setIdentifier } : 'foreign';
}

function describe(name: string, recordSet: ResourceRecordSet): string {
  const { Type = '', ResourceRecords = [], AliasTarget, SetIdentifier, HealthCheckId } = recordSet;
  const answer = AliasTarget?.DNSName
    ? `alias to ${AliasTarget.DNSName}`
    : ResourceRecords.flatMap(({ Value }) => Value ?? []).join(' ');
  const identifier = SetIdentifier === undefined ? '' : ` (set identifier ${SetIdentifier})`;
  const health = HealthCheckId === undefined ? '' : ` (health check ${HealthCheckId})`;
  return `${name} ${Type} ${answer}${identifier}${health}`;
}

/** A record set for a change batch. */
export function toResourceRecordSet({ name, type, routing, content }: RecordSet): ResourceRecordSet {
  return { Name: name, Type: type, ...routingFields(routing), ...contentFields(content) };
}

function routingFields(routing: Routing | undefined): Partial<ResourceRecordSet> {
  if (routing === undefined) return {};
  const { setIdentifier: SetIdentifier } = routing;
  if (routing.policy === 'weighted') return { SetIdentifier, Weight: routing.weight };
  return { SetIdentifier, MultiValueAnswer: true };
}

function contentFields(content: RecordContent): Partial<ResourceRecordSet> {
  if (content.kind === 'values') {
    return { TTL: content.ttlSeconds, ResourceRecords: content.values.map((Value) => ({ Value })) };
  }
  const { zoneId, target, evaluatesHealth } = content;
  return {
    AliasTarget: { HostedZoneId: zoneId, DNSName: target, EvaluateTargetHealth: evaluatesHealth },
  };
}
