/** How the browser tests run: one after another in a real Chromium, and never a second try. */
import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS } from './tests/support/chromium-flags.ts';
import { installedChromium } from './server/commands/chromium.ts';

const executablePath = installedChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/browser',
  // The servers, the database and the browser share few cores; what a test measures must be its own.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  // A busy machine is slow, not wrong: what must be quick is measured, not tested.
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    viewport: { width: 1920, height: 1080 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS],
    },
  },
});
