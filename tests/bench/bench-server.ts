/** The server as a process of its own, so that what measures it does not share its thread. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { newToken, sha256 } from '../../server/access/secrets.ts';
import { saveToken } from '../../server/store/account-store.ts';
import { openDatabase } from '../../server/store/database.ts';
import { until } from '../support/until.ts';
import { benchServices, type BenchServices } from './bench-services.ts';

export interface BenchServer extends BenchServices {
  url: string;
  wallToken: string;
}

const START = resolve(import.meta.dirname, '../../server/commands/start.ts');

export async function benchServer(report: (line: string) => void): Promise<BenchServer> {
  const services = await benchServices(report);
  const database = openDatabase({ url: services.databaseUrl, name: 'bench' });
  const wallToken = newToken();
  await saveToken(database, sha256(wallToken), { name: 'bench', role: 'wall', forces: [], cleared: false });
  await database.end();
  const child = spawn(process.execPath, [START], {
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: services.databaseUrl,
      NATS_URL: services.natsUrls.join(','),
      DATA_DIR: services.dataDir,
      BASEMAP: 'none',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(child);
  const isReady = async (): Promise<boolean> => (await fetch(`${url}/api/health/ready`)).ok;
  await until(isReady, (ready) => ready);
  return {
    ...services,
    url,
    wallToken,
    dispose: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await services.dispose();
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the server has no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /at (http:\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    // Whatever it says later must not fill the pipe.
    child.stdout.resume();
    return url;
  }
  throw new Error('the server ended before it served');
}
