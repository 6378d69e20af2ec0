import type { Role } from '../../shared/model/observed.ts';
import { RoleClaims } from '../../shared/model/role-conflicts.ts';
import type { PlacedProblem } from './file-problem.ts';
import type { ResolvedRole } from './resolve-roles.ts';

/**
 * What roles of a file cannot have because another role has it: an address, a name in a zone. `defined` are the roles that
 * are there already; those that the file defines anew count as the file has them. Told at the later of two of the file.
 */
export function conflictsIn(
  roles: readonly ResolvedRole[],
  defined: readonly Role[],
): readonly PlacedProblem[] {
  const isInFile = new Set<string>(roles.map(({ name }) => name));
  const claims = new RoleClaims();
  for (const role of defined.filter(({ name }) => !isInFile.has(name))) claims.add(role);
  return roles.flatMap((role) => {
    const problems = claims.conflictsOf(role).map(({ path, message, input }) => ({
      at: ['roles', role.name, ...path],
      found: JSON.stringify(input),
      allowed: message,
    }));
    claims.add(role);
    return problems;
  });
}
