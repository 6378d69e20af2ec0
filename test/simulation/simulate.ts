import { seededRandom } from '../../localcloud/core/random.ts';
import { whatIsNotConverged } from './checks/convergence.ts';
import type { Counts } from './checks/counts.ts';
import { tick } from './checks/counts.ts';
import { whatHistoryGetsWrong } from './checks/history.ts';
import { whoWaitsForAnAnswer } from './checks/hooks.ts';
import { Look } from './checks/look.ts';
import type { Move, Violation } from './checks/watch.ts';
import type { Trace } from './checks/watcher.ts';
import { Watcher } from './checks/watcher.ts';
import { stopSchedule } from './engine/deployment.ts';
import type { Mutation, Stage } from './engine/stage.ts';
import { buildStage } from './engine/stage.ts';
import { takeOverGlobals } from './engine/virtual-globals.ts';
import { performAction } from './story/perform-action.ts';
import { suspendGroup } from './story/perform-group.ts';
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

/** Whoever still works has ended by then, and what they failed has come back. */
const calmMs = 4 * 60_000;
/** The longest that an event is late. */
const lateMs = 4 * 3_600_000;
/** Passes until everything must be well, and the time between them: longer than leases, doubts and cooldowns. */
const passesMax = 4;
const betweenPassesMs = 70_000;
/** More of them where there are hooks: the controller waits ten minutes for a successor before it gives one its answer. */
const passesForHooks = 3;

async function comeToRest(stage: Stage, watcher: Watcher): Promise<void> {
  const { time, faults, cloud, controllers, lambda, ask, story } = stage;
  const isOver = () => watcher.violations.length > 0;
  const pass = (durationMs: number) => time.passUntil(time.now() + durationMs, isOver);
  faults.isCalm = true;
  cloud.setLag({ describeMs: 0 });
  const [controller, ...others] = controllers;
  if (controller === undefined) throw new Error('there is no controller');
  for (const { stack } of others) lambda.undeploy(stack.name);
  for (const { stack } of controllers) await stopSchedule(ask, stack);
  // Groups keep what they have: nothing is launched any more.
  for (const name of groupsOf(story)) await suspendGroup(stage, name);
  await pass(calmMs);
  if (faults.struck.some(({ fault }) => fault === 'hours-late')) await pass(lateMs);
  const { name } = controller.stack;
  const resync = async () => {
    lambda.resync(name);
    await pass(betweenPassesMs);
  };
  const passes = passesMax + (groupsOf(story).length > 0 ? passesForHooks : 0);
  for (let count = 0; count < passes && !isOver(); count += 1) await resync();
  if (isOver()) return;
  const look = new Look(stage);
  watcher.report('converges', await whatIsNotConverged(stage, controller, look));
  watcher.report('hooks are answered', await whoWaitsForAnAnswer(stage, controller));
  watcher.report(
    'what events told is known',
    await watcher.told.whatIsForgotten(controller, stage.chronicle),
  );
  watcher.writes = 0;
  for (let count = 0; count < 2; count += 1) await resync();
  watcher.report(
    'zero writes in a converged world',
    watcher.writes === 0 ? [] : [`two more passes made ${watcher.writes} calls that write`],
  );
  if (others.length > 0) return;
  watcher.report(
    'history tells the truth',
    await whatHistoryGetsWrong(controller, watcher.log, Object.keys(story.roles)),
  );
}

function groupsOf({ steps }: Story): readonly string[] {
  return steps.flatMap(({ action }) => (action.kind === 'group' ? [action.name] : []));
}

function deadLettersOf({ cloud, controllers }: Stage): number {
  const queues = controllers.map(({ stack }) => cloud.rooms.sqs.queueByArn(stack.deadLetterArn));
  return queues.reduce((sum, queue) => sum + queue.messages().length, 0);
}
