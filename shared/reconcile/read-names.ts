import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { HostedZoneId, RoleName } from '../model/ids.ts';
import type { Observed, ObservedName, Role } from '../model/observed.ts';
import { areAsWritten, recordNames } from '../plan/record-names.ts';
import type { Ports, RecordReader, StoredRole } from './ports.ts';

interface Reading {
  readonly namesOf: (role: RoleName) => readonly ObservedName[] | undefined;
  readonly failures: ReadonlyMap<RoleName, ControllerError>;
}

type NameInZone = Pick<ObservedName, 'zoneId' | 'name'>;

/** What each zone answered, or why it could not be read. */
type Zones = ReadonlyMap<HostedZoneId, ReadonlyMap<string, ObservedName> | ControllerError>;

/**
 * Zone by zone, so that a zone that cannot be read stops only the roles that have records in it. Nothing stands in a zone
 * that is gone: a role that had records there for an earlier spec goes on, one that still wants some does not. An old answer
 * may confirm what the state says was written; where it says anything else, it is not believed, and the zone asked again.
 */
export async function readNames(
  { route53 }: Ports,
  reader: RecordReader | undefined,
  readers: readonly StoredRole[],
  seenBy: (role: StoredRole) => Pick<Observed, 'instances' | 'elasticIps'>,
): Promise<Reading> {
  const wanted = new Map(
    readers.map((each) => [each.role.name, recordNames(each.role, each.state, seenBy(each))]),
  );
  const wantedBy = (role: RoleName) => wanted.get(role) ?? [];
  const first = await readZones(reader ?? route53, [...wanted.values()].flat());
  const doubted =
    reader === undefined
      ? []
      : readers.filter(({ role, state }) => !areAsWritten(state, namesIn(first, wantedBy(role.name))));
  const again = await readZones(
    route53,
    doubted.flatMap(({ role }) => wantedBy(role.name)),
  );
  const doubtedRoles = new Set(doubted.map(({ role }) => role.name));
  const zonesOf = (role: RoleName) => (doubtedRoles.has(role) ? again : first);
  const failures = new Map<RoleName, ControllerError>();
  for (const { role } of readers) {
    const failure = failureOf(role, wantedBy(role.name), zonesOf(role.name));
    if (failure !== undefined) failures.set(role.name, failure);
  }
  return {
    failures,
    namesOf: (role) => (wanted.has(role) ? namesIn(zonesOf(role), wantedBy(role)) : undefined),
  };
}

async function readZones(reader: RecordReader, names: readonly NameInZone[]): Promise<Zones> {
  const byZone = Map.groupBy(names, ({ zoneId }) => zoneId);
  const zones = new Map<HostedZoneId, ReadonlyMap<string, ObservedName> | ControllerError>();
  await Promise.all(
    [...byZone].map(async ([zoneId, its]) => {
      try {
        const found = await reader.read(its);
        zones.set(zoneId, new Map(found.map((each) => [each.name, each])));
      } catch (thrown) {
        zones.set(zoneId, toControllerError(thrown));
      }
    }),
  );
  return zones;
}

function namesIn(zones: Zones, names: readonly NameInZone[]): readonly ObservedName[] {
  return names.flatMap(({ zoneId, name }): readonly ObservedName[] => {
    const zone = zones.get(zoneId);
    if (isGoneZone(zone)) return [{ zoneId, name, records: [], foreign: [] }];
    const found = zone instanceof Map ? zone.get(name) : undefined;
    return found === undefined ? [] : [found];
  });
}

function failureOf(role: Role, names: readonly NameInZone[], zones: Zones): ControllerError | undefined {
  const failure = [...new Set(names.map(({ zoneId }) => zoneId))]
    .filter((zoneId) => wantsZone(role, zoneId) || !isGoneZone(zones.get(zoneId)))
    .map((zoneId) => zones.get(zoneId))
    .find((each) => each instanceof Error);
  return failure && toControllerError(failure);
}

function wantsZone({ zoneIds, reverseZones }: Role, zoneId: HostedZoneId): boolean {
  return Object.values(zoneIds).includes(zoneId) || reverseZones.some((each) => each.zoneId === zoneId);
}

function isGoneZone(zone: ReadonlyMap<string, ObservedName> | ControllerError | undefined): boolean {
  return zone instanceof Error && 'code' in zone && zone.code === 'NoSuchHostedZone';
}
