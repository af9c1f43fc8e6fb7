/** One stage of a check: runs a tool, says how long it took, and counts what it found. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Stage {
  name: string;
  /** The tool's script below node_modules, and its arguments. */
  run: [script: string, ...args: string[]];
  /** Counts what the stage found, where it is more than one check: reads the report that the tool wrote. */
  tests?: { reportFile: string; count: (report: unknown) => Counts };
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs stages one after another and adds up what they counted. */
export async function runStages(stages: readonly Stage[]): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const stage of stages) {
    const counts = await runStage(stage);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

async function runStage({ name, run, tests }: Stage): Promise<Counts> {
  const began = performance.now();
  console.log(`\n▸ ${name}`);
  if (tests !== undefined) rmSync(tests.reportFile, { force: true });
  const [script, ...args] = run;
  const child = spawn(process.execPath, [resolve(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  const counts: Counts =
    tests !== undefined && existsSync(tests.reportFile)
      ? tests.count(JSON.parse(readFileSync(tests.reportFile, 'utf8')))
      : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A file that can't be loaded, or a tool that crashed, fails without any test of its own having failed.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  const took = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${counts.failed === 0 ? '✓' : '✗'} ${name} (${took} s)`);
  return counts;
}
