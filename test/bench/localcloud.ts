import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { measureScaling } from './measure-scaling.ts';
import { measureLargeAnswer, measureLargeWorld, measureSimpleCalls } from './measure-worlds.ts';
import { type BenchResults, renderResults } from './report.ts';

/**
 * How fast localcloud is in this thread, through real SDK clients. Processor times, so that a busy machine distorts
 * them little; nothing here fails for being slow. Tables, or JSON with `--json`; progress goes to stderr.
 */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const progress = (text: string): void => {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${text} ` : `${text}\n`);
};

const results: BenchResults = {
  node: process.version,
  simpleCalls: await measureSimpleCalls(progress),
  largeAnswer: await measureLargeAnswer(1_000, progress),
  largeWorld: await measureLargeWorld(10_000, progress),
  scaling: await measureScaling([1_000, 10_000, 50_000], progress),
};
if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');

const style = pc.createColors(process.stdout.isTTY === true);
process.stdout.write(
  values.json ? `${JSON.stringify(results, undefined, 2)}\n` : renderResults(results, style),
);
