import type { ObservedInstance } from '../shared/model/observed.ts';
import { parseRoleTag } from '../shared/plan/role-tag.ts';
import type { InstanceMemory, StoredRole } from '../shared/reconcile/ports.ts';
import type { Aws } from './compose.ts';

/** What is remembered of an instance, and the defined roles that it asked for, asks for or holds. */
export async function rolesOfInstance(
  { ports, settings }: Pick<Aws, 'ports' | 'settings'>,
  { instanceId, tags }: ObservedInstance,
): Promise<{ readonly memory: InstanceMemory; readonly stored: readonly StoredRole[] }> {
  const memory = await ports.store.rememberedInstance(instanceId);
  const names = new Set([...memory.roles, ...parseRoleTag(tags[settings.roleTagKey])]);
  const { stored } = await ports.store.readRoles([...names].toSorted());
  return { memory, stored };
}
