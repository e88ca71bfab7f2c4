import { defineConfig } from 'vitest/config';

/** `unit` needs nothing; `local` runs against a local AWS that its global set-up starts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.local.test.ts'],
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
    ],
    reporters: ['default', './test/closingLine.ts'],
    // Two cores: a third worker only adds start-up time.
    maxWorkers: 2,
  },
});
