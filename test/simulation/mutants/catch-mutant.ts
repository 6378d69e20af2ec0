import type { Violation } from '../checks/watch.ts';
import { fixedSeeds, fixedSteps } from '../fixed-seeds.ts';
import { simulate } from '../simulate.ts';
import { generateStory } from '../story/generate-story.ts';
import type { Mutant } from './mutant.ts';

/** Where a mutant is caught first, and by what. */
export interface Caught {
  readonly seed: number;
  readonly violation: Violation;
}

/** Looks for a fixed seed in which the mutant breaks its law; undefined when it gets through all of them. */
export async function catchMutant({ seed: likely, breaks, mutation }: Mutant): Promise<Caught | undefined> {
  for (const seed of [likely, ...fixedSeeds.filter((each) => each !== likely)]) {
    const { violations } = await simulate(generateStory(seed, fixedSteps), { mutation: mutation() });
    const violation = violations.find(({ check }) => check === breaks);
    if (violation !== undefined) return { seed, violation };
  }
  return undefined;
}
