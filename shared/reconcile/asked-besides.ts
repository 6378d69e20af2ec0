import type { InstanceId, RoleName } from '../model/ids.ts';
import { isGone } from '../model/trigger.ts';
import { parseRoleTag } from '../plan/role-tag.ts';
import type { Reconciled } from './reconcile-roles.ts';
import type { Concerned } from './which-roles.ts';

/**
 * Roles that instances of the triggers ask for by the tags that were just read for another of their roles, and that nobody
 * knows of: the event that told of them was lost, or is late. An event that tells of tags itself is newer than what was read.
 */
export function askedBesides(
  { rolesOf, hints }: Pick<Concerned, 'rolesOf' | 'hints'>,
  { finished }: Pick<Reconciled, 'finished'>,
): ReadonlyMap<InstanceId, readonly RoleName[]> {
  const besides = new Map<InstanceId, readonly RoleName[]>();
  for (const { observed } of finished.values()) {
    for (const { instanceId, state, tags } of observed.instances) {
      const known = rolesOf.get(instanceId);
      if (known === undefined || isGone(state) || hints.get(instanceId)?.asks !== undefined) continue;
      const roles = parseRoleTag(tags[observed.roleTagKey]).filter((role) => !known.includes(role));
      if (roles.length > 0) besides.set(instanceId, roles);
    }
  }
  return besides;
}
