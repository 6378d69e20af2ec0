import type { PendingHook } from '../model/facts.ts';
import type { InstanceId, RoleName } from '../model/ids.ts';
import type { HookAnswer } from '../model/role-plan.ts';
import { combineAnswers, hookAnswers } from '../plan/hook-answers.ts';
import { learntBy, updateFacts } from './keep-facts.ts';
import type { Ports } from './ports.ts';
import type { Reconciled } from './reconcile-roles.ts';

/** What a pass came to, as far as hooks are concerned. */
export interface HookReport extends Pick<Reconciled, 'outcomes' | 'finished'> {
  /** Every role there is was part of the pass: one that was not is no longer defined. */
  readonly isOfAllRoles: boolean;
}

/**
 * Tells Auto Scaling what came of the instances that its hooks hold, once their roles have come to rest. An instance with
 * several roles is let go when all of them agree. An answer that was given is remembered with the instance, so that a
 * repeated event does not give it again.
 */
export async function answerHooks(ports: Ports, report: HookReport): Promise<void> {
  const nowMs = ports.surroundings.now();
  const answers = [...report.finished.values()].flatMap(({ observed, slots, verdicts }) =>
    hookAnswers(observed, { slots, verdicts }, nowMs),
  );
  const byInstance = Map.groupBy(answers, ({ instanceId }) => instanceId);
  await Promise.all([...byInstance].map(([instanceId, its]) => answerHook(ports, instanceId, its, report)));
}

async function answerHook(
  ports: Ports,
  instanceId: InstanceId,
  answers: readonly HookAnswer[],
  { outcomes, finished, isOfAllRoles }: HookReport,
): Promise<void> {
  const memory = await ports.store.rememberedInstance(instanceId);
  const { hook } = memory.facts;
  if (hook === undefined || hook.answeredAtMs !== undefined) return;
  const hasAgreed = (role: RoleName) =>
    finished.has(role) || (outcomes.get(role)?.kind ?? (isOfAllRoles ? 'ignored' : 'waiting')) === 'ignored';
  const { answer } = memory.roles.every(hasAgreed) ? combineAnswers(answers) : { answer: 'wait' };
  if (answer === 'wait') {
    await ports.hooks.heartbeat(instanceId, hook.action);
    return;
  }
  await ports.hooks.complete(instanceId, hook.action, answer === 'abandon' ? 'ABANDON' : 'CONTINUE');
  const answered: PendingHook = { ...hook, answeredAtMs: ports.surroundings.now() };
  const kept = await updateFacts(ports, instanceId, memory, (facts) =>
    facts.hook?.action.actionToken === hook.action.actionToken ? { ...facts, hook: answered } : facts,
  );
  await Promise.all(learntBy(memory.roles, instanceId, kept).map((each) => ports.store.learn(each)));
}
