import type { Controller } from '../../../functions/compose.ts';
import { instanceIdSchema } from '../../../shared/model/ids.ts';
import { combineAnswers, hookAnswers } from '../../../shared/plan/hook-answers.ts';
import { previewRoles } from '../../../shared/reconcile/preview-roles.ts';
import type { Stage, StagedController } from '../engine/stage.ts';
import { Look } from './look.ts';

/**
 * Nobody waits for an answer that could be given: an instance that Auto Scaling holds at a hook of which the controller was
 * told is let go, or sent away, once its roles have nothing more to say. One that is gone gets no answer.
 */
export async function whoWaitsForAnAnswer(
  stage: Stage,
  { intact }: StagedController,
): Promise<readonly string[]> {
  const { cloud, time } = stage;
  const look = new Look(stage);
  const waiting = waitingInstances(cloud.rooms.autoScaling.dump?.());
  if (waiting.size === 0) return [];
  const { ports, settings } = intact;
  const roles = await ports.store.listRoles({ after: undefined, max: 50 });
  const preview = await previewRoles(ports, settings, roles);
  const answers = [...preview.plans].flatMap(([observed, plan]) =>
    plan.kind === 'rest' ? hookAnswers(observed, plan, time.now()) : [],
  );
  const byInstance = Map.groupBy(answers, ({ instanceId }) => instanceId);
  const frozen = [...preview.plans.values()].some(({ kind }) => kind === 'frozen');
  const owed = [...byInstance]
    .filter(([id]) => waiting.has(id) && !look.isGone(id))
    .map(([id, its]) => ({ id, ...combineAnswers(its) }))
    .filter(({ answer }) => answer !== 'wait' && !frozen)
    .map(({ id, answer, words }) => `${id} waits for its hook, which is to be told ${answer}: ${words}`);
  return [...owed, ...(await unheard(intact, waiting))];
}

/** Hooks that the controller remembers as answered, and that wait. */
async function unheard(
  { ports: { store } }: Controller,
  waiting: ReadonlyMap<string, readonly string[]>,
): Promise<readonly string[]> {
  const words: string[] = [];
  for (const [text, tokens] of waiting) {
    const id = instanceIdSchema.parse(text);
    const { hook } = (await store.rememberedInstance(id)).facts;
    if (hook?.answeredAtMs === undefined || !tokens.includes(hook.action.actionToken)) continue;
    words.push(`${id} waits for its hook, which is remembered as answered`);
  }
  return words;
}

/** The instances that wait for a hook, each with its tokens, out of the room's own view of itself. */
function waitingInstances(dump: object | undefined): ReadonlyMap<string, readonly string[]> {
  const groups: readonly object[] = Reflect.get(Object(dump), 'groups') ?? [];
  const members = groups.flatMap((group) => (Reflect.get(group, 'instances') ?? []) as readonly object[]);
  return new Map(
    members.flatMap((member) => {
      const waits = (Reflect.get(member, 'waitsFor') ?? []) as readonly object[];
      const tokens = waits.map((each) => String(Reflect.get(each, 'token')));
      return tokens.length === 0 ? [] : [[String(Reflect.get(member, 'InstanceId')), tokens] as const];
    }),
  );
}
