/** A nats-server of our own, with JetStream, on loopback. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { LocalServiceError } from './local-service-error.ts';
import { lastComplaint, launch, type ServiceProcess } from './service-process.ts';
import { endStale } from './stale-process.ts';
import { until } from './until.ts';

const START_LIMIT_MS = 30_000;

export interface NatsOptions {
  /** Path of the nats-server program. */
  program: string;
  /** Absolute path of JetStream's folder; made on the first start. */
  folder: string;
  logFile: string;
  port: number;
}

export interface NatsServer extends ServiceProcess {
  readonly url: string;
}

/** Starts the server and waits until it takes connections. Throws `LocalServiceError` with its own last words. */
export async function startNats({ program, folder, logFile, port }: NatsOptions): Promise<NatsServer> {
  const configFile = `${folder}.conf`;
  const pidFile = `${folder}.pid`;
  await endStale(pidFile, configFile, 'SIGTERM');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(configFile, natsConfig(folder, pidFile, port));
  const server = await launch({
    command: program,
    args: ['-c', configFile],
    logFile,
    stopSignal: 'SIGTERM',
  });
  const ready = await until(async () => server.hasExited() || (await greets(port)), START_LIMIT_MS);
  if (!ready || server.hasExited()) {
    await server.stop();
    throw new LocalServiceError(`nats-server did not start: ${lastComplaint(logFile) || `see ${logFile}`}`);
  }
  return { ...server, url: `nats://127.0.0.1:${port}` };
}

// JSON is NATS configuration too, and quotes paths of every kind.
function natsConfig(folder: string, pidFile: string, port: number): string {
  const settings = {
    listen: `127.0.0.1:${port}`,
    server_name: 'forewatch',
    pid_file: pidFile,
    max_payload: 1_048_576,
    jetstream: { store_dir: folder },
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/** Whether a nats-server with JetStream says its INFO on the port. */
async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(1_000, () => socket.destroy(new Error('no greeting')));
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.toString().startsWith('INFO') && greeting.includes('"jetstream":true');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
