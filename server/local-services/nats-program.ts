/** Finds a nats-server on the machine, or gets one: from its package manager, else from the release page. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LocalServiceError, reasonOf } from './local-service-error.ts';
import { downloadNats, NATS_RELEASE } from './nats-download.ts';
import { runTool } from './run-tool.ts';
import { installPackage } from './system-package.ts';

const CACHE = resolve(import.meta.dirname, '../../.cache');
const OLDEST = [2, 9] as const;

/** Besides the search path: where packages put it, which an ordinary user's search path may leave out. */
const PLACES = [
  'nats-server',
  '/usr/sbin/nats-server',
  '/usr/local/bin/nats-server',
  '/opt/homebrew/bin/nats-server',
  join(homedir(), 'go/bin/nats-server'),
];

/** The program's path or name. Throws `LocalServiceError` that says what to do where none is to be had. */
export async function natsProgram(report: (line: string) => void): Promise<string> {
  const downloaded = join(CACHE, `nats-server-${NATS_RELEASE}`);
  const found = await firstUsable([...PLACES, downloaded]);
  if (found !== undefined) return found;

  const refusal = await installPackage('nats-server', report);
  const installed = refusal === undefined ? await firstUsable(PLACES) : undefined;
  if (installed !== undefined) return installed;

  try {
    report(`downloading nats-server ${NATS_RELEASE}`);
    await downloadNats(downloaded);
    return downloaded;
  } catch (cause) {
    throw new LocalServiceError(
      'nats-server could not be had: it is not on PATH, the package manager does not help ' +
        `(${refusal ?? 'what it brings is older than 2.9 or does not run'}), and the download failed (${reasonOf(cause)}). ` +
        'Install nats-server 2.9 or later from https://github.com/nats-io/nats-server/releases, ' +
        'or set NATS_URL to a running one',
      { cause },
    );
  }
}

async function firstUsable(programs: string[]): Promise<string | undefined> {
  for (const program of programs) {
    const result = await runTool(program, ['--version'], 30_000);
    if (result.kind === 'done' && isRecent(result.output)) return program;
  }
  return undefined;
}

function isRecent(output: string): boolean {
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(output) ?? [];
  const [oldestMajor, oldestMinor] = OLDEST;
  return Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
}
