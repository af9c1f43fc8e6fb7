/** Every static check and every kind of test, in the order they run. */
import { resolve } from 'node:path';
import { ROOT, type Counts, type Stage } from './stage.ts';

export const STATIC_CHECKS: readonly Stage[] = [
  { name: 'formatting', run: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  { name: 'types of the server', run: ['typescript/bin/tsc', '-p', 'tsconfig.server.json'] },
  { name: 'types of the browser tests', run: ['typescript/bin/tsc', '-p', 'tests/e2e'] },
  {
    name: 'types of the client',
    run: ['svelte-check/bin/svelte-check', '--tsconfig', 'tsconfig.client.json', '--fail-on-warnings'],
  },
  { name: 'lint', run: ['eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  {
    name: 'floor plan',
    run: ['dependency-cruiser/bin/dependency-cruise.mjs', 'shared', 'models', 'server', 'client', 'tests'],
  },
  { name: 'nothing unused', run: ['knip/bin/knip.js'] },
];

export const UNIT_TESTS: Stage = vitest('unit');

export const TESTS: readonly Stage[] = [
  UNIT_TESTS,
  vitest('integration'),
  {
    name: 'browser tests',
    run: ['@playwright/test/cli.js', 'test'],
    tests: { reportFile: resolve(ROOT, 'test-results/browser.json'), count: countPlaywright },
  },
];

function vitest(project: string): Stage {
  const reportFile = resolve(ROOT, `test-results/${project}.json`);
  return {
    name: `${project} tests`,
    run: [
      'vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ],
    tests: { reportFile, count: countVitest },
  };
}

function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report as Record<string, number>;
  return {
    passed: numPassedTests ?? 0,
    failed: numFailedTests ?? 0,
    skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
  };
}

function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = (report as { stats: Record<string, number> }).stats;
  return { passed: expected ?? 0, failed: (unexpected ?? 0) + (flaky ?? 0), skipped: skipped ?? 0 };
}
