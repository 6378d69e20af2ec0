import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Counts } from '../checks/counts.ts';
import type { Violation } from '../checks/watch.ts';
import type { SimulationOptions } from './options.ts';

/** What came of one seed. */
export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly counts: Counts;
}

/** Simulates many seeds on several cores, until the signal stops it; tells of each as it is done, in no order. */
export async function runSeeds(
  { seed, seeds, steps, workers }: SimulationOptions,
  onReport: (report: SeedReport) => void,
  signal: AbortSignal,
): Promise<void> {
  const stride = Math.min(workers, seeds);
  const all = Array.from({ length: stride }, (_, index) => {
    const workerData = { first: seed + index, end: seed + seeds, stride, steps };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      // Much is made and little is kept: with room for it there is less to clean up.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    worker.on('message', onReport);
    signal.addEventListener('abort', () => worker.terminate());
    return once(worker, 'exit');
  });
  await Promise.all(all);
}
