import type { ControllerError } from '../model/errors.ts';
import { excerpt } from '../model/excerpt.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { isGone } from '../model/trigger.ts';
import { alarmAfter } from '../plan/learn.ts';
import { answerHooks, failedByHooks } from './answer-hooks.ts';
import { askedBesides } from './asked-besides.ts';
import { keepFacts } from './keep-facts.ts';
import type { Learnt, Memories, Ports, Settings } from './ports.ts';
import type { Reconciled } from './reconcile-roles.ts';
import { reconcileRoles } from './reconcile-roles.ts';
import { turnedAway } from './turned-away.ts';
import type { Concerned, EventTrigger } from './which-roles.ts';
import { instancesOf, namedRolesOf, whichRoles } from './which-roles.ts';

/** What came of one trigger: an outcome per role that it concerned, or one that says why it concerned none. */
export interface TriggerResult {
  readonly trigger: EventTrigger;
  readonly outcomes: readonly { readonly role: RoleName | undefined; readonly outcome: Outcome }[];
}

/**
 * Treats a batch of triggers as one set: each role is reconciled once, whatever number of them named it. Roles that turn out
 * to be asked for besides, though no event said so, have a turn of their own.
 */
export async function reconcileTriggers(
  ports: Ports,
  settings: Settings,
  triggers: readonly EventTrigger[],
  deadlineMs: number,
): Promise<readonly TriggerResult[]> {
  const known = await whichRoles(ports, settings.roleTagKey, triggers);
  const { learnt, failures: unkept } = await keepFacts(ports, triggers, known);
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
  const reconciled: Reconciled = {
    outcomes: new Map([...first.outcomes, ...second.outcomes]),
    finished: new Map([...first.finished, ...second.finished]),
  };
  const memories = memoriesOf(concerned);
  const whyFor = (role: RoleName) => causeOf(role, triggers, concerned);
  const history = turnedAway(reconciled, memories.asked, whyFor, ports.surroundings.now());
  const gone = goneOfNobody(memories.gone, concerned, reconciled);
  if (history.length + gone.length > 0) await ports.store.remember({ asked: [], gone, history });
  const unanswered = await answerHooks(
    ports,
    { ...reconciled, atRest: new Set(reconciled.finished.keys()), isOfAllRoles: false },
    triggers.flatMap((trigger) => heldForNobody(trigger, concerned, reconciled)),
  );
  const outcomes = new Map([...reconciled.outcomes, ...failedByHooks(reconciled.finished, unanswered)]);
  const unread = new Map([...unkept, ...concerned.failures]);
  return triggers.map((trigger) => {
    const its = rolesOf(trigger, concerned);
    const told = its.map((role) => ({ role, outcome: outcomes.get(role) ?? unconcerned(trigger) }));
    const failed =
      failureOf(trigger, unread) ?? (its.length === 0 ? failureOf(trigger, unanswered) : undefined);
    if (failed !== undefined) return { trigger, outcomes: [...told, { role: undefined, outcome: failed }] };
    const nothing = { role: undefined, outcome: unconcerned(trigger) };
    return { trigger, outcomes: told.length === 0 ? [nothing] : told };
  });
}

/** What failed for one of the instances of the trigger. */
function failureOf(
  trigger: EventTrigger,
  failures: ReadonlyMap<InstanceId, ControllerError>,
): Outcome | undefined {
  const error = instancesOf(trigger)
    .map((id) => failures.get(id))
    .find((each) => each !== undefined);
  return error && { kind: 'failed', error };
}

function joined(
  known: Concerned['rolesOf'],
  besides: Concerned['rolesOf'],
): ReadonlyMap<InstanceId, readonly RoleName[]> {
  return new Map([...known].map(([id, roles]) => [id, [...roles, ...(besides.get(id) ?? [])]]));
}

const nothingReconciled: Reconciled = { outcomes: new Map(), finished: new Map() };

/** The instance that a hook holds and that asks for no role there is. */
function heldForNobody(
  trigger: EventTrigger,
  concerned: Concerned,
  { outcomes }: Reconciled,
): readonly InstanceId[] {
  if (trigger.kind !== 'launch-hook' && trigger.kind !== 'terminate-hook') return [];
  const isForNobody = rolesOf(trigger, concerned).every((role) => outcomes.get(role)?.kind === 'ignored');
  return isForNobody ? [trigger.instanceId] : [];
}

function rolesOf(trigger: EventTrigger, concerned: Concerned): readonly RoleName[] {
  const ofInstances = instancesOf(trigger).flatMap((id) => concerned.rolesOf.get(id) ?? []);
  return [...new Set([...ofInstances, ...namedRolesOf(trigger)])];
}

function unconcerned(trigger: EventTrigger): Outcome {
  const ids = excerpt(instancesOf(trigger).join(', '), idsLengthMax);
  return { kind: 'ignored', reason: `${ids || trigger.kind} asks for no role and held none` };
}

function causeOf(role: RoleName, triggers: readonly EventTrigger[], concerned: Concerned): string {
  const its = triggers.filter((trigger) => rolesOf(trigger, concerned).includes(role));
  return excerpt(its.map(triggerInWords).join(', '), causeLengthMax);
}

/** A cause stands in the state of each role and in its history, and one event may name thousands of instances. */
const causeLengthMax = 2_000;
const idsLengthMax = 400;

/** Why we woke, in few words, for history and logs. */
export function triggerInWords(trigger: EventTrigger): string {
  const ids = excerpt(instancesOf(trigger).join(' '), idsLengthMax);
  switch (trigger.kind) {
    case 'ec2-state-change':
      return `${trigger.kind} ${ids} ${trigger.state}`;
    case 'tag-change':
      return `${trigger.kind} ${ids} version ${trigger.version}`;
    case 'launch-hook':
    case 'terminate-hook':
      return `${trigger.kind} ${ids} ${trigger.action.groupName}/${trigger.action.hookName}`;
    case 'spot-interruption':
      return `${trigger.kind} ${ids} ${trigger.action}`;
    case 'health-event':
      return `${trigger.kind} ${ids} ${trigger.eventTypeCode}${trigger.isClosed ? ' closed' : ''}`;
    case 'alarm':
      return `${trigger.kind} ${trigger.alarmName} ${trigger.state}`;
    case 'operator-request':
      return trigger.words;
    case 'tag-call':
    case 'rebalance-recommendation':
      return `${trigger.kind} ${ids}`;
  }
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

/**
 * Instances that are gone and of which something is remembered, though none of their roles is defined: with no role to be
 * reconciled, nobody else says that what is known of them may be forgotten.
 */
function goneOfNobody(
  gone: Memories['gone'],
  { memories }: Concerned,
  { outcomes }: Reconciled,
): Memories['gone'] {
  return gone
    .filter(({ roles }) => roles.every((role) => outcomes.get(role)?.kind === 'ignored'))
    .flatMap(({ instanceId }) => {
      const { roles = [], factsRevision = 0 } = memories.get(instanceId) ?? {};
      return roles.length > 0 || factsRevision > 0 ? [{ instanceId, roles }] : [];
    });
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
