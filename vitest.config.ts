import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing; `local` runs against a local AWS that its global set-up starts; `deployed` against the stacks,
 * deployed into one.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.local.test.ts', 'test/**/*.deployed.test.ts'],
          // Not what they need, but what a busy machine may take.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'local',
          include: ['test/**/*.local.test.ts'],
          globalSetup: ['test/local/globalSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'deployed',
          include: ['test/**/*.deployed.test.ts'],
          globalSetup: ['test/deployed/globalSetup.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
    reporters: ['default', './test/closingLine.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // Two cores: a third worker only adds start-up time.
    maxWorkers: 2,
  },
});
