import { fileURLToPath } from 'node:url';
import { buildFunctions } from '../infra/build.ts';

/** Where the assembly is: the folder that `npm run synth` writes too. */
export const assemblyDirectory = fileURLToPath(new URL('../cdk.out', import.meta.url));

/** Builds the bundles and synthesizes the stack into {@link assemblyDirectory}: offline, for any account. */
export async function synthesize(): Promise<void> {
  // Loading the CDK takes longer than building: side by side, and only when it is needed.
  const [{ createApp }] = await Promise.all([import('../infra/create-app.ts'), buildFunctions()]);
  createApp({ outdir: assemblyDirectory }).synth();
}
