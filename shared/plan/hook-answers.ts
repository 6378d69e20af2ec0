import { durationMs } from '../model/election-spec.ts';
import type { PendingHook } from '../model/facts.ts';
import { instanceIdSchema } from '../model/ids.ts';
import type { Observed } from '../model/observed.ts';
import type { HookAnswer, SlotPlan, Verdict } from '../model/role-plan.ts';
import { staleReadWindowMs } from './doubt.ts';

type Answer = Pick<HookAnswer, 'answer' | 'words'>;

/** What a plan came to, as far as hooks are concerned. */
interface Settled {
  readonly slots: readonly Pick<SlotPlan, 'holder'>[];
  readonly verdicts: readonly Verdict[];
}

/**
 * What one role has to say to the lifecycle hooks that hold its candidates, once its plan is carried out. An instance that
 * is gone gets no answer: nobody waits for it.
 *
 * | launch hook of                      |            | terminate hook of              |            |
 * |-------------------------------------|------------|--------------------------------|------------|
 * | a holder, or one that could step in | `continue` | one that holds nothing         | `continue` |
 * | one that may not hold the role      | `abandon`  | a holder without successor     | `wait`     |
 * | one that does not ask for the role  | `continue` | the same, longer than `handover` | `continue` |
 * | any other                           | `wait`     |                                |            |
 *
 * Whoever waits too long for its launch is dealt with by Auto Scaling, after the timeout and as the hook says.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html
 */
export function hookAnswers(
  { role, state, instances }: Observed,
  { slots, verdicts }: Settled,
  nowMs: number,
): readonly HookAnswer[] {
  return Object.entries(state.facts).flatMap(([id, { hook }]) => {
    if (hook === undefined || hook.answeredAtMs !== undefined) return [];
    const instanceId = instanceIdSchema.parse(id);
    const instance = instances.find((each) => each.instanceId === instanceId);
    if (instance?.state === 'terminated' || instance?.state === 'shutting-down') return [];
    const verdict = verdicts.find((each) => each.instanceId === instanceId);
    const isHolder = slots.some(({ holder }) => holder === instanceId);
    const answer =
      hook.kind === 'launch'
        ? launchAnswer(hook, verdict, isHolder, nowMs)
        : terminateAnswer(hook, isHolder, durationMs(role.spec.election.handover), nowMs);
    return [{ instanceId, answer: answer.answer, words: `${role.name}: ${answer.words}` }];
  });
}

/**
 * The one answer of an instance that several roles have something to say of: `abandon` before `wait` before `continue`. One
 * that may not hold what it asks for must not come into service, whatever its other roles say; and it is let go when
 * nobody needs it any more.
 */
export function combineAnswers(answers: readonly HookAnswer[]): Answer {
  const answer =
    (['abandon', 'wait', 'continue'] as const).find((each) => answers.some((its) => its.answer === each)) ??
    'continue';
  const words = answers.filter((each) => each.answer === answer).map((each) => each.words);
  return { answer, words: words.toSorted().join('; ') };
}

function launchAnswer(
  { sinceMs }: PendingHook,
  verdict: Verdict | undefined,
  isHolder: boolean,
  nowMs: number,
): Answer {
  if (isHolder) return { answer: 'continue', words: 'holds the role' };
  if (verdict?.isUnauthorized === true) return { answer: 'abandon', words: verdict.words };
  if (verdict === undefined || verdict.kind === 'gone') {
    // The hook is told of before EC2 shows the instance with its tags everywhere.
    return nowMs - sinceMs <= staleReadWindowMs
      ? { answer: 'wait', words: 'waiting for its tags to be seen' }
      : { answer: 'continue', words: 'does not ask for the role' };
  }
  const isInService = verdict.kind === 'ready' || verdict.kind === 'leaving';
  return { answer: isInService ? 'continue' : 'wait', words: verdict.words };
}

function terminateAnswer(
  { sinceMs }: PendingHook,
  isHolder: boolean,
  handoverMs: number,
  nowMs: number,
): Answer {
  if (!isHolder) return { answer: 'continue', words: 'holds the role no more' };
  return nowMs < sinceMs + handoverMs
    ? { answer: 'wait', words: 'waiting for a successor' }
    : { answer: 'continue', words: `no successor came within ${handoverMs / 1_000} seconds` };
}
