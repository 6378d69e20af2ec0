import { buildFunctions } from './build.ts';
import { InvalidParameters } from './parameters.ts';

/**
 * What CDK's command runs: what is deployed is built from what is there. Loading the CDK takes longer than building, so
 * they go side by side.
 */
const [{ createApp }] = await Promise.all([import('./create-app.ts'), buildFunctions()]);
try {
  createApp().synth();
} catch (error) {
  if (!(error instanceof InvalidParameters)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
