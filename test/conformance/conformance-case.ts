import { test } from 'vitest';
import { openTarget, type Target, type TargetSettings } from './target.ts';

interface ConformanceCase {
  /** The AWS page or API reference name that the expected behaviour comes from. */
  readonly source: string;
  /**
   * By target, why it is known to behave otherwise. A case so marked is expected to fail there; when it passes, the
   * mark is stale and the run says so.
   */
  readonly divergences?: Readonly<Record<string, string>>;
}

// biome-ignore lint/style/noProcessEnv: the one place where a run of the suite reads how it was started
const { CONFORMANCE_TARGET, CONFORMANCE_PATIENCE_MS, AWS_ENDPOINT_URL, AWS_REGION } = process.env;

const settings: TargetSettings = {
  name: CONFORMANCE_TARGET ?? (AWS_ENDPOINT_URL === undefined ? 'localcloud' : 'unnamed endpoint'),
  endpoint: AWS_ENDPOINT_URL,
  region: AWS_REGION ?? 'us-east-1',
  patienceMs: Number(CONFORMANCE_PATIENCE_MS ?? 10_000),
};

/**
 * A test in AWS-visible terms only, against localcloud or whatever the environment names (CONFORMANCE_TARGET,
 * AWS_ENDPOINT_URL). Each case makes its own resources and relies on no other case.
 */
export function conformanceCase(
  name: string,
  { source, divergences = {} }: ConformanceCase,
  run: (target: Target) => Promise<void>,
): void {
  const divergence = divergences[settings.name];
  const timeoutMs = settings.name === 'localcloud' ? 30_000 : 12 * settings.patienceMs;
  test(name, { timeout: timeoutMs }, async ({ annotate, skip }) => {
    const target = openTarget(settings);
    const failure = await failureOf(run(target)).finally(() => target.close());
    if (divergence !== undefined) {
      if (failure === undefined) {
        throw new Error(`Stale mark: ${settings.name} behaves as AWS here, although marked "${divergence}"`);
      }
      skip(`known divergence of ${settings.name}: ${divergence}`);
    }
    if (failure !== undefined) {
      await annotate(`expected because of ${source}`);
      throw failure.error;
    }
  });
}

async function failureOf(running: Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await running;
    return undefined;
  } catch (error) {
    return { error };
  }
}
