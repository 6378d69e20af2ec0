import { seededRandom } from '../../localcloud/core/random.ts';
import type { Counts } from './checks/counts.ts';
import { tick } from './checks/counts.ts';
import type { Move, Violation } from './checks/watch.ts';
import type { Trace } from './checks/watcher.ts';
import { Watcher } from './checks/watcher.ts';
import { comeToRest } from './come-to-rest.ts';
import type { Mutation, Stage } from './engine/stage.ts';
import { buildStage } from './engine/stage.ts';
import { takeOverGlobals } from './engine/virtual-globals.ts';
import { performAction } from './story/perform-action.ts';
import type { Story, Strike } from './story/story.ts';

export interface SimulateOptions {
  readonly mutation?: Mutation;
  readonly trace?: Trace;
}

/** What came of a run. */
export interface Report {
  /** The first is what broke; the run ends with it. */
  readonly violations: readonly Violation[];
  readonly counts: Counts;
  /** Every change of holder that was claimed, in its order. */
  readonly moves: readonly Move[];
  /** Where faults struck: with these instead of its storms the story runs the same way. */
  readonly struck: readonly Strike[];
}

/** Runs a story, watching every call that functions make; and then, with nothing going wrong any more, until all is well. */
export async function simulate(
  story: Story,
  { mutation = {}, trace = () => undefined }: SimulateOptions = {},
): Promise<Report> {
  const watcher = new Watcher(trace);
  const stage = await buildStage(story, watcher, mutation);
  using _ = takeOverGlobals(stage.time, seededRandom(story.seed).fork('globals'));
  watcher.watch(stage);
  await tell(stage, watcher);
  await comeToRest(stage, watcher);
  const { violations, counts, moves } = watcher;
  const { struck } = stage.faults;
  counts.deadLetters = deadLettersOf(stage);
  counts.faults = struck.length;
  for (const { fault } of struck) tick(counts.faultKinds, fault);
  return { violations, counts, moves, struck };
}

async function tell(stage: Stage, watcher: Watcher): Promise<void> {
  const { story, time, startMs } = stage;
  const { counts } = watcher;
  const isOver = () => watcher.violations.length > 0;
  if (story.controllers > 1) counts.twoStacks += 1;
  for (const [role, spec] of Object.entries(story.roles)) {
    tick(counts.roles, role);
    await performAction(stage, { kind: 'apply', role, spec });
  }
  for (const { atMs, action } of story.steps.toSorted((a, b) => a.atMs - b.atMs)) {
    await time.passUntil(startMs + atMs, isOver);
    if (isOver()) return;
    counts.steps += 1;
    watcher.tell(`step: ${JSON.stringify(action)}`);
    if (await performAction(stage, action)) tick(counts.actions, action.kind);
    else watcher.tell('  which cannot be done any more');
  }
  await time.passUntil(startMs + story.endMs, isOver);
}

function deadLettersOf({ cloud, controllers }: Stage): number {
  const queues = controllers.map(({ stack }) => cloud.rooms.sqs.queueByArn(stack.deadLetterArn));
  return queues.reduce((sum, queue) => sum + queue.messages().length, 0);
}
