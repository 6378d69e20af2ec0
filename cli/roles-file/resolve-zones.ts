import pLimit from 'p-limit';
import type { DnsName } from '../../shared/model/dns-name.ts';
import { isInZone } from '../../shared/model/dns-name.ts';
import type { HostedZoneId } from '../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../shared/model/ids.ts';
import type { RecordSpec } from '../../shared/model/role-spec.ts';
import { recordValueTypes } from '../../shared/model/role-spec.ts';
import type { HostedZone, ZoneDirectory } from '../../shared/reconcile/ports.ts';
import type { FilePath, PlacedProblem } from './file-problem.ts';
import type { NamedSpec } from './roles-file.ts';

type ZoneText = RecordSpec['zone'];

/** A role of the file with the id of every hosted zone that it names. */
export interface ResolvedRole extends NamedSpec {
  readonly zoneIds: Readonly<Record<string, HostedZoneId>>;
}

export interface ResolvedZones {
  readonly roles: readonly ResolvedRole[];
  readonly problems: readonly PlacedProblem[];
}

/** Route 53 takes five requests a second from an account. */
const lookupsMax = 4;

/**
 * Finds the one hosted zone that each record means. A name that several zones share (public and private, or private ones
 * of several VPCs) has to be told apart by id; and a zone given by id may turn out not to hold the record's name.
 */
export async function resolveZones(
  roles: readonly NamedSpec[],
  directory: ZoneDirectory,
): Promise<ResolvedZones> {
  const texts = new Set(roles.flatMap(({ spec }) => spec.records.map(({ zone }) => zone)));
  const limit = pLimit(lookupsMax);
  const found = new Map(
    await Promise.all(
      [...texts].map((text) => limit(async () => [text, await candidatesOf(text, directory)] as const)),
    ),
  );
  const problems: PlacedProblem[] = [];
  const resolved = roles.map(({ name, spec }) => {
    const zoneIds: Record<string, HostedZoneId> = {};
    spec.records.forEach((record, index) => {
      const at = ['roles', name, 'records', index] as const;
      const zones = found.get(record.zone) ?? [];
      const [zone] = zones;
      if (zone === undefined || zones.length > 1) problems.push(notOne(at, record.zone, zones));
      else {
        zoneIds[record.zone] = zone.id;
        problems.push(...misfits(at, record, zone));
      }
    });
    return { name, spec, zoneIds };
  });
  return { roles: resolved, problems };
}

async function candidatesOf(text: ZoneText, directory: ZoneDirectory): Promise<readonly HostedZone[]> {
  const id = hostedZoneIdSchema.safeParse(text);
  if (!id.success) return directory.byName(text as DnsName);
  const zone = await directory.byId(id.data);
  return zone === undefined ? [] : [zone];
}

function notOne(at: FilePath, text: ZoneText, zones: readonly HostedZone[]): PlacedProblem {
  if (zones.length === 0) {
    return {
      at: [...at, 'zone'],
      found: `"${text}"`,
      allowed: 'the name or id of a hosted zone of this account; there is none of this one',
    };
  }
  const ids = zones.map(({ id, isPrivate }) => `${id} (${isPrivate ? 'private' : 'public'})`).join(', ');
  return {
    at: [...at, 'zone'],
    found: `"${text}", the name of ${zones.length} hosted zones`,
    allowed: `the id of the one that is meant: ${ids}`,
  };
}

/** What the spec alone could not tell, because the zone stands there by its id. */
function misfits(at: FilePath, record: RecordSpec, zone: HostedZone): readonly PlacedProblem[] {
  if (!isInZone(record.name, zone.name)) {
    const allowed = `${zone.name} or a name that ends with .${zone.name}, which is what ${zone.id} is`;
    return [{ at: [...at, 'name'], found: `"${record.name}"`, allowed }];
  }
  if (record.name === zone.name && recordValueTypes[record.value] === 'CNAME') {
    const allowed = `elasticIp: ${record.value} makes a CNAME, and the apex of ${zone.id} cannot be one (RFC 1034)`;
    return [{ at: [...at, 'value'], found: `"${record.value}"`, allowed }];
  }
  return [];
}
