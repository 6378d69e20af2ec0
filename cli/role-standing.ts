import type { Change } from '../shared/model/change.ts';
import type { AllocationId, HostedZoneId, Ipv4 } from '../shared/model/ids.ts';
import type { Observed, ObservedElasticIp } from '../shared/model/observed.ts';
import type { RecordSet } from '../shared/model/record-set.ts';
import { recordKey } from '../shared/model/record-set.ts';
import { slotOf } from '../shared/model/role-state.ts';
import { recordIdentity } from '../shared/plan/desired-records.ts';
import { resolveElasticIp } from '../shared/plan/plan-elastic-ip.ts';

/** Where an Elastic IP of a role is now. */
export interface AddressStanding {
  /** As the spec names it. */
  readonly wanted: string;
  /** Undefined when there is none, or several that could be meant. */
  readonly allocationId: AllocationId | undefined;
  readonly publicIp: Ipv4 | undefined;
  /** The instance or the bare network interface that carries it; undefined when it is free. */
  readonly on: string | undefined;
  readonly privateIp: Ipv4 | undefined;
}

/** What DNS holds at a record of a role now. */
export interface RecordStanding {
  readonly zoneId: HostedZoneId;
  readonly name: string;
  readonly type: string;
  /** Empty when there is no such record. */
  readonly values: readonly string[];
  readonly ttlSeconds: number | undefined;
  /** Whether the next reconcile leaves it as it is. */
  readonly isToStay: boolean;
}

export function addressStandings(observed: Observed): readonly AddressStanding[] {
  const slot = slotOf(observed.state, 0);
  return observed.role.spec.addresses.map((spec) => {
    // Adopting, because it is to be shown whosever it is.
    const resolution = resolveElasticIp(observed, { ...spec, adopt: true }, slot);
    const { elasticIp } = spec;
    const wanted = typeof elasticIp === 'string' ? elasticIp : JSON.stringify(elasticIp.tags);
    return resolution.kind === 'found'
      ? { wanted, ...placeOf(resolution.elasticIp) }
      : { wanted, allocationId: undefined, publicIp: undefined, on: undefined, privateIp: undefined };
  });
}

function placeOf({
  allocationId,
  publicIp,
  association,
}: ObservedElasticIp): Omit<AddressStanding, 'wanted'> {
  return {
    allocationId,
    publicIp,
    on: association?.instanceId ?? association?.networkInterfaceId,
    privateIp: association?.privateIp,
  };
}

export function recordStandings(observed: Observed, changes: readonly Change[]): readonly RecordStanding[] {
  const { role, state, names } = observed;
  const current = new Map(
    (names?.flatMap(({ records }) => records) ?? slotOf(state, 0).written.records).map((record) => [
      recordKey(record),
      record,
    ]),
  );
  const changing = new Set(changes.flatMap(keysOf));
  return role.spec.records.map((spec) => {
    const identity = recordIdentity(role, spec);
    const record: RecordSet | undefined = current.get(recordKey(identity));
    return {
      ...identity,
      values: record?.values ?? [],
      ttlSeconds: record?.ttlSeconds,
      isToStay: record !== undefined && !changing.has(recordKey(identity)),
    };
  });
}

function keysOf(change: Change): readonly string[] {
  if (change.kind !== 'change-record') return [];
  return [change.before, change.after].flatMap((record) => (record === undefined ? [] : [recordKey(record)]));
}
