import type { RoleName } from '../shared/model/ids.ts';
import { previewRoles } from '../shared/reconcile/preview-roles.ts';
import { roleNotDefined } from './cli-error.ts';
import type { Aws } from './compose.ts';
import type { RoleOutlook } from './role-outlook.ts';
import { outlookOf, unreadableOutlook } from './role-outlook.ts';
import { allRoleNames } from './stored-roles.ts';

/** Roles that are observed at once; more go one lot after the other. */
const rolesPerReadMax = 200;

/**
 * The outlook of one role, or of all in the order of their names, from a fresh and full read. Writes nothing.
 * @throws CliError `RoleNotDefined`
 */
export async function readOutlooks(
  { ports, settings }: Aws,
  only: RoleName | undefined,
): Promise<readonly RoleOutlook[]> {
  const names = only === undefined ? await allRoleNames(ports.store) : [only];
  const outlooks: RoleOutlook[] = [];
  for (let start = 0; start < names.length; start += rolesPerReadMax) {
    const lot = names.slice(start, start + rolesPerReadMax);
    const { plans, failures, undefinedRoles } = await previewRoles(ports, settings, lot);
    if (only !== undefined && undefinedRoles.includes(only)) throw roleNotDefined(only);
    for (const [observed, plan] of plans) outlooks.push(outlookOf(observed, plan));
    for (const [role, error] of failures) outlooks.push(unreadableOutlook(role, error));
  }
  return outlooks.toSorted((a, b) => (a.role < b.role ? -1 : 1));
}
