/** Production as Dockerfile and docker-compose.yml put it together, in a clean folder and a clean environment, without Docker. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FeedState } from '../../shared/feed.ts';
import { freePort } from '../../server/local-services/free-port.ts';
import { readCompose } from '../support/compose-file.ts';
import { guardedNats, type GuardedNats } from '../support/guarded-nats.ts';
import { makeImage, type Image } from '../support/image.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { until } from '../support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PASSWORDS = {
  POSTGRES_PASSWORD: 'postgres-secret',
  NATS_PASSWORD: '12e5',
  NATS_FEED_PASSWORD: '0feed',
};

const folder = mkdtempSync(join(tmpdir(), 'forewatch-image-'));
let image: Image;
let nats: GuardedNats;
let database: RealServer;
let environment: Record<string, string>;
let url: string;
let server: ChildProcess;
let said = '';
/** Of the administrator that the shell made. */
let cookie = '';

beforeAll(async () => {
  image = makeImage(folder);
  const { services } = readCompose(PASSWORDS);
  const [configFile = ''] = services['nats']?.volumes[0]?.split(':') ?? [];
  nats = await guardedNats(resolve(ROOT, configFile), services['nats']?.environment);
  database = await realDatabase({ migrated: false });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  // What the two files give it, with the addresses of this machine in place of the services' names.
  const given: Record<string, string> = { ...image.environment, ...services['forewatch']?.environment };
  mkdirSync(join(folder, 'data'));
  environment = {
    ...given,
    PATH: dirname(process.execPath),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database.url,
    NATS_URL: given['NATS_URL']?.replace('nats:4222', nats.host) ?? '',
  };
  server = start(image.command);
  server.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  server.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  await until(
    () => [server.exitCode, said] as const,
    ([code, text]) => code !== null || text.includes('Forewatch serves'),
  );
  if (server.exitCode !== null) throw new Error(`it did not start: ${said}`);
});
afterAll(async () => {
  if (server.exitCode === null) {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  }
  await nats.stop();
  await database.dispose();
  rmSync(folder, { recursive: true });
});

const place = (): { cwd: string; env: Record<string, string> } => ({
  cwd: join(image.folder, image.workingFolder),
  env: environment,
});

function start([program = '', ...args]: string[]): ChildProcess {
  return spawn(program, args, { ...place(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** As `docker compose exec forewatch …`. */
function execute([program = '', ...args]: string[]): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  return spawnSync(program, args, { ...place(), encoding: 'utf8' });
}

it('migrates the database, builds nothing, and serves the client', async () => {
  expect(said).toMatch(/applied 0001_/);
  expect(said).not.toContain('Building');
  expect(said).toContain('Forewatch serves ingest, forecast, gateway');
  const page = await (await fetch(`${url}/wall`)).text();
  const [, script = ''] = /<script[^>]*src="([^"]+)"/.exec(page) ?? [];
  expect((await fetch(url + script)).status).toBe(200);
});

it('is healthy in the words of the image’s own check, which fails where nothing answers', async () => {
  await until(
    () => execute(image.healthCheck).status,
    (status) => status === 0,
  );
  const elsewhere = { ...place(), env: { ...environment, PORT: String(await freePort()) } };
  const [program = '', ...args] = image.healthCheck;
  expect(spawnSync(program, args, elsewhere).status).toBe(1);
});

it('takes an account from its shell, and what a feed with a password publishes; without one nothing comes in', async () => {
  const { stdout } = execute(['node', 'server/commands/account.ts', 'add', 'first', '--role', 'admin']);
  const [, password = ''] = /password: (\S+)/.exec(stdout) ?? [];
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'first', password }),
  });
  expect(session.status).toBe(200);
  cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  await expect(connect({ servers: nats.host })).rejects.toThrow(/authorization violation/i);
  const feed = await connect({ servers: nats.host, user: 'feed', pass: PASSWORDS.NATS_FEED_PASSWORD });
  const incident = incidentMessage({ occurredAt: new Date().toISOString() });
  await jetstream(feed).publish('incidents.v1.council.wardens', JSON.stringify(incident));
  await feed.close();
  const { stored, rejected } = await accountOf('wardens');
  expect({ stored, rejected }).toEqual({ stored: 1, rejected: 0 });
});

it('stores what the README’s first feed publishes', async () => {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
  const [, program = ''] = /^```js first feed\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const feed = join(folder, 'first-feed');
  mkdirSync(feed);
  symlinkSync(join(ROOT, 'node_modules'), join(feed, 'node_modules'));
  writeFileSync(join(feed, 'feed.mjs'), program);
  const { NATS_FEED_PASSWORD } = PASSWORDS;
  const env = { NATS_URL: nats.host, NATS_FEED_PASSWORD };
  const { status, stderr } = spawnSync(process.execPath, ['feed.mjs'], { cwd: feed, env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { stored, rejected } = await accountOf('cad');
  expect({ stored, rejected }).toEqual({ stored: 1, rejected: 0 });
});

/** What a feed's messages have become, once all of one have. */
async function accountOf(name: string): Promise<FeedState> {
  const account = await until(
    async () => {
      const answer = await fetch(`${url}/api/feeds`, { headers: { cookie } });
      return ((await answer.json()) as { feeds: FeedState[] }).feeds.find(({ feed }) => feed === name);
    },
    (found) => found !== undefined,
  );
  if (account === undefined) throw new Error(`${name} has no account`);
  return account;
}

it('ends in order when it is asked to, and has left nothing in the image', async () => {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(said).toContain('Stopping');
  expect(readdirSync(join(image.folder, image.workingFolder)).sort()).toEqual([
    'dist',
    'migrations',
    'models',
    'node_modules',
    'package.json',
    'server',
    'shared',
  ]);
});
