import type { Role } from '../../shared/model/observed.ts';
import type { ZoneDirectory } from '../../shared/reconcile/ports.ts';
import { resolveZones } from '../../shared/reconcile/resolve-zones.ts';
import type { PlacedProblem } from './file-problem.ts';
import type { NamedSpec } from './roles-file.ts';

/** A role of the file with every hosted zone that it names; it has no version before it is stored. */
export type ResolvedRole = Omit<Role, 'version'>;

export interface ResolvedRoles {
  readonly roles: readonly ResolvedRole[];
  readonly problems: readonly PlacedProblem[];
}

/** Finds the hosted zones of all roles of a file, and says at each place of the file what does not fit them. */
export async function resolveRoles(
  specs: readonly NamedSpec[],
  directory: ZoneDirectory,
): Promise<ResolvedRoles> {
  const resolved = await resolveZones(
    directory,
    specs.map(({ spec }) => spec),
  );
  const pairs = specs.flatMap(({ name, spec }, index) => {
    const zones = resolved[index];
    return zones === undefined ? [] : [{ name, spec, zones }];
  });
  return {
    roles: pairs.map(({ name, spec, zones: { zoneIds, reverseZones } }) => ({
      name,
      spec,
      zoneIds,
      reverseZones,
    })),
    problems: pairs.flatMap(({ name, zones }) =>
      zones.problems.map(({ path, found, allowed }) => ({ at: ['roles', name, ...path], found, allowed })),
    ),
  };
}
