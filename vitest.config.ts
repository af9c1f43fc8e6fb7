/** Which tests run how: unit tests in parallel, integration tests two files at a time on real servers. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A test left alone would let all others pass unrun.
    allowOnly: false,
    projects: [
      {
        plugins: [svelte()],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/integration/**', 'tests/e2e/**', 'tests/bench/**'],
          environment: 'node',
          // Else what a test reads of a style sheet would be empty.
          css: true,
          // Some read whole recordings, on whatever machine runs them.
          testTimeout: 30_000,
        },
        // Svelte's own test advice: without this condition it would resolve to its server build.
        resolve: { conditions: ['browser'] },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/integration-setup.ts',
          environment: 'node',
          pool: 'forks',
          // A test waits more than it works. What stops a PostgreSQL server has one to itself.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
