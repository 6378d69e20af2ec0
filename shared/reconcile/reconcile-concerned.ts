import type { InstanceId, RoleName } from '../model/ids.ts';
import { isGone } from '../model/trigger.ts';
import { alarmAfter } from '../plan/learn.ts';
import { askedBesides } from './asked-besides.ts';
import { causeOf } from './cause.ts';
import type { Learnt, Memories, Ports, Settings } from './ports.ts';
import type { Reconciled } from './reconcile-roles.ts';
import { reconcileRoles } from './reconcile-roles.ts';
import type { Concerned, EventTrigger } from './which-roles.ts';
import { namedRolesOf } from './which-roles.ts';

interface Request {
  readonly triggers: readonly EventTrigger[];
  /** What was known before anything was read for a role. */
  readonly known: Concerned;
  readonly learnt: readonly Learnt[];
  readonly deadlineMs: number;
}

interface ReconciledConcerned {
  readonly concerned: Concerned;
  readonly memories: Pick<Memories, 'asked' | 'gone'>;
  readonly reconciled: Reconciled;
}

/**
 * Reconciles the roles that the triggers concern; and then, in a turn of their own, those that turn out to be asked for
 * besides, though no event said so.
 */
export async function reconcileConcerned(
  ports: Ports,
  settings: Settings,
  { triggers, known, learnt, deadlineMs }: Request,
): Promise<ReconciledConcerned> {
  const reconcile = async (
    its: Concerned,
    roles: ReadonlySet<RoleName>,
    news: readonly Learnt[],
  ): Promise<Reconciled> =>
    roles.size === 0
      ? nothingReconciled
      : reconcileRoles(ports, settings, {
          roles: [...roles],
          hints: its.hints,
          causeOf: (role) => causeOf(role, triggers, its),
          // Who asks for it wants to know how it is, not how it was written.
          readsRecords: triggers.some(({ kind }) => kind === 'operator-request'),
          deadlineMs,
          memories: memoriesOf(its),
          learnt: news,
        });
  const ofInstances = [...[...known.rolesOf.values()].flat(), ...learnt.map(({ role }) => role)];
  const roles = new Set([...ofInstances, ...triggers.flatMap(namedRolesOf)]);
  const first = await reconcile(known, roles, [...learnt, ...roleAlarms(triggers)]);
  const besides = { ...known, rolesOf: askedBesides(known, first) };
  const second = await reconcile(besides, new Set([...besides.rolesOf.values()].flat()), []);
  const concerned = { ...known, rolesOf: joined(known.rolesOf, besides.rolesOf) };
  return {
    concerned,
    memories: memoriesOf(concerned),
    reconciled: {
      outcomes: new Map([...first.outcomes, ...second.outcomes]),
      finished: new Map([...first.finished, ...second.finished]),
    },
  };
}

const nothingReconciled: Reconciled = { outcomes: new Map(), finished: new Map() };

function joined(
  known: Concerned['rolesOf'],
  besides: Concerned['rolesOf'],
): ReadonlyMap<InstanceId, readonly RoleName[]> {
  return new Map([...known].map(([id, roles]) => [id, [...roles, ...(besides.get(id) ?? [])]]));
}

/** The latest word of each alarm that names a role, whatever order they came in. */
function roleAlarms(triggers: readonly EventTrigger[]): readonly Learnt[] {
  const latest = new Map<string, Extract<Learnt, { alarmName: string }>>();
  for (const trigger of triggers) {
    if (trigger.kind !== 'alarm') continue;
    for (const role of trigger.roles) {
      const key = `${role} ${trigger.alarmName}`;
      const alarm = alarmAfter(latest.get(key)?.alarm, trigger);
      if (alarm !== undefined) latest.set(key, { role, alarmName: trigger.alarmName, alarm });
    }
  }
  return [...latest.values()];
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
