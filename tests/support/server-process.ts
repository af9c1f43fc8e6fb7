/** The server as a process of its own on fresh local services: what browsers and benchmarks meet. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { hashPassword, newToken, sha256 } from '../../server/access/secrets.ts';
import { freePort } from '../../server/local-services/free-port.ts';
import { startLocalServices } from '../../server/local-services/local-services.ts';
import { saveAccount, saveToken } from '../../server/store/account-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { until } from './until.ts';

export interface LocalFolder {
  databaseUrl: string;
  natsUrls: string[];
  dataDir: string;
  dispose(): Promise<void>;
}

/** A migrated database, its own or the one that is named, and a nats-server in a folder that goes when it is disposed of. */
export async function localFolder(
  report: (line: string) => void = () => undefined,
  databaseUrl?: string,
): Promise<LocalFolder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'forewatch-run-'));
  // PostgreSQL's own account must be able to enter it.
  chmodSync(dataDir, 0o755);
  const local = await startLocalServices({ databaseUrl, natsUrls: undefined, dataDir }, report);
  if (databaseUrl === undefined) await migrate(local.databaseUrl);
  return {
    ...local,
    dataDir,
    dispose: async () => {
      await local.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface ServerProcess extends LocalFolder {
  url: string;
  wallToken: string;
  /** Of an administrator named `admin`. */
  password: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Brings it back at the same address; resolves when it is ready. */
  start(): Promise<void>;
}

const START = resolve(import.meta.dirname, '../../server/commands/start.ts');

export async function serverProcess(
  environment: Record<string, string> = {},
  report: (line: string) => void = () => undefined,
  databaseUrl?: string,
): Promise<ServerProcess> {
  const local = await localFolder(report, databaseUrl);
  const [wallToken, password] = [newToken(), newToken()];
  await makeAccess(local.databaseUrl, wallToken, password);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [START], {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: local.databaseUrl,
        NATS_URL: local.natsUrls.join(','),
        DATA_DIR: local.dataDir,
        BASEMAP: 'none',
        LOG_LEVEL: 'error',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await serves(child);
    await until(
      async () => (await fetch(`${url}/api/health/ready`)).ok,
      (ready) => ready,
    );
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await start();
  return {
    ...local,
    url,
    wallToken,
    password,
    start,
    kill: () => end('SIGKILL'),
    dispose: async () => {
      await end('SIGTERM');
      await local.dispose();
    },
  };
}

async function makeAccess(databaseUrl: string, wallToken: string, password: string): Promise<void> {
  const database = openDatabase({ url: databaseUrl, name: 'test' });
  const rights = { forces: [], cleared: false };
  await saveToken(database, sha256(wallToken), { name: 'test wall', role: 'wall', ...rights });
  const passwordArgon2id = await hashPassword(password);
  await saveAccount(database, { name: 'admin', role: 'admin', passwordArgon2id, ...rights });
  await database.end();
}

/** Resolves when it has said that it serves; throws where it ends before. */
async function serves({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) throw new Error('the server has no output to read');
  for await (const line of createInterface({ input: stdout })) {
    if (!/^Forewatch serves /.test(line)) continue;
    // Whatever it says later must not fill the pipe.
    stdout.resume();
    return;
  }
  throw new Error('the server ended before it served');
}
