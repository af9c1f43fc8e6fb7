/** A nats-server that asks who is there: with the configuration that is shipped, or with one of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '../../server/local-services/free-port.ts';
import { natsProgram } from '../../server/local-services/nats-program.ts';
import { until } from './until.ts';

export interface GuardedNats {
  host: string;
  stop(): Promise<void>;
}

/**
 * @param configFile path of the configuration; port, folder and monitoring port are replaced by free ones
 * @param environment what the configuration refers to
 */
export async function guardedNats(
  configFile: string,
  environment: Record<string, string> = {},
): Promise<GuardedNats> {
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-nats-'));
  const [port, monitoring] = [await freePort(), await freePort()];
  const places = ['-a', '127.0.0.1', '-p', String(port), '-m', String(monitoring), '-sd', folder];
  const child = spawn(await natsProgram(() => undefined), ['-c', configFile, ...places], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await until(
    async () => child.exitCode ?? ((await greets(port)) ? 'ready' : 'starting'),
    (state) => state !== 'starting',
  );
  if (child.exitCode !== null) throw new Error(`nats-server did not start: ${said}`);
  return {
    host: `127.0.0.1:${port}`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As `guardedNats`, with the configuration itself. */
export async function configuredNats(config: object): Promise<GuardedNats> {
  const folder = mkdtempSync(join(tmpdir(), 'forewatch-nats-config-'));
  const file = join(folder, 'nats.conf');
  writeFileSync(file, JSON.stringify(config));
  const nats = await guardedNats(file);
  return {
    ...nats,
    stop: async () => {
      await nats.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.toString().startsWith('INFO');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
