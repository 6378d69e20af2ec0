import { defineConfig } from 'vitest/config';

const kinds = ['unit', 'property', 'contract', 'conformance', 'e2e', 'architecture', 'simulation'];

export default defineConfig({
  test: {
    // Every core: nothing else is wanted of the machine meanwhile.
    maxWorkers: '100%',
    projects: kinds.map((kind) => ({
      test: {
        name: kind,
        include: [`test/${kind}/**/*.test.ts`],
        // The functions run as they are deployed: bundled, once for the whole run.
        ...(kind === 'e2e' ? { globalSetup: 'test/e2e/build-functions.ts' } : {}),
        // Colours and machine settings must not leak into what tests compare.
        env: { NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' },
        testTimeout: 30_000,
        // Nothing keeps state in a module, so files may share one; loading the SDK anew for each would cost more than
        // the tests. What runs functions keeps to itself: their workers are ended with their file.
        isolate: kind === 'e2e',
      },
    })),
  },
});
