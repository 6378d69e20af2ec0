import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../infra/build.ts';

/**
 * What is kept for days is kept for one, so that it is full long before the soak ends; and a day of the cloud is not
 * mostly resyncs.
 */
const context = {
  archiveRetentionDays: 1,
  historyRetentionDays: 1,
  goneInstanceRetentionDays: 1,
  resyncMinutes: 5,
};

/** A synthesized stack in a temporary folder, which goes when it is disposed. */
export interface Assembly extends AsyncDisposable {
  readonly directory: string;
}

/** Builds the bundles and synthesizes the stack. */
export async function synthesizeForSoak(): Promise<Assembly> {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-soak-'));
  const [{ createApp }] = await Promise.all([import('../../infra/create-app.ts'), buildFunctions()]);
  createApp({ outdir: directory, context }).synth();
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
