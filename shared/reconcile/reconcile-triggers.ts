import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { isGone } from '../model/trigger.ts';
import type { Memories, Ports, Settings } from './ports.ts';
import { reconcileRoles } from './reconcile-roles.ts';
import type { Concerned, InstanceTrigger } from './which-roles.ts';
import { whichRoles } from './which-roles.ts';

/** What came of one trigger: an outcome per role that it concerned, or one that says why it concerned none. */
export interface TriggerResult {
  readonly trigger: InstanceTrigger;
  readonly outcomes: readonly { readonly role: RoleName | undefined; readonly outcome: Outcome }[];
}

/** Treats a batch of triggers as one set: each role is reconciled once, whatever number of them named it. */
export async function reconcileTriggers(
  ports: Ports,
  settings: Settings,
  triggers: readonly InstanceTrigger[],
  deadlineMs: number,
): Promise<readonly TriggerResult[]> {
  const concerned = await whichRoles(ports, settings.roleTagKey, triggers);
  const roles = [...new Set([...concerned.rolesOf.values()].flat())];
  const outcomes =
    roles.length === 0
      ? new Map<RoleName, Outcome>()
      : await reconcileRoles(ports, settings, {
          roles,
          hints: concerned.hints,
          causeOf: (role) => causeOf(role, triggers, concerned),
          readsRecords: false,
          deadlineMs,
          memories: memoriesOf(concerned),
        });
  return triggers.map((trigger) => {
    const its = concerned.rolesOf.get(trigger.instanceId) ?? [];
    if (its.length === 0) return { trigger, outcomes: [{ role: undefined, outcome: unconcerned(trigger) }] };
    return {
      trigger,
      outcomes: its.map((role) => ({ role, outcome: outcomes.get(role) ?? unconcerned(trigger) })),
    };
  });
}

function unconcerned({ instanceId }: InstanceTrigger): Outcome {
  return { kind: 'ignored', reason: `${instanceId} asks for no role and held none` };
}

function causeOf(role: RoleName, triggers: readonly InstanceTrigger[], { rolesOf }: Concerned): string {
  const its = triggers.filter(({ instanceId }) => rolesOf.get(instanceId)?.includes(role));
  return its.map(inWords).join(', ');
}

function inWords(trigger: InstanceTrigger): string {
  switch (trigger.kind) {
    case 'ec2-state-change':
      return `${trigger.kind} ${trigger.instanceId} ${trigger.state}`;
    case 'tag-change':
      return `${trigger.kind} ${trigger.instanceId} version ${trigger.version}`;
  }
}

/** Rows that the table does not have yet; a repeated event adds none. */
function memoriesOf({ rolesOf, hints, memories }: Concerned): Pick<Memories, 'asked' | 'gone'> {
  const isGoneNow = (id: InstanceId) => isGone(hints.get(id)?.state ?? 'pending');
  const all = [...rolesOf].map(([instanceId, roles]) => ({
    instanceId,
    roles,
    memory: memories.get(instanceId),
  }));
  return {
    asked: all
      .filter(({ instanceId }) => !isGoneNow(instanceId))
      .map(({ instanceId, roles, memory }) => ({
        instanceId,
        roles: roles.filter((role) => !memory?.roles.includes(role)),
      })),
    gone: all.filter(({ instanceId, memory }) => memory?.isGone === false && isGoneNow(instanceId)),
  };
}
