import pLimit from 'p-limit';
import { isInZone, normalizeDnsName } from '../model/dns-name.ts';
import type { HostedZoneId } from '../model/ids.ts';
import { hostedZoneIdSchema } from '../model/ids.ts';
import type { ReverseZone, Role } from '../model/observed.ts';
import type { RecordSpec, ZoneSpec } from '../model/record-spec.ts';
import { recordNameOf, recordTypeOf, zoneKey } from '../model/record-spec.ts';
import type { RoleSpec } from '../model/role-spec.ts';
import type { HostedZone, ZoneDirectory } from './ports.ts';

/** Something that is wrong with a zone of a spec, or with a record in it. */
export interface ZoneProblem {
  /** Within the spec, such as `['records', 0, 'zone']`. */
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly allowed: string;
}

/** The hosted zones that a spec means. */
export interface ResolvedZones extends Pick<Role, 'zoneIds' | 'reverseZones'> {
  readonly problems: readonly ZoneProblem[];
}

/** Route 53 takes ten requests a second from an account. */
const lookupsMax = 4;

/**
 * Finds the one hosted zone that each record means, for all specs together, each zone looked up once; and the reverse zones
 * where the PTR records of `reverse: true` may go. A zone given by its id may turn out not to hold the record's name.
 */
export async function resolveZones(
  directory: ZoneDirectory,
  specs: readonly Pick<RoleSpec, 'records'>[],
): Promise<readonly ResolvedZones[]> {
  const records = specs.flatMap((spec) => spec.records);
  const limit = pLimit(lookupsMax);
  const texts = new Set(records.map(({ zone }) => idOrNameOf(zone)));
  const [found, reverseZones] = await Promise.all([
    Promise.all([...texts].map((text) => limit(async () => [text, await zonesOf(text, directory)] as const))),
    records.some(({ reverse }) => reverse) ? directory.reverseZones() : [],
  ]);
  const zonesByText = new Map(found);
  return specs.map((spec) => resolve(spec, (text) => zonesByText.get(text) ?? [], reverseZones));
}

function idOrNameOf(zone: ZoneSpec): string {
  return typeof zone === 'string' ? zone : zone.name;
}

async function zonesOf(text: string, directory: ZoneDirectory): Promise<readonly HostedZone[]> {
  const id = hostedZoneIdSchema.safeParse(text);
  if (!id.success) return directory.byName(normalizeDnsName(text));
  const zone = await directory.byId(id.data);
  return zone === undefined ? [] : [zone];
}

function resolve(
  { records }: Pick<RoleSpec, 'records'>,
  zonesOfText: (text: string) => readonly HostedZone[],
  reverseZones: readonly HostedZone[],
): ResolvedZones {
  const zoneIds: Record<string, HostedZoneId> = {};
  const problems: ZoneProblem[] = [];
  const fitting = new Map<HostedZoneId, ReverseZone>();
  records.forEach((record, index) => {
    const path = ['records', index] as const;
    const candidates = zonesOfText(idOrNameOf(record.zone)).filter((each) => isMeant(record.zone, each));
    const [zone] = candidates;
    if (zone === undefined || candidates.length > 1) {
      problems.push({ path: [...path, 'zone'], ...notOne(record.zone, candidates) });
      return;
    }
    zoneIds[zoneKey(record.zone)] = zone.id;
    problems.push(...misfits(path, record, zone));
    if (!record.reverse) return;
    const pointers = reverseZonesFor(zone, reverseZones);
    for (const { id, name } of pointers) fitting.set(id, { name, zoneId: id });
    if (pointers.length === 0) problems.push({ path: [...path, 'reverse'], ...noReverseZone(zone) });
  });
  const byName = [...fitting.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { zoneIds, reverseZones: byName, problems };
}

function keyOf({ name, zoneId }: ReverseZone): string {
  return `${name} ${zoneId}`;
}

function isMeant(zone: ZoneSpec, { isPrivate, vpcIds }: HostedZone): boolean {
  if (typeof zone === 'string') return true;
  return 'vpc' in zone ? vpcIds.includes(zone.vpc) : !isPrivate;
}

function notOne(zone: ZoneSpec, candidates: readonly HostedZone[]): Omit<ZoneProblem, 'path'> {
  const what = `"${zoneKey(zone)}"`;
  if (candidates.length === 0) {
    return {
      found: what,
      allowed: 'the name or id of a hosted zone of this account; there is none of this one',
    };
  }
  const choices = candidates.map(inWords).join(', ');
  return {
    found: `${what}, which ${candidates.length} hosted zones are`,
    allowed: `the id of the one that is meant, { name, vpc } or { name, public: true }: ${choices}`,
  };
}

function inWords({ id, isPrivate, vpcIds }: HostedZone): string {
  if (!isPrivate) return `${id} (public)`;
  return `${id} (private${vpcIds.length === 0 ? '' : `, in ${vpcIds.join(' and ')}`})`;
}

/** What the spec alone could not tell, because the zone stands there by its id. */
function misfits(
  path: readonly (string | number)[],
  record: RecordSpec,
  zone: HostedZone,
): readonly ZoneProblem[] {
  const name = recordNameOf(record, 0);
  if (!isInZone(name, zone.name)) {
    const allowed = `${zone.name} or a name that ends with .${zone.name}, which is what ${zone.id} is`;
    return [{ path: [...path, 'name'], found: `"${record.name}"`, allowed }];
  }
  if (name !== zone.name || recordTypeOf(record) !== 'CNAME') return [];
  const field = record.value === undefined ? 'type' : 'value';
  const allowed = `elasticIp, publicIp or privateIp, or an alias: ${record[field]} makes a CNAME, and the apex of ${zone.id} cannot be one (RFC 1034)`;
  return [{ path: [...path, field], found: `"${record[field]}"`, allowed }];
}

/** The reverse zones that are seen where the record's zone is; of each name the one that can be told from the others. */
function reverseZonesFor(zone: HostedZone, all: readonly HostedZone[]): readonly HostedZone[] {
  const seen = all.filter(
    ({ isPrivate, vpcIds }) =>
      !isPrivate || !zone.isPrivate || vpcIds.some((vpc) => zone.vpcIds.includes(vpc)),
  );
  return [...Map.groupBy(seen, ({ name }) => name).values()].flatMap((sameName) => {
    const sameView = sameName.filter(({ isPrivate }) => isPrivate === zone.isPrivate);
    const choices = sameView.length > 0 ? sameView : sameName;
    return choices.length === 1 ? choices : [];
  });
}

function noReverseZone(zone: HostedZone): Omit<ZoneProblem, 'path'> {
  const where = zone.vpcIds.length === 0 ? '' : ` that is associated with ${zone.vpcIds.join(' or ')}`;
  return {
    found: `true, for a record in ${zone.id}`,
    allowed: `true once there is exactly one hosted zone for the PTR, such as 1.0.10.in-addr.arpa${where}; or false`,
  };
}
