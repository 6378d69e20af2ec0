import type { RoleName } from '../shared/model/ids.ts';
import { previewRoles } from '../shared/reconcile/preview-roles.ts';
import { roleNotDefined } from './cli-error.ts';
import type { Aws } from './compose.ts';
import type { RoleOutlook } from './role-outlook.ts';
import { outlookOf, unreadableOutlook } from './role-outlook.ts';
import { allRoleNames } from './stored-roles.ts';

/** Roles that are observed at once; more go one lot after the other. */
const rolesPerReadMax = 200;

type ReadAws = Pick<Aws, 'ports' | 'settings'>;

/**
 * The outlook of one role, or of all in the order of their names, from a fresh and full read. Writes nothing.
 * @throws CliError `RoleNotDefined`
 */
export async function readOutlooks(
  aws: ReadAws,
  only: RoleName | undefined,
): Promise<readonly RoleOutlook[]> {
  if (only === undefined) return outlooksOf(aws, await allRoleNames(aws.ports.store));
  const outlooks = await outlooksOf(aws, [only]);
  if (outlooks.length === 0) throw roleNotDefined(only);
  return outlooks;
}

/** The outlooks of these roles in the order of their names; those that are not defined are left out. */
export async function outlooksOf(
  { ports, settings }: ReadAws,
  names: readonly RoleName[],
): Promise<readonly RoleOutlook[]> {
  const outlooks: RoleOutlook[] = [];
  for (let start = 0; start < names.length; start += rolesPerReadMax) {
    const lot = names.slice(start, start + rolesPerReadMax);
    const { plans, failures } = await previewRoles(ports, settings, lot);
    for (const [observed, plan] of plans) outlooks.push(outlookOf(observed, plan));
    for (const [role, error] of failures) outlooks.push(unreadableOutlook(role, error));
  }
  return outlooks.toSorted((a, b) => (a.role < b.role ? -1 : 1));
}
