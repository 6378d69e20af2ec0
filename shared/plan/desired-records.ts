import { elasticIpName } from '../model/elastic-ip-name.ts';
import type { HostedZoneId, Ipv4 } from '../model/ids.ts';
import type { ObservedElasticIp, ObservedInstance, ObservedPrivateIp, Role } from '../model/observed.ts';
import type { RecordSet } from '../model/record-set.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { RecordSpec } from '../model/role-spec.ts';
import { recordValueTypes } from '../model/role-spec.ts';

/** What the values of records are taken from, as it will be once the plan is done. */
export interface ValueSource {
  readonly holder: ObservedInstance;
  /** Undefined when the role has none, or none that may be moved. */
  readonly elasticIp:
    | { readonly elasticIp: ObservedElasticIp; readonly place: ObservedPrivateIp }
    | undefined;
  readonly region: string;
}

/** A record of the spec with the value that it should have, or why it cannot have one. */
export interface DesiredRecord {
  readonly spec: RecordSpec;
  readonly desired: RecordSet | Refusal;
}

/** Zone and name and type of a record of the spec: known without any holder. */
export function recordIdentity(role: Role, spec: RecordSpec): Pick<RecordSet, 'zoneId' | 'name' | 'type'> {
  // `zoneIds` covers every zone of the spec: it is written in the same item.
  const zoneId = role.zoneIds[spec.zone] ?? (spec.zone as HostedZoneId);
  return { zoneId, name: spec.name, type: recordValueTypes[spec.value] };
}

export function desiredRecords(role: Role, source: ValueSource): readonly DesiredRecord[] {
  return role.spec.records.map((spec) => {
    const value = recordValueOf(spec, source);
    const desired =
      typeof value === 'string'
        ? { ...recordIdentity(role, spec), ttlSeconds: spec.ttl, values: [value] }
        : value;
    return { spec, desired };
  });
}

function recordValueOf(
  { value, name }: RecordSpec,
  { holder, elasticIp, region }: ValueSource,
): string | Refusal {
  switch (value) {
    case 'elasticIp':
      return elasticIp?.elasticIp.publicIp ?? noElasticIp(name);
    case 'elasticIpName':
      return elasticIp === undefined
        ? noElasticIp(name)
        : elasticIpName(elasticIp.elasticIp.publicIp, region);
    case 'publicIp':
      return (
        publicIpOf(holder, elasticIp) ?? {
          code: 'NoPublicIp',
          words: `${name}: ${holder.instanceId} has no public address`,
        }
      );
    case 'privateIp':
      return (
        holder.privateIps[0]?.privateIp ?? {
          code: 'NoPrivateIp',
          words: `${name}: ${holder.instanceId} has no private address`,
        }
      );
  }
}

function noElasticIp(name: string): Refusal {
  return {
    code: 'ElasticIpNotFound',
    words: `${name}: the Elastic IP that it would point at cannot be used`,
  };
}

/** An Elastic IP on the primary private address replaces the automatic public address. */
export function publicIpOf(holder: ObservedInstance, elasticIp: ValueSource['elasticIp']): Ipv4 | undefined {
  return elasticIp?.place.isPrimary === true ? elasticIp.elasticIp.publicIp : holder.publicIp;
}
