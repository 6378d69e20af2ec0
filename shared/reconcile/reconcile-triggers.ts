import type { ControllerError } from '../model/errors.ts';
import { excerpt } from '../model/excerpt.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { answerHooks, failedByHooks } from './answer-hooks.ts';
import { causeOf, idsLengthMax } from './cause.ts';
import { keepFacts } from './keep-facts.ts';
import type { Memories, Ports, Settings } from './ports.ts';
import { reconcileConcerned } from './reconcile-concerned.ts';
import type { Reconciled } from './reconcile-roles.ts';
import { turnedAway } from './turned-away.ts';
import type { Concerned, EventTrigger } from './which-roles.ts';
import { instancesOf, rolesOf, whichRoles } from './which-roles.ts';

/** What came of one trigger: an outcome per role that it concerned, or one that says why it concerned none. */
export interface TriggerResult {
  readonly trigger: EventTrigger;
  readonly outcomes: readonly { readonly role: RoleName | undefined; readonly outcome: Outcome }[];
}

/** Treats a batch of triggers as one set: each role is reconciled once, whatever number of them named it. */
export async function reconcileTriggers(
  ports: Ports,
  settings: Settings,
  triggers: readonly EventTrigger[],
  deadlineMs: number,
): Promise<readonly TriggerResult[]> {
  const known = await whichRoles(ports, settings.roleTagKey, triggers);
  const { learnt, failures: unkept } = await keepFacts(ports, triggers, known);
  const { concerned, memories, reconciled } = await reconcileConcerned(ports, settings, {
    triggers,
    known,
    learnt,
    deadlineMs,
  });
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

function unconcerned(trigger: EventTrigger): Outcome {
  const ids = excerpt(instancesOf(trigger).join(', '), idsLengthMax);
  return { kind: 'ignored', reason: `${ids || trigger.kind} asks for no role and held none` };
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
