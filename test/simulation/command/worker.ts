import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { simulate } from '../simulate.ts';
import { generateStory } from '../story/generate-story.ts';
import type { SeedReport } from './run-seeds.ts';

const { first, end, stride, steps } = z
  .object({ first: z.int(), end: z.int(), stride: z.int(), steps: z.int() })
  .parse(workerData);

// Each worker has its own share of the seeds, and tells of each as it is done.
for (let seed = first; seed < end; seed += stride) {
  const { violations, counts } = await simulate(generateStory(seed, steps));
  const report: SeedReport = { seed, violations, counts };
  parentPort?.postMessage(report);
}
