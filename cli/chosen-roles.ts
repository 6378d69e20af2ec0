import type { RoleName } from '../shared/model/ids.ts';
import { roleNotDefined } from './cli-error.ts';
import type { Aws } from './compose.ts';
import { allRoleNames } from './stored-roles.ts';

/**
 * The names that were given, each once, or those of all roles.
 * @throws CliError `RoleNotDefined` for the first that is not defined
 */
export async function chosenRoles(
  { ports }: Pick<Aws, 'ports'>,
  names: readonly RoleName[] = [],
): Promise<readonly RoleName[]> {
  if (names.length === 0) return allRoleNames(ports.store);
  const distinct = [...new Set(names)];
  const { stored, failures } = await ports.store.readRoles(distinct);
  const known = new Set([...stored.map(({ role }) => role.name), ...failures.keys()]);
  const unknown = distinct.find((name) => !known.has(name));
  if (unknown !== undefined) throw roleNotDefined(unknown);
  return distinct;
}
