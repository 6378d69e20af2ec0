import { defineConfig } from 'vitest/config';

/** The unit tests of the pure layers: they are fast, and Stryker runs them once for each mutant. */
export default defineConfig({
  test: {
    include: ['test/unit/shared/{model,plan,triggers}/**/*.test.ts'],
    env: { NO_COLOR: '1' },
    isolate: false,
  },
});
