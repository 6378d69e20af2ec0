import { synthesize } from '../../demo/synthesize.ts';

/** Vitest calls it before the first end-to-end test: they run what is deployed, not the sources. */
export async function setup(): Promise<void> {
  await synthesize();
}
