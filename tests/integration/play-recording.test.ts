/** Playing recordings into a real nats-server: the order, the clock, the account, and what happens when it is full or down. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import {
  playRecording,
  type PlayAccount,
  type PlayOptions,
} from '../../server/feeds/recordings/play-recording.ts';
import { ensureStreams, INCIDENTS } from '../../server/feeds/streams.ts';
import { CLOCK_SUBJECT } from '../../server/feeds/subjects.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { TimeZone } from '../../shared/time.ts';
import { realNats, type RealServer } from '../support/real-servers.ts';

const HEADER = 'id,occurred_at,lat,lon,category,source';
let nats: RealServer;
let connection: NatsConnection;
let folder: string;

beforeEach(async () => {
  nats = await realNats();
  connection = await connectNats({ urls: [nats.url], name: 'test' });
  folder = await mkdtemp(join(tmpdir(), 'play-'));
});
afterEach(async () => {
  await connection.close();
  await nats.dispose();
  await rm(folder, { recursive: true });
});

async function recording(name: string, rows: string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, [HEADER, ...rows].join('\n'));
  return file;
}

function row(id: string | number, minute: number): string {
  const time = new Date(Date.UTC(2019, 0, 1, 0, minute)).toISOString();
  return `${id},${time},51.5,-0.1,Burglary,police.uk`;
}

function play(options: Partial<PlayOptions> & Pick<PlayOptions, 'files'>): Promise<PlayAccount> {
  return playRecording({
    connection,
    signal: new AbortController().signal,
    speed: Infinity,
    timeZone: new TimeZone('Europe/London'),
    rejectedFolder: join(folder, 'rejected'),
    ...options,
  });
}

/** Takes so many messages from the queue. */
async function take(count: number): Promise<JsMsg[]> {
  const manager = await jetstreamManager(connection);
  await manager.consumers.add(INCIDENTS, { durable_name: 'test', ack_policy: AckPolicy.Explicit });
  const consumer = await jetstream(connection).consumers.get(INCIDENTS, 'test');
  const taken: JsMsg[] = [];
  if (count === 0) return taken;
  for await (const message of await consumer.consume()) {
    message.ack();
    if (taken.push(message) === count) break;
  }
  await connection.flush();
  return taken;
}

async function queued(): Promise<number> {
  return (await (await jetstreamManager(connection)).streams.info(INCIDENTS)).state.messages;
}

const idOf = (message: JsMsg): string => message.json<IncidentMessage>().id;

it('plays several unsorted files in one order, and accounts for every row', async () => {
  const one = await recording('one.csv', [row('d', 40), row('a', 10), 'broken', row('same', 20)]);
  const two = await recording('two.csv', [row('same', 20), row('b', 15), row('c', 30), ',,,,,']);
  const account = await play({ files: [one, two], feed: { agency: 'community', feed: 'wardens' } });
  expect(account).toEqual({ read: 8, published: 6, rejected: 2, unmapped: 0 });
  const messages = await take(6);
  expect(messages.map(idOf)).toEqual(['a', 'b', 'same', 'same', 'c', 'd']);
  expect(new Set(messages.map(({ subject }) => subject))).toEqual(
    new Set(['incidents.v1.community.wardens']),
  );
  const rejected = await readFile(join(folder, 'rejected', 'one.csv.ndjson'), 'utf8');
  expect(JSON.parse(rejected)).toEqual({ line: 4, reason: 'has 1 fields, not 6' });
});

it('goes on where an earlier run stopped, and sends again what that run may have sent', async () => {
  const file = await recording('one.csv', [row('c', 30), row('a', 10), row('b', 20)]);
  const times: number[] = [];
  const account = await play({
    files: [file],
    resumeAtMs: Date.UTC(2019, 0, 1, 0, 20),
    speed: 3_600,
    onProgress: ({ atMs }) => times.push(atMs),
  });
  expect(account).toEqual({ read: 3, published: 3, rejected: 0, unmapped: 0 });
  expect((await take(3)).map(idOf)).toEqual(['a', 'b', 'c']);
  expect(times[0]).toBe(Date.UTC(2019, 0, 1, 0, 20));
});

it('tells the time before what happened in it, and never leaps over what was not sent', async () => {
  const file = await recording(
    'day.csv',
    Array.from({ length: 600 }, (_, minute) => row(minute, minute)),
  );
  const seen: { clockMs?: number; incidentMs?: number; speed?: number }[] = [];
  const listener = await connectNats({ urls: [nats.url], name: 'listener' });
  listener.subscribe('>', {
    callback: (_error, message) => {
      if (message.subject === CLOCK_SUBJECT) {
        const { at, speed } = message.json<{ at: string; speed: number }>();
        seen.push({ clockMs: Date.parse(at), speed });
      } else if (message.subject.startsWith('incidents.')) {
        seen.push({ incidentMs: Date.parse(message.json<IncidentMessage>().occurredAt) });
      }
    },
  });
  await listener.flush();
  await play({ files: [file], speed: 36_000 });
  await listener.flush();
  await listener.close();

  let clockMs = -Infinity;
  let previousClockMs = -Infinity;
  for (const message of seen) {
    if (message.clockMs !== undefined) {
      previousClockMs = clockMs;
      clockMs = message.clockMs;
    } else {
      expect(message.incidentMs).toBeLessThanOrEqual(clockMs);
      expect(message.incidentMs).toBeGreaterThan(previousClockMs);
    }
  }
  expect(seen.filter(({ incidentMs }) => incidentMs !== undefined)).toHaveLength(600);
  const clocks = seen.filter((message) => message.clockMs !== undefined);
  expect(clocks[0]).toEqual({ clockMs: Date.UTC(2019, 0, 1), speed: 36_000 });
  expect(clocks.at(-1)?.speed).toBe(0);
  expect(clocks.length).toBeGreaterThan(3);
});

it('waits while the queue is full, and loses nothing', async () => {
  await ensureStreams(await jetstreamManager(connection), { incidentsMaxMessages: 100 });
  const file = await recording(
    'many.csv',
    Array.from({ length: 1_000 }, (_, n) => row(n, n)),
  );
  const waited = Promise.withResolvers<string>();
  const playing = play({
    files: [file],
    onProgress: ({ waitingFor }) => {
      if (waitingFor !== undefined) waited.resolve(waitingFor);
    },
  });
  expect(await waited.promise).toMatch(/maximum messages exceeded/);
  const taken = await take(1_000);
  expect(await playing).toMatchObject({ read: 1_000, published: 1_000 });
  expect(new Set(taken.map(idOf)).size).toBe(1_000);
  expect(await queued()).toBe(0);
});

it('stands still while ingest is behind', async () => {
  const file = await recording(
    'many.csv',
    Array.from({ length: 9_000 }, (_, n) => row(n, n)),
  );
  await ensureStreams(await jetstreamManager(connection));
  await take(0);
  const stood = Promise.withResolvers<number>();
  const playing = play({
    files: [file],
    onProgress: ({ waitingFor, published }) => {
      if (waitingFor === 'ingest') stood.resolve(published);
    },
  });
  expect(await stood.promise).toBe(6_000);
  await take(9_000);
  expect((await playing).published).toBe(9_000);
});

it('neither loses nor repeats anything when the server dies and comes back in the middle', async () => {
  const file = await recording(
    'many.csv',
    Array.from({ length: 30_000 }, (_, n) => row(n, n)),
  );
  const begun = Promise.withResolvers<undefined>();
  const playing = play({
    files: [file],
    onProgress: ({ published }) => {
      if (published >= 4_000) begun.resolve(undefined);
    },
  });
  await begun.promise;
  await nats.stop();
  await nats.start();
  expect((await playing).published).toBe(30_000);
  const taken = await take(30_000);
  expect(new Set(taken.map(idOf)).size).toBe(30_000);
  expect(await queued()).toBe(0);
});
