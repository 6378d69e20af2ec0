import type { Random } from '../../localcloud/core/random.ts';
import { StepGenerator } from '../simulation/story/generate-steps.ts';
import { roleKinds } from '../simulation/story/role-kinds.ts';
import { applySpecs, performAction } from './people.ts';
import type { Soaking } from './soaking.ts';
import { passTime, sliceOf } from './soaking.ts';

/** A storm blows for so many steps. */
const stepsOfStorm = 8;

/** Chances, for each step, that the invocations under way are killed wherever they are. */
const killChance = 0.05;

/** Lives through a day of so many steps in changing storms; returns how late its last events may come, in milliseconds. */
export async function liveThroughDay(soaking: Soaking, random: Random, stepsCount: number): Promise<number> {
  const { stage, chronicle, weather, counts, tell, isOver } = soaking;
  const undefinedKinds = roleKinds.filter(({ name }) => chronicle.specs.get(name)?.latest === undefined);
  const specs = undefinedKinds.map(({ name, variants: [first = {}] }) => [name, first] as const);
  if (specs.length > 0) await applySpecs(soaking, Object.fromEntries(specs));
  const steps = new StepGenerator(random.fork('steps'), roleKinds).generate(stepsCount);
  let atMs = 0;
  let lateMs = 0;
  for (const [index, step] of steps.entries()) {
    if (isOver()) return lateMs;
    if (index % stepsOfStorm === 0) lateMs = Math.max(lateMs, await weather.storm(random));
    await passTime(soaking, step.atMs - atMs, () => sliceOf(random));
    atMs = step.atMs;
    counts.steps += 1;
    tell(`step ${JSON.stringify(step.action)}`);
    await performAction(soaking, step.action);
    if (random.next() < killChance) await stage.control.post('kill', {});
  }
  await passTime(soaking, 30_000, () => sliceOf(random));
  return lateMs;
}
