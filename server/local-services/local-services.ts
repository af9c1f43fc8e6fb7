/** The database and the nats-server that a command works with: those it is told of, else local ones. */
import { fork } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import {
  GUARD_FILES,
  onMessage,
  send,
  type Answer,
  type GuardAddress,
  type GuardOutcome,
  type ServiceName,
} from './guard-protocol.ts';
import { LocalServiceError, reasonOf } from './local-service-error.ts';

const GUARD = resolve(import.meta.dirname, 'guard.ts');
/** A guard that is stopping needs this long at most until a new one can take its place. */
const ATTACH_LIMIT_MS = 90_000;
const GUARD_ATTEMPTS = 3;

export interface LocalServices {
  databaseUrl: string;
  natsUrls: string[];
  /** Resolves when what only this command used has stopped. */
  stop(): Promise<void>;
}

/**
 * Uses DATABASE_URL and NATS_URL where given; the others are started under `dataDir`, once however
 * many commands ask, and stop when the last of them calls `stop` or dies. `report` is told in plain
 * lines what takes time. Throws `LocalServiceError`: one line that says why there is no service.
 */
export async function startLocalServices(
  config: Pick<Config, 'databaseUrl' | 'natsUrls' | 'dataDir'>,
  report: (line: string) => void,
): Promise<LocalServices> {
  const { databaseUrl, natsUrls, dataDir } = config;
  if (databaseUrl !== undefined && natsUrls !== undefined) {
    return { databaseUrl, natsUrls, stop: () => Promise.resolve() };
  }
  const needs: ServiceName[] = [];
  if (databaseUrl === undefined) needs.push('postgres');
  if (natsUrls === undefined) needs.push('nats');
  checkWritable(dataDir);
  const end = performance.now() + ATTACH_LIMIT_MS;
  let guardsLeft = GUARD_ATTEMPTS;
  while (performance.now() < end && guardsLeft > 0) {
    const attached = await attach(dataDir, needs, report);
    if (attached !== undefined) {
      return {
        databaseUrl: databaseUrl ?? attached.urls.postgres ?? '',
        natsUrls: natsUrls ?? [attached.urls.nats ?? ''],
        stop: () => attached.stop(),
      };
    }
    if ((await startGuard(dataDir)) === 'busy') await pause(100);
    else guardsLeft -= 1;
  }
  throw new LocalServiceError(
    guardsLeft === 0
      ? `the services' guard ends again and again: see ${join(dataDir, GUARD_FILES.log)}`
      : `another command is still stopping the services in ${dataDir}: try again`,
  );
}

interface Attachment {
  urls: Partial<Record<ServiceName, string>>;
  stop(): Promise<void>;
}

/** Undefined where no guard answers: there is none, or it is about to end. */
async function attach(
  dataDir: string,
  needs: ServiceName[],
  report: (line: string) => void,
): Promise<Attachment | undefined> {
  const address = guardAddress(dataDir);
  if (address === undefined) return undefined;
  const socket = connect(address.port, '127.0.0.1');
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      resolve();
    }),
  );
  const stop = (): Promise<void> => {
    socket.ref().end();
    return closed;
  };
  socket.on('error', () => socket.destroy());
  send(socket, { secret: address.secret, needs });
  return new Promise((resolve, reject) => {
    let refusal: LocalServiceError | undefined;
    void closed.then(() => {
      if (refusal === undefined) resolve(undefined);
      else reject(refusal);
    });
    onMessage(socket, (message) => {
      const answer = message as Answer;
      if (answer.kind === 'report') {
        report(answer.line);
      } else if (answer.kind === 'failed') {
        // Told only when the connection has closed: then what did start has stopped again.
        refusal = new LocalServiceError(answer.line);
        void stop();
      } else {
        // The connection says that the command lives; it must not be what keeps it alive.
        socket.unref();
        resolve({ urls: answer.urls, stop });
      }
    });
  });
}

function guardAddress(dataDir: string): GuardAddress | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, GUARD_FILES.address), 'utf8')) as GuardAddress;
  } catch {
    return undefined; // No guard has written it yet, or one is writing it right now.
  }
}

/** `busy` where there is a guard already, which has yet to say where it listens or is about to end. */
async function startGuard(dataDir: string): Promise<'listening' | 'busy'> {
  const logFile = join(dataDir, GUARD_FILES.log);
  const log = openSync(logFile, 'a', 0o600);
  // A group of its own, so that Ctrl-C in the terminal reaches the command alone.
  const guard = fork(GUARD, [dataDir], {
    cwd: '/',
    detached: true,
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const outcome = await new Promise<GuardOutcome>((resolve) => {
    guard.once('message', (message) => {
      resolve(message as GuardOutcome);
    });
    guard.once('error', (error) => {
      resolve({ kind: 'failed', line: error.message });
    });
    guard.once('exit', () => {
      resolve({ kind: 'failed', line: `the services' guard ended: see ${logFile}` });
    });
  });
  guard.unref();
  if (guard.connected) guard.disconnect();
  if (outcome.kind === 'failed') throw new LocalServiceError(outcome.line);
  return outcome.kind;
}

function checkWritable(dataDir: string): void {
  const probe = join(dataDir, `.writable-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, '');
    rmSync(probe);
    closeSync(openSync(join(dataDir, GUARD_FILES.log), 'a', 0o600));
  } catch (cause) {
    throw new LocalServiceError(
      `the data folder ${dataDir} can't be written (DATA_DIR): ${reasonOf(cause)}`,
      { cause },
    );
  }
}

/** Below /proc Node's own recursive mkdir never ends: it takes the refusal for a missing parent, again and again. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another command may have been quicker.
    if (!existsSync(folder)) throw error;
  }
}
