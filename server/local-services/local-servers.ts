/** Where in the data folder the demo's two servers keep what is theirs, and how each is started. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningService } from './kept-service.ts';
import { natsProgram } from './nats-program.ts';
import { startNats } from './nats-server.ts';
import { startPostgres } from './postgres-server.ts';

export async function startLocalPostgres(dataDir: string, port: number): Promise<RunningService> {
  const server = await startPostgres({
    folder: join(dataDir, 'postgres'),
    logFile: join(dataDir, 'postgres.log'),
    port,
    password: keptPassword(join(dataDir, 'postgres-password')),
  });
  return { ...server, url: server.url('postgres') };
}

export async function startLocalNats(
  dataDir: string,
  port: number,
  report: (line: string) => void,
): Promise<RunningService> {
  return startNats({
    program: await natsProgram(report),
    folder: join(dataDir, 'nats'),
    logFile: join(dataDir, 'nats.log'),
    port,
  });
}

/** Other accounts of this machine reach the port too: the password is this folder's own. */
function keptPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
