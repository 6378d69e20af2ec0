import { readFileSync } from 'node:fs';
import type { SimulationOptions } from './command/options.ts';
import { readOptions, usage } from './command/options.ts';
import { showProgress } from './command/progress.ts';
import { writeRunReport } from './command/run-report.ts';
import type { SeedReport } from './command/run-seeds.ts';
import { runSeeds } from './command/run-seeds.ts';
import { Totals } from './command/totals.ts';
import type { Report } from './simulate.ts';
import { simulate } from './simulate.ts';
import { generateStory } from './story/generate-story.ts';
import { narrate, timeWords } from './story/narrate.ts';
import { shrink } from './story/shrink.ts';
import type { Story } from './story/story.ts';
import { storySchema } from './story/story.ts';

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const isOne = options.seeds === 1 || options.storyPath !== undefined;
  process.exitCode = (await (isOne ? runOne(options) : runMany(options))) ? 0 : 1;
}

async function runOne(options: SimulationOptions): Promise<boolean> {
  const story =
    options.storyPath === undefined
      ? generateStory(options.seed, options.steps)
      : storySchema.parse(JSON.parse(readFileSync(options.storyPath, 'utf8')));
  const trace = options.isTraced
    ? (atMs: number, line: string) => print(`${timeWords(atMs)}  ${line}`)
    : undefined;
  const report = await simulate(story, trace === undefined ? {} : { trace });
  const totals = new Totals();
  totals.add(report.counts, report.violations.length > 0);
  print(...totals.lines());
  if (report.violations.length > 0) await tellFailure(story, report, options);
  return report.violations.length === 0;
}

async function runMany(options: SimulationOptions): Promise<boolean> {
  const totals = new Totals();
  const failed: number[] = [];
  const stop = new AbortController();
  // Who stops a long run by hand still wants to see what it came to.
  process.once('SIGINT', () => stop.abort());
  {
    using _ = showProgress(totals, options.seeds);
    const onReport = ({ seed, violations, counts }: SeedReport) => {
      totals.add(counts, violations.length > 0);
      if (violations.length > 0) failed.push(seed);
      for (const { check, words } of violations) print('', `seed ${seed} breaks "${check}": ${words}`);
    };
    await runSeeds(options, onReport, stop.signal);
  }
  print('', ...totals.lines());
  if (options.reportPath !== undefined) {
    writeRunReport(
      options.reportPath,
      options.seeds,
      `npm run sim -- ${process.argv.slice(2).join(' ')}`,
      totals,
    );
  }
  const [first] = failed.toSorted((a, b) => a - b);
  if (first !== undefined) {
    const story = generateStory(first, options.steps);
    await tellFailure(story, await simulate(story), options);
  }
  return failed.length === 0;
}

/** What broke, how to see it again, and the shortest story in which it does. */
async function tellFailure(
  story: Story,
  report: Report,
  { steps, storyPath }: SimulationOptions,
): Promise<void> {
  for (const { check, atMs, words } of report.violations) {
    print('', `"${check}" is broken at ${timeWords(atMs).trim()}:`, `  ${words}`);
  }
  const again = storyPath === undefined ? `--seed ${story.seed} --steps ${steps}` : `--story ${storyPath}`;
  print('', `Again, with everything that happens: npm run sim -- ${again} --trace`);
  print('', 'Looking for the shortest story that breaks it…');
  const short = await shrink(story, report, (candidate) => simulate(candidate));
  print('', ...narrate(short), '', 'As it goes into test/simulation/regressions:', '', JSON.stringify(short));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
}
