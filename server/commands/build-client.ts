/** Builds the client where its sources are newer than what was built. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from './run-command.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'dist/client/index.html');
const SOURCES = ['client', 'shared', 'vite.config.ts', 'package-lock.json'];

/** Throws `CommandError` where the build fails. */
export async function buildClient(report: (line: string) => void): Promise<void> {
  if (isBuilt()) return;
  report('Building the client.');
  try {
    // Only who builds loads the tools.
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
  } catch (cause) {
    throw new CommandError(
      `the client could not be built: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function isBuilt(): boolean {
  if (!existsSync(BUILT)) return false;
  // An image has what was built, and not what it was built from.
  if (!existsSync(join(ROOT, 'client'))) return true;
  return newest(SOURCES.map((source) => join(ROOT, source))) < statSync(BUILT).mtimeMs;
}

/** The latest change below the paths, epoch milliseconds. */
function newest(paths: readonly string[]): number {
  return paths.reduce((latest, path) => {
    if (!existsSync(path)) return latest;
    const stat = statSync(path);
    const own = stat.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs;
    return Math.max(latest, own);
  }, 0);
}
