import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { InstanceFacts } from '../model/facts.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Trigger } from '../model/trigger.ts';
import { isGone } from '../model/trigger.ts';
import type { Hint } from '../plan/doubt.ts';
import { parseRoleTag } from '../plan/role-tag.ts';
import type { InstanceMemory, Ports } from './ports.ts';

/** What is treated as it comes; the resync has its own way. */
export type EventTrigger = Exclude<Trigger, { kind: 'scheduled-resync' }>;

export interface Concerned {
  /** The roles that each instance of the triggers asked for, holds, or asks for now. */
  readonly rolesOf: ReadonlyMap<InstanceId, readonly RoleName[]>;
  /** The strongest thing that the batch says of each instance. */
  readonly hints: ReadonlyMap<InstanceId, Hint>;
  readonly memories: ReadonlyMap<InstanceId, InstanceMemory>;
  /** Instances of which could not be read what is remembered; they are in nothing else. */
  readonly failures: ReadonlyMap<InstanceId, ControllerError>;
}

/** The instances that a trigger tells of. */
export function instancesOf(trigger: EventTrigger): readonly InstanceId[] {
  if ('instanceIds' in trigger) return trigger.instanceIds;
  return 'instanceId' in trigger ? [trigger.instanceId] : [];
}

/** The roles that a trigger names itself. */
export function namedRolesOf(trigger: EventTrigger): readonly RoleName[] {
  return 'roles' in trigger ? trigger.roles : [];
}

/** All the roles that a trigger concerns, each once. */
export function rolesOf(trigger: EventTrigger, concerned: Concerned): readonly RoleName[] {
  const ofInstances = instancesOf(trigger).flatMap((id) => concerned.rolesOf.get(id) ?? []);
  return [...new Set([...ofInstances, ...namedRolesOf(trigger)])];
}

/**
 * From instances to roles. What the table remembers comes first: tags vanish at termination. An event that tells of tags
 * says itself what they ask for; only for instances of which nothing is known EC2 is asked, once, and for nothing but
 * their role tag.
 */
export async function whichRoles(
  { store, ec2 }: Ports,
  roleTagKey: string,
  triggers: readonly EventTrigger[],
): Promise<Concerned> {
  const ids = [...new Set(triggers.flatMap(instancesOf))];
  const { memories, failures } = await remembered(store, ids);
  const hints = hintsOf(triggers, roleTagKey, memories);
  const retagged = new Set(
    triggers.flatMap((trigger) => (trigger.kind === 'tag-call' ? trigger.instanceIds : [])),
  );
  const unknown = [...memories].filter(
    ([id, { roles }]) => (roles.length === 0 || retagged.has(id)) && needsTag(hints.get(id)),
  );
  const tags = unknown.length === 0 ? new Map() : await ec2.roleTags(unknown.map(([id]) => id));
  const rolesOf = new Map(
    [...memories].map(([id, { roles }]) => {
      const asked = hints.get(id)?.asks?.roles ?? parseRoleTag(tags.get(id));
      return [id, [...new Set([...roles, ...asked])]] as const;
    }),
  );
  return { rolesOf, hints, memories, failures };
}

/** What somebody else wrote of one instance into the table is no reason to do nothing for the others. */
async function remembered(
  store: Ports['store'],
  ids: readonly InstanceId[],
): Promise<Pick<Concerned, 'memories' | 'failures'>> {
  const memories = new Map<InstanceId, InstanceMemory>();
  const failures = new Map<InstanceId, ControllerError>();
  const reads = await Promise.allSettled(ids.map((id) => store.rememberedInstance(id)));
  for (const [index, id] of ids.entries()) {
    const read = reads[index];
    if (read?.status === 'fulfilled') memories.set(id, read.value);
    else failures.set(id, toControllerError(read?.reason));
  }
  return { memories, failures };
}

/** The tags of what is gone are gone too, and those that an event told need no asking. */
function needsTag(hint: Hint | undefined): boolean {
  return hint?.asks === undefined && !(hint?.state !== undefined && isGone(hint.state));
}

function hintsOf(
  triggers: readonly EventTrigger[],
  roleTagKey: string,
  memories: ReadonlyMap<InstanceId, InstanceMemory>,
): Map<InstanceId, Hint> {
  const hints = new Map<InstanceId, Hint>();
  for (const trigger of triggers) {
    for (const id of instancesOf(trigger)) {
      const hint = hintOf(trigger, roleTagKey, memories.get(id)?.facts ?? {});
      if (hint !== undefined) hints.set(id, strongest(hints.get(id), hint));
    }
  }
  for (const [id, { isGone: wasGone }] of memories) {
    if (wasGone) hints.set(id, { timeMs: 0, ...hints.get(id), state: 'terminated' });
  }
  return hints;
}

function hintOf(trigger: EventTrigger, roleTagKey: string, known: InstanceFacts): Hint | undefined {
  const { timeMs } = trigger;
  switch (trigger.kind) {
    case 'ec2-state-change':
      return { state: trigger.state, timeMs };
    case 'tag-change':
      // A late event of a change that was overtaken says nothing of the tags that are there now.
      if (trigger.version < (known.tagVersion ?? 0)) return undefined;
      return {
        timeMs,
        asks: { roles: parseRoleTag(trigger.tags[roleTagKey]), version: trigger.version, timeMs },
      };
    default:
      return undefined;
  }
}

/** The stronger state with its time, and the later tags: states and tags are told by different events. */
function strongest(known: Hint | undefined, hint: Hint): Hint {
  if (known === undefined) return hint;
  const asks = [known.asks, hint.asks]
    .filter((each) => each !== undefined)
    .toSorted((a, b) => b.version - a.version)[0];
  return { ...(outweighs(hint, known) ? hint : known), ...(asks === undefined ? {} : { asks }) };
}

const lifeOrder = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'];

/** Termination outweighs all; otherwise the latest state counts, and of two in one second the later in a life. */
function outweighs(a: Hint, b: Hint): boolean {
  if (a.state === undefined || b.state === undefined) return a.state !== undefined;
  if (isGone(a.state) !== isGone(b.state)) return isGone(a.state);
  return (
    a.timeMs > b.timeMs || (a.timeMs === b.timeMs && lifeOrder.indexOf(a.state) > lifeOrder.indexOf(b.state))
  );
}
