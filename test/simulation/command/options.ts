import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultStepsCount } from '../story/generate-story.ts';

/** What to simulate. */
export interface SimulationOptions {
  /** The first seed. */
  readonly seed: number;
  /** How many seeds, one after the other. */
  readonly seeds: number;
  readonly steps: number;
  /** Tell everything that happens. */
  readonly isTraced: boolean;
  /** Seeds that are simulated side by side. */
  readonly workers: number;
  /** A story to tell instead of made-up ones. */
  readonly storyPath: string | undefined;
  /** A file for the totals. */
  readonly reportPath: string | undefined;
}

export const usage = `npm run sim -- [--seed N] [--seeds M] [--steps K] [--workers W] [--trace] [--story FILE] [--report FILE]

  --seed N       the first seed; 1 unless given
  --seeds M      how many seeds; 1 unless given
  --steps K      what happens in each story, in steps; ${defaultStepsCount} unless given
  --workers W    seeds that run side by side; one for each core unless given
  --trace        tell everything that happens
  --story FILE   run the story in the file, such as one of test/simulation/regressions
  --report FILE  write the totals there, as JSON: docs/reliability.json is what npm run docs reads`;

/** @throws Error that names the option, what was found and what is allowed. */
export function readOptions(args: readonly string[]): SimulationOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      steps: { type: 'string' },
      workers: { type: 'string' },
      trace: { type: 'boolean' },
      story: { type: 'string' },
      report: { type: 'string' },
    },
  });
  return {
    seed: wholeNumber('--seed', values.seed, { least: 0, otherwise: 1 }),
    seeds: wholeNumber('--seeds', values.seeds, { least: 1, otherwise: 1 }),
    steps: wholeNumber('--steps', values.steps, { least: 1, otherwise: defaultStepsCount }),
    workers: wholeNumber('--workers', values.workers, { least: 1, otherwise: availableParallelism() }),
    isTraced: values.trace ?? false,
    storyPath: values.story,
    reportPath: values.report,
  };
}

function wholeNumber(
  option: string,
  text: string | undefined,
  { least, otherwise }: { readonly least: number; readonly otherwise: number },
): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && text.trim() !== '') return value;
  throw new Error(`${option} is "${text}"; it must be a whole number from ${least} on`);
}
