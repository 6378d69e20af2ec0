import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Trigger } from '../model/trigger.ts';
import { isGone } from '../model/trigger.ts';
import type { Hint } from '../plan/doubt.ts';
import { parseRoleTag } from '../plan/role-tag.ts';
import type { InstanceMemory, Ports } from './ports.ts';

export type InstanceTrigger = Extract<Trigger, { instanceId: InstanceId }>;

export interface Concerned {
  /** The roles that each instance of the triggers asked for, holds, or asks for now. */
  readonly rolesOf: ReadonlyMap<InstanceId, readonly RoleName[]>;
  /** The strongest thing that the batch says of each instance. */
  readonly hints: ReadonlyMap<InstanceId, Hint>;
  readonly memories: ReadonlyMap<InstanceId, InstanceMemory>;
}

/**
 * From instances to roles. What the table remembers comes first: tags vanish at termination. Only for instances that it
 * does not know EC2 is asked, once, and for nothing but their role tag.
 */
export async function whichRoles(
  { store, ec2 }: Ports,
  triggers: readonly InstanceTrigger[],
): Promise<Concerned> {
  const hints = hintsOf(triggers);
  const memories = new Map(
    await Promise.all([...hints.keys()].map(async (id) => [id, await store.rememberedInstance(id)] as const)),
  );
  for (const [id, { isGone: wasGone }] of memories) {
    const hint = hints.get(id);
    if (wasGone && hint !== undefined) hints.set(id, { ...hint, state: 'terminated' });
  }
  const unknown = [...memories].filter(
    ([id, { roles }]) => roles.length === 0 && !isHintedGone(hints.get(id)),
  );
  const tags = unknown.length === 0 ? new Map() : await ec2.roleTags(unknown.map(([id]) => id));
  const rolesOf = new Map(
    [...memories].map(
      ([id, { roles }]) => [id, roles.length > 0 ? roles : parseRoleTag(tags.get(id))] as const,
    ),
  );
  return { rolesOf, hints, memories };
}

function isHintedGone(hint: Hint | undefined): boolean {
  return hint !== undefined && isGone(hint.state);
}

/** Termination outweighs all; otherwise the latest event counts, and of two in one second the later in an instance's life. */
function hintsOf(triggers: readonly InstanceTrigger[]): Map<InstanceId, Hint> {
  const hints = new Map<InstanceId, Hint>();
  for (const { instanceId, state, timeMs } of triggers) {
    const known = hints.get(instanceId);
    const hint = { state, timeMs };
    if (known === undefined || outweighs(hint, known)) hints.set(instanceId, hint);
  }
  return hints;
}

const lifeOrder = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'];

function outweighs(a: Hint, b: Hint): boolean {
  if (isGone(a.state) !== isGone(b.state)) return isGone(a.state);
  return (
    a.timeMs > b.timeMs || (a.timeMs === b.timeMs && lifeOrder.indexOf(a.state) > lifeOrder.indexOf(b.state))
  );
}
