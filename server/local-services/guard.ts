/**
 * The guard: a process of its own that starts the servers of a data folder when a command needs
 * them, keeps them alive, and stops them when the last command is gone, even killed.
 */
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { takeLock } from './guard-lock.ts';
import {
  GUARD_FILES,
  onMessage,
  send,
  type GuardAddress,
  type GuardOutcome,
  type Request,
  type ServiceName,
} from './guard-protocol.ts';
import { KeptService } from './kept-service.ts';
import { reasonOf } from './local-service-error.ts';
import { startLocalNats, startLocalPostgres } from './local-servers.ts';

/** A guard that no command ever came to, since the one that started it died at once, ends itself. */
const LONELY_MS = 10_000;
const FAREWELL_MS = 1_000;

const [, , dataDir = ''] = process.argv;
const secret = randomBytes(24).toString('base64url');
const commands = new Set<Socket>();
let stopping: Promise<void> | undefined;

const report = (line: string): void => {
  for (const socket of commands) send(socket, { kind: 'report', line });
};
const services: Record<ServiceName, KeptService> = {
  postgres: new KeptService('PostgreSQL', (port) => startLocalPostgres(dataDir, port), report),
  nats: new KeptService('nats-server', (port) => startLocalNats(dataDir, port, report), report),
};

const control = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  // A killed command's connection ends like any other: the system closes it.
  socket.on('end', () => void leave(socket).then(() => socket.end()));
  socket.on('close', () => void leave(socket));
  onMessage(socket, (message) => {
    const { secret: said, needs } = message as Request;
    if (said !== secret || stopping !== undefined) {
      socket.end();
      return;
    }
    clearTimeout(lonely);
    commands.add(socket);
    void answer(socket, needs);
  });
});

async function answer(socket: Socket, needs: ServiceName[]): Promise<void> {
  try {
    const urls = await Promise.all(needs.map(async (name) => [name, await services[name].url()] as const));
    send(socket, { kind: 'ready', urls: Object.fromEntries(urls) });
  } catch (error) {
    send(socket, { kind: 'failed', line: reasonOf(error) });
  }
}

/** The last command to leave waits until everything has stopped; the others are let go at once. */
async function leave(socket: Socket): Promise<void> {
  if (commands.delete(socket) && commands.size === 0) await stop();
}

function stop(): Promise<void> {
  stopping ??= (async () => {
    clearTimeout(lonely);
    rmSync(join(dataDir, GUARD_FILES.address), { force: true });
    control.close();
    await Promise.all(Object.values(services).map((service) => service.stop()));
    for (const socket of commands) socket.end();
    // By itself the process ends when its connections do; a stranger's connection does not hold it.
    setTimeout(() => process.exit(), FAREWELL_MS).unref();
  })();
  return stopping;
}

function tellStarter(outcome: GuardOutcome): void {
  process.send?.(outcome, () => {
    if (process.connected) process.disconnect();
  });
}

const lonely = setTimeout(() => void stop(), LONELY_MS);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());

try {
  if (takeLock(join(dataDir, GUARD_FILES.lock))) {
    control.listen(0, '127.0.0.1', () => {
      const { port } = control.address() as AddressInfo;
      const address: GuardAddress = { pid: process.pid, port, secret };
      writeFileSync(join(dataDir, GUARD_FILES.address), JSON.stringify(address), { mode: 0o600 });
      tellStarter({ kind: 'listening' });
    });
  } else {
    clearTimeout(lonely);
    tellStarter({ kind: 'busy' });
  }
} catch (error) {
  clearTimeout(lonely);
  tellStarter({ kind: 'failed', line: `the data folder ${dataDir} can't be used: ${reasonOf(error)}` });
}
