import { synthesizeForSoak } from './assembly.ts';
import { progressLine, reportLines } from './lines.ts';
import type { SoakOptions } from './options.ts';
import { readOptions, usage } from './options.ts';
import { Ring } from './ring.ts';
import { soak } from './soak.ts';
import { judge } from './verdict.ts';

const stepsPerDay = 20;
/** What happened last, told when a law is broken. */
const toldMax = 60;

/** Returns the exit code: 0 when no law was broken and everything stayed flat. */
async function main({ minutes, days, seed, isJson, isTraced }: SoakOptions): Promise<number> {
  const print = (line: string) => process.stderr.write(`${line}\n`);
  const totalMs = minutes * 60_000;
  let isInterrupted = false;
  process.once('SIGINT', () => {
    isInterrupted = true;
    print('interrupted: ends as soon as what is under way has ended');
  });
  print(`soaks for ${minutes} minutes with seed ${seed}`);
  await using assembly = await synthesizeForSoak();
  const startedMs = performance.now();
  const elapsedMs = () => performance.now() - startedMs;
  const told = new Ring<string>(toldMax);
  const report = await soak({
    seed,
    stepsPerDay,
    assemblyDirectory: assembly.directory,
    isDone: (daysLived) => elapsedMs() >= totalMs || daysLived === days,
    isOver: () => isInterrupted,
    onProgress: (progress) => print(progressLine(progress, elapsedMs(), totalMs)),
    tell: (line) => {
      told.push(line);
      if (isTraced) print(line);
    },
  });
  const verdict = judge(report);
  if (isJson) process.stdout.write(`${JSON.stringify({ seed, ...report.progress, ...verdict }, null, 2)}\n`);
  else process.stdout.write(`${reportLines(report, verdict).join('\n')}\n`);
  if (verdict.violations.length === 0) return 0;
  if (!isTraced) for (const line of told.all()) print(line);
  if (report.failure?.stack !== undefined) print(report.failure.stack);
  print(`Again: npm run soak -- --seed ${seed} --days ${report.progress.days + 1} --trace`);
  return 1;
}

/** Says what is wrong with the arguments, and what may be said instead. */
function optionsOrUsage(args: readonly string[]): SoakOptions | undefined {
  try {
    return readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    return undefined;
  }
}

const options = optionsOrUsage(process.argv.slice(2));
process.exitCode = options === undefined ? 2 : await main(options);
