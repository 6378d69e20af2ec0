import { whatIsNotConverged } from './checks/convergence.ts';
import { whatHistoryGetsWrong } from './checks/history.ts';
import { whoWaitsForAnAnswer } from './checks/hooks.ts';
import { Look } from './checks/look.ts';
import type { Watcher } from './checks/watcher.ts';
import { stopSchedule } from './engine/deployment.ts';
import type { Stage } from './engine/stage.ts';
import { suspendGroup } from './story/perform-group.ts';
import type { Story } from './story/story.ts';

/** Whoever still works has ended by then, and what they failed has come back. */
const calmMs = 4 * 60_000;
/** The longest that an event is late. */
const lateMs = 4 * 3_600_000;
/** Passes until everything must be well, and the time between them: longer than leases, doubts and cooldowns. */
const passesMax = 4;
const betweenPassesMs = 70_000;
/** More of them where there are hooks: the controller waits ten minutes for a successor before it gives one its answer. */
const passesForHooks = 3;

/** Lets nothing go wrong any more, and reports what is not well after as many passes as it may take. */
export async function comeToRest(stage: Stage, watcher: Watcher): Promise<void> {
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
  const resync = async () => {
    watcher.writes = 0;
    lambda.resync(controller.stack.name);
    await pass(betweenPassesMs);
    return watcher.writes;
  };
  const lastWrites = await passUntilWell(
    groupsOf(story).length > 0 ? passesMax + passesForHooks : passesMax,
    {
      resync: async () => (isOver() ? 0 : resync()),
      wait: () => pass(betweenPassesMs),
    },
  );
  if (isOver()) return;
  const look = new Look(stage);
  watcher.report('converges', await whatIsNotConverged(stage, controller, look));
  watcher.report('hooks are answered', await whoWaitsForAnAnswer(stage, controller));
  watcher.report(
    'what events told is known',
    await watcher.told.whatIsForgotten(controller, stage.chronicle),
  );
  const writes = (lastWrites === 0 ? 0 : await resync()) + (await resync());
  watcher.report(
    'zero writes in a converged world',
    writes === 0 ? [] : [`two passes in a row made ${writes} calls that write`],
  );
  if (others.length > 0) return;
  watcher.report(
    'history tells the truth',
    await whatHistoryGetsWrong(controller, watcher.log, Object.keys(story.roles)),
  );
}

/**
 * Passes until all must be well. After two that find nothing to do only time goes by, until the last one, which finds what
 * waited for its time.
 * @returns How many calls of the last pass wrote.
 */
async function passUntilWell(
  passesAllowed: number,
  { resync, wait }: { readonly resync: () => Promise<number>; readonly wait: () => Promise<void> },
): Promise<number> {
  let left = passesAllowed;
  let quiet = 0;
  for (let turn = 1; turn < passesAllowed; turn += 1) {
    if (quiet === 2) await wait();
    else {
      quiet = (await resync()) === 0 ? quiet + 1 : 0;
      left -= 1;
    }
  }
  for (;;) {
    const writes = await resync();
    left -= 1;
    if (writes === 0 || left === 0) return writes;
  }
}

function groupsOf({ steps }: Story): readonly string[] {
  return steps.flatMap(({ action }) => (action.kind === 'group' ? [action.name] : []));
}
