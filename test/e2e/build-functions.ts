import { buildFunctions } from '../../infra/build.ts';

/** Vitest calls it before the first end-to-end test: they run the bundles, not the sources. */
export async function setup(): Promise<void> {
  await buildFunctions();
}
