import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { PendingHook } from '../model/facts.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import type { HookAnswer } from '../model/role-plan.ts';
import { combineAnswers, hookAnswers } from '../plan/hook-answers.ts';
import { learntBy, updateFacts } from './keep-facts.ts';
import type { Ports } from './ports.ts';
import type { Reconciled } from './reconcile-roles.ts';

/** What a pass came to, as far as hooks are concerned. */
export interface HookReport extends Pick<Reconciled, 'outcomes' | 'finished'> {
  /** Roles with nothing left to do, also those that know of no hook and that `finished` may leave out. */
  readonly atRest: ReadonlySet<RoleName>;
  /** Every role there is was part of the pass: one that was not is no longer defined. */
  readonly isOfAllRoles: boolean;
}

/**
 * Tells Auto Scaling what came of the instances that its hooks hold, once their roles have come to rest. An instance with
 * several roles is let go when all of them agree; for a role that does not come to rest the hook waits as long as it would
 * by itself. Only what waits for a successor is given more time, which the role's `handover` bounds. An answer that was
 * given is remembered with the instance, so that a repeated event does not give it again.
 * @param unconcerned Instances whose hooks were told of and that ask for no role there is: nobody else would let them go.
 * @returns Those that could not be answered; the others were.
 */
export async function answerHooks(
  ports: Ports,
  report: HookReport,
  unconcerned: readonly InstanceId[] = [],
): Promise<ReadonlyMap<InstanceId, ControllerError>> {
  const nowMs = ports.surroundings.now();
  const answers = [...report.finished.values()].flatMap(({ observed, slots, verdicts }) =>
    hookAnswers(observed, { slots, verdicts }, nowMs),
  );
  const byInstance = Map.groupBy(answers, ({ instanceId }) => instanceId);
  for (const instanceId of unconcerned) if (!byInstance.has(instanceId)) byInstance.set(instanceId, []);
  const failures = new Map<InstanceId, ControllerError>();
  await Promise.all(
    [...byInstance].map(async ([instanceId, its]) => {
      try {
        await answerHook(ports, instanceId, its, report);
      } catch (thrown) {
        failures.set(instanceId, toControllerError(thrown));
      }
    }),
  );
  return failures;
}

/** Roles that wait for an instance whose hook could not be answered: they are to be looked at again. */
export function failedByHooks(
  finished: HookReport['finished'],
  failures: ReadonlyMap<InstanceId, ControllerError>,
): ReadonlyMap<RoleName, Outcome> {
  const failed = [...failures].flatMap(([instanceId, error]) =>
    [...finished]
      .filter(([, { observed }]) => observed.state.facts[instanceId]?.hook !== undefined)
      .map(([role]) => [role, { kind: 'failed', error } as const] as const),
  );
  return new Map(failed);
}

async function answerHook(
  ports: Ports,
  instanceId: InstanceId,
  answers: readonly HookAnswer[],
  { outcomes, atRest, isOfAllRoles }: HookReport,
): Promise<void> {
  const memory = await ports.store.rememberedInstance(instanceId);
  const { hook } = memory.facts;
  if (hook === undefined || hook.answeredAtMs !== undefined) return;
  const hasAgreed = (role: RoleName) =>
    atRest.has(role) || (outcomes.get(role)?.kind ?? (isOfAllRoles ? 'ignored' : 'waiting')) === 'ignored';
  const { answer } = combineAnswers(answers);
  if (answer === 'wait') {
    // A launch has no bound but the hook's own timeout, which a heartbeat would begin anew.
    if (hook.kind === 'terminate') await ports.hooks.heartbeat(instanceId, hook.action);
    return;
  }
  if (!memory.roles.every(hasAgreed)) return;
  await ports.hooks.complete(instanceId, hook.action, answer === 'abandon' ? 'ABANDON' : 'CONTINUE');
  const answered: PendingHook = { ...hook, answeredAtMs: ports.surroundings.now() };
  const kept = await updateFacts(ports, instanceId, memory, (facts) =>
    facts.hook?.action.actionToken === hook.action.actionToken ? { ...facts, hook: answered } : facts,
  );
  await Promise.all(learntBy(kept.roles, instanceId, kept).map((each) => ports.store.learn(each)));
}
