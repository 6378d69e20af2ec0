import type { Role } from '../../shared/model/observed.ts';
import type { ElasticIpSpec } from '../../shared/model/role-spec.ts';
import { recordIdentity } from '../../shared/plan/desired-records.ts';
import type { PlacedProblem } from './file-problem.ts';
import type { ResolvedRole } from './resolve-zones.ts';

/** Something that only one role can have. */
interface Claimed {
  /** Equal for the same thing. */
  readonly key: string;
  readonly at: PlacedProblem['at'];
  readonly found: string;
  /** What it is, for people. */
  readonly what: string;
}

/**
 * What two roles cannot both have: an Elastic IP, a name in a zone. `defined` are the roles that are there already; those
 * that the file defines anew count as the file has them. Told at the later of two roles of the file.
 */
export function contradictions(
  roles: readonly ResolvedRole[],
  defined: readonly Role[],
): readonly PlacedProblem[] {
  const isInFile = new Set<string>(roles.map(({ name }) => name));
  const owners = new Map<string, string>();
  for (const role of defined.filter(({ name }) => !isInFile.has(name))) {
    for (const { key } of claimsOf(role)) owners.set(key, role.name);
  }
  const problems: PlacedProblem[] = [];
  for (const role of roles) {
    for (const { key, at, found, what } of claimsOf(role)) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, role.name);
      else {
        const who = owner === role.name ? 'another record of this role' : `the role "${owner}"`;
        problems.push({ at, found, allowed: `${what} that nothing else has; ${who} has this one` });
      }
    }
  }
  return problems;
}

function claimsOf({ name, spec, zoneIds }: ResolvedRole): readonly Claimed[] {
  const role = { name, spec, zoneIds, version: 0 };
  const addresses = spec.addresses.map(({ elasticIp }, index) => ({
    key: `elastic-ip ${elasticIpText(elasticIp)}`,
    at: ['roles', name, 'addresses', index, 'elasticIp'],
    found: elasticIpText(elasticIp),
    what: 'an Elastic IP',
  }));
  const records = spec.records.map((record, index) => {
    const { zoneId } = recordIdentity(role, record);
    return {
      key: `name ${zoneId}/${record.name}`,
      at: ['roles', name, 'records', index, 'name'],
      found: `"${record.name}" in ${zoneId}`,
      what: 'a name in its zone',
    };
  });
  return [...addresses, ...records];
}

/** The same for the same tags in whatever order. */
function elasticIpText(elasticIp: ElasticIpSpec['elasticIp']): string {
  if (typeof elasticIp === 'string') return `"${elasticIp}"`;
  const tags = Object.entries(elasticIp.tags).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `the Elastic IP with tags ${JSON.stringify(Object.fromEntries(tags))}`;
}
