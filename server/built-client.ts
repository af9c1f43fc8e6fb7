/** The built client that this server hands out, and which build it is. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Its folder; there is none before the first build. */
export const BUILT_CLIENT = resolve(import.meta.dirname, '../dist/client');

const BUILD = /<meta name="forewatch-build" content="([^"]+)"/;

/** Named by the page that it begins with; null where there is none. Read anew each time: a build may come in under a running server. */
export function servedBuild(folder = BUILT_CLIENT): string | null {
  try {
    return BUILD.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}
