/**
 * Keeps the real servers of a run of integration tests, as a process of its own: when the run ends,
 * however it ends, its connection to this process does too, and the servers are stopped.
 */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/local-services/free-port.ts';
import { natsProgram } from '../../server/local-services/nats-program.ts';
import { startNats } from '../../server/local-services/nats-server.ts';
import { startPostgres } from '../../server/local-services/postgres-server.ts';
import type { ServiceProcess } from '../../server/local-services/service-process.ts';

/** What the keeper sends its parent once it listens. */
export interface KeeperAddress {
  control: string;
}

interface Kept {
  url: string;
  server: ServiceProcess;
  start: () => Promise<ServiceProcess>;
}

const folder = mkdtempSync(join(tmpdir(), 'forewatch-tests-'));
// PostgreSQL's own account must be able to enter it.
chmodSync(folder, 0o755);
const kept = new Map<string, Kept>();
let servers = 0;

const control = createServer((request, response) => {
  obey(request).then(
    (answer) => response.end(answer),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(0, '127.0.0.1');

/** `POST /postgres` or `/nats` starts a server and answers `name url`; `POST /NAME/(stop|kill|start|wipe)`. */
async function obey({ url = '' }: IncomingMessage): Promise<string> {
  const [, name = '', act] = url.split('/');
  if (act === undefined) {
    const made = `${name}-${++servers}`;
    const start = name === 'postgres' ? await postgres(made) : await nats(made);
    const server = await start();
    kept.set(made, { url: server.url, server, start });
    return `${made} ${server.url}`;
  }
  const server = kept.get(name);
  if (server === undefined) throw new Error(`there is no ${name}`);
  if (act === 'stop') await server.server.stop();
  else if (act === 'kill') await server.server.kill();
  else if (act === 'wipe') {
    await server.server.stop();
    rmSync(join(folder, name), { recursive: true, force: true });
    server.server = await server.start();
  } else if (server.server.hasExited()) server.server = await server.start();
  return '';
}

async function postgres(name: string): Promise<() => Promise<ServiceProcess & { url: string }>> {
  const port = await freePort();
  const options = {
    folder: join(folder, name),
    logFile: join(folder, `${name}.log`),
    port,
    password: 'tests',
  };
  return async () => {
    const server = await startPostgres({ ...options, settings: ['shared_buffers=128MB'] });
    return { ...server, url: server.url('postgres') };
  };
}

async function nats(name: string): Promise<() => Promise<ServiceProcess & { url: string }>> {
  const program = await natsProgram(() => undefined);
  const port = await freePort();
  return () => startNats({ program, folder: join(folder, name), logFile: join(folder, `${name}.log`), port });
}

// Ctrl-C ends the run, and the end of the run ends the servers.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => {
  control.close();
  control.closeAllConnections();
  void Promise.all([...kept.values()].map(({ server }) => server.stop())).then(() => {
    rmSync(folder, { recursive: true, force: true });
  });
});

await once(control, 'listening');
const { port } = control.address() as AddressInfo;
const address: KeeperAddress = { control: `http://127.0.0.1:${port}` };
process.send?.(address);
