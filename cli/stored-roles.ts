import type { RoleName } from '../shared/model/ids.ts';
import type { RoleStore, StoredRole } from '../shared/reconcile/ports.ts';
import { roleNotDefined } from './cli-error.ts';

const rolesPerPage = 500;

/** The names of all roles, in order. */
export async function allRoleNames(store: RoleStore): Promise<readonly RoleName[]> {
  const names: RoleName[] = [];
  for (;;) {
    const page = await store.listRoles({ after: names.at(-1), max: rolesPerPage });
    names.push(...page);
    if (page.length < rolesPerPage) return names;
  }
}

/**
 * All roles that are defined, in the order of their names.
 * @throws ControllerError `CorruptItem` when one is not as Understudy writes it: nothing should be built on half a list.
 */
export async function allRoles(store: RoleStore): Promise<readonly StoredRole[]> {
  const { stored, failures } = await store.readRoles(await allRoleNames(store));
  for (const failure of failures.values()) throw failure;
  return stored;
}

/** @throws CliError `RoleNotDefined`; ControllerError `CorruptItem` */
export async function requireRole(store: RoleStore, name: RoleName): Promise<StoredRole> {
  const { stored, failures } = await store.readRoles([name]);
  for (const failure of failures.values()) throw failure;
  const [only] = stored;
  if (only === undefined) throw roleNotDefined(name);
  return only;
}
