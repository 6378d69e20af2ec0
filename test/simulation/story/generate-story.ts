import type { Random } from '../../../localcloud/core/random.ts';
import { seededRandom } from '../../../localcloud/core/random.ts';
import { StepGenerator } from './generate-steps.ts';
import { generateStorms } from './generate-storms.ts';
import { pick } from './pick.ts';
import type { RoleKind } from './role-kinds.ts';
import { roleKinds } from './role-kinds.ts';
import type { Story } from './story.ts';
import { storySchema } from './story.ts';

/** As many steps as a seed is worth when nobody asks for more. */
export const defaultStepsCount = 24;

/** Two stacks by mistake are rare. */
const twoControllersChance = 0.06;

/** A world and what happens in it, by a seed: the same story for the same seed and number of steps. */
export function generateStory(seed: number, stepsCount = defaultStepsCount): Story {
  const random = seededRandom(seed).fork('story');
  const kinds = pickKinds(random);
  const steps = new StepGenerator(random, kinds).generate(stepsCount);
  const endMs = (steps.at(-1)?.atMs ?? 0) + 60_000;
  return storySchema.parse({
    seed,
    title: `seed ${seed}`,
    roles: Object.fromEntries(kinds.map(({ name, variants: [spec] }) => [name, spec])),
    controllers: random.next() < twoControllersChance ? 2 : 1,
    batchSize: pick(random, [1, 2, 10]),
    leaseSeconds: pick(random, [10, 15, 30]),
    resyncMinutes: pick(random, [1, 5, 5]),
    steps,
    storms: generateStorms(random, endMs),
    endMs,
  });
}

/** One to four roles, each of another kind. */
function pickKinds(random: Random): readonly RoleKind[] {
  const count = 1 + random.integer(4);
  const shuffled = roleKinds
    .map((kind) => ({ kind, rank: random.next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ kind }) => kind);
  return shuffled.slice(0, count);
}
