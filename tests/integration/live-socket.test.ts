/** `/live` on a real socket: who gets in, what they see, and that nothing is missed when they come back. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { getResolution } from 'h3-js';
import type { Principal } from '../../server/access/policy.ts';
import { markAnnounced } from '../../server/store/batch-store.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { MAX_DELTA_INCIDENTS, type Delta } from '../../shared/messages.ts';
import { cellAt } from '../../shared/cell.ts';
import { incidentMessage } from '../support/incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { applyDelta, tallyOf } from '../support/shown-counts.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch;
const clients: LiveClient[] = [];

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) });
  await ready();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(async () => {
  await forewatch.dispose();
});

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.stages(),
    (stages) => stages.every(({ ok }) => ok),
  );
}

async function connect(principal: Partial<Principal> = {}): Promise<LiveClient> {
  const client = await LiveClient.connect(forewatch.server.url, await forewatch.token(principal));
  clients.push(client);
  return client;
}

/** Now, since a snapshot's counts reach back a day. */
const recent = (change: Parameters<typeof incidentMessage>[0] = {}): ReturnType<typeof incidentMessage> =>
  incidentMessage({ occurredAt: new Date().toISOString(), ...change });

async function send(...messages: unknown[]): Promise<void> {
  for (const message of messages) await forewatch.publish('incidents.v1.police.live', message);
}

const storedSeqs = (deltas: readonly Delta[]): number[] =>
  deltas.filter(({ type }) => type === 'incidents.stored').map(({ seq }) => seq);

describe('getting in', () => {
  it.each([{}, { authorization: 'Bearer unknown' }, { cookie: 'forewatch_session=unknown' }])(
    'is refused before there is a socket: %j',
    async (headers) => {
      const socket = new WebSocket(`${forewatch.server.url.replace('http', 'ws')}/live`, { headers });
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      expect(response.statusCode).toBe(401);
      expect(response.headers['content-type']).toContain('application/problem+json');
    },
  );

  it('is met with a hello that says what one may see', async () => {
    const { hello } = await connect({ forces: ['kent'] });
    expect(hello).toMatchObject({ protocol: 1, forces: ['kent'], clockSpeed: 1, timeZone: 'Europe/London' });
    expect(hello.epoch).not.toBe('');
    expect(hello.themes).toContain('vawg');
  });
});

describe('what a subscriber sees', () => {
  it('lists the latest after a restart, though they came days before and nothing since', async () => {
    const [older] = arrivalsOf(
      [incidentMessage({ id: 'days-ago', location: { lat: 53.4, lon: -2.2 } })],
      1_000,
    );
    if (older === undefined) throw new Error('unreachable');
    const daysAgo = formatInstant(Date.now() - 3 * DAY_MS);
    const stored = { ...older.stored, occurredAt: daysAgo, receivedAt: daysAgo };
    const [outcome] = await storeIncidents(forewatch.database, [{ ...older, stored }]);
    if (outcome?.kind !== 'stored') throw new Error('not stored');
    await markAnnounced(forewatch.database, [outcome.batch]);
    await forewatch.restart();
    await ready();
    const snapshot = await (await connect()).snapshot();
    expect(snapshot.incidents.at(-1)?.id).toBe('days-ago');
    expect(snapshot.counts.filter(({ cell }) => cell === stored.cell)).toEqual([]);
  });

  it('is a snapshot, then each incident as it comes, then a heartbeat that has its seq', async () => {
    await send(recent({ id: 'before' }));
    const client = await connect();
    const snapshot = await until(
      () => client.snapshot(),
      ({ incidents, feeds }) =>
        incidents.some(({ id }) => id === 'before') && feeds.some(({ feed }) => feed === 'live'),
    );
    expect(snapshot.incidents.map(({ id }) => id)).toContain('before');
    expect(snapshot.origins).toEqual(['live']);
    expect(snapshot.feeds.map(({ feed }) => feed)).toContain('live');
    await send(recent({ id: 'after', nativeCategory: 'as named', summary: 'words' }));
    const incident = await client.incident('after');
    expect(incident).toMatchObject({ category: 'burglary', cell: cellAt(51.5, -0.12), coarse: false });
    expect(JSON.stringify(client.frames)).not.toMatch(/as named|words/);
    const [seq = NaN] = storedSeqs(client.deltas).slice(-1);
    expect(seq).toBeGreaterThan(snapshot.seq);
    expect((await client.heartbeatFrom(seq)).seq).toBeGreaterThanOrEqual(seq);
  });

  it('has the counts of a new snapshot after all deltas, corrections and cancellations included', async () => {
    const client = await connect();
    const snapshot = await client.snapshot({ themes: ['all', 'burglary', 'violence'] });
    const moved = recent({ id: 'moved' });
    const cancelled = recent({ id: 'cancelled' });
    await send(moved, cancelled);
    await client.incident('moved');
    await send({ ...moved, revision: 2, category: 'violence', location: { lat: 51.6, lon: -0.2 } });
    await send({ ...cancelled, revision: 2, status: 'cancelled' });
    expect(await client.incident('moved', 2)).toMatchObject({
      category: 'violence',
      cell: cellAt(51.6, -0.2),
    });
    expect(await client.incident('cancelled', 2)).toMatchObject({ status: 'cancelled' });
    const tally = tallyOf(snapshot.counts);
    const last = await client.snapshot({ themes: ['all', 'burglary', 'violence'] });
    for (const delta of client.deltas) if (delta.seq <= last.seq) applyDelta(tally, delta, snapshot);
    expect(tally).toEqual(tallyOf(last.counts));
  });

  it('is what belongs to the themes and forces asked for', async () => {
    const [knives, kent, all] = await Promise.all([connect(), connect(), connect()]);
    await Promise.all([
      knives.snapshot({ themes: ['knife-crime'] }),
      kent.snapshot({ forces: ['kent'] }),
      all.snapshot(),
    ]);
    await send(
      recent({ id: 'knife', category: 'robbery', markers: ['knife'], force: 'surrey' }),
      recent({ id: 'in-kent', force: 'kent' }),
    );
    await Promise.all(['knife', 'in-kent'].map((id) => all.incident(id)));
    await send(recent({ id: 'last', category: 'robbery', markers: ['knife'], force: 'kent' }));
    await Promise.all([knives, kent].map((client) => client.incident('last')));
    expect(knives.incidents.map(({ id }) => id)).toEqual(['knife', 'last']);
    expect(kent.incidents.map(({ id }) => id)).toEqual(['in-kent', 'last']);
  });

  it('is no force that is not theirs, though they ask for it', async () => {
    const [client, all] = await Promise.all([connect({ forces: ['kent'] }), connect()]);
    const snapshot = await client.snapshot({ forces: ['kent', 'surrey'] });
    expect(snapshot.forces).toEqual(['kent']);
    await all.snapshot();
    await send(recent({ id: 'elsewhere', force: 'surrey' }));
    await all.incident('elsewhere');
    await send(recent({ id: 'here', force: 'kent' }));
    await client.incident('here');
    expect(client.incidents.map(({ id }) => id)).toEqual(['here']);
  });

  it('is coarse of a domestic incident on a wall, fine for the cleared, and coarse of all for partners', async () => {
    const who = await Promise.all([
      connect(),
      connect({ role: 'shift-lead', cleared: true }),
      connect({ role: 'partner' }),
    ]);
    await Promise.all(who.map((client) => client.snapshot()));
    await send(recent({ id: 'home', category: 'violence', markers: ['domestic'] }), recent({ id: 'shop' }));
    const shown = await Promise.all(
      who.map(async (client) => [await client.incident('home'), await client.incident('shop')]),
    );
    expect(shown.map((incidents) => incidents.map(({ cell }) => getResolution(cell)))).toEqual([
      [7, 9],
      [9, 9],
      [7, 7],
    ]);
    const snapshots = await Promise.all(who.map((client) => client.snapshot({ themes: ['vawg'] })));
    expect(snapshots.map(({ counts }) => new Set(counts.map(({ cell }) => getResolution(cell))))).toEqual([
      new Set([7]),
      new Set([9]),
      new Set([7]),
    ]);
  });

  it('is counts where one batch brings more than 200', async () => {
    const client = await connect();
    const snapshot = await client.snapshot();
    const messages = Array.from({ length: 1_000 }, () => recent());
    await Promise.all(messages.map((message) => forewatch.publish('incidents.v1.police.many', message)));
    const tally = tallyOf(snapshot.counts);
    const sum = (): number => {
      const found = client.deltas.filter(
        (delta) => delta.type === 'incidents.stored' && delta.seq > snapshot.seq,
      );
      return found.reduce((total, delta) => total + countedBy(delta), 0);
    };
    await until(sum, (total) => total >= messages.length);
    expect(sum()).toBe(messages.length);
    const inCounts = client.deltas.filter((delta) => 'counts' in delta);
    expect(inCounts.length).toBeGreaterThan(0);
    for (const delta of client.deltas) {
      if ('changes' in delta) expect(delta.changes.length).toBeLessThanOrEqual(MAX_DELTA_INCIDENTS);
      applyDelta(tally, delta, snapshot);
    }
    expect(tally).toEqual(tallyOf((await client.snapshot()).counts));
  });

  it('is the same for many at once', async () => {
    const many = await Promise.all(Array.from({ length: 40 }, () => connect()));
    const snapshots = await Promise.all(many.map((client) => client.snapshot()));
    const from = Math.max(...snapshots.map(({ seq }) => seq));
    await send(recent({ id: 'for-all-1' }), recent({ id: 'for-all-2' }));
    await Promise.all(many.map((client) => client.incident('for-all-2')));
    const told = many.map(({ deltas }) =>
      JSON.stringify(deltas.filter(({ type, seq }) => type === 'incidents.stored' && seq > from)),
    );
    expect(new Set(told).size).toBe(1);
    const seqs = many[0]?.deltas.map(({ seq }) => seq) ?? [];
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
  });
});

function countedBy(delta: Delta): number {
  if (delta.type !== 'incidents.stored') return 0;
  if ('changes' in delta) return delta.changes.length;
  return delta.counts.reduce((sum, { change }) => sum + change, 0);
}

describe('where nats-server comes back without its store', () => {
  it('clients are sent away, and find a new epoch and a snapshot that still has what counts', async () => {
    await send(recent({ id: 'older-than-live' }));
    const client = await connect();
    await until(
      () => client.snapshot(),
      ({ incidents }) => incidents.some(({ id }) => id === 'older-than-live'),
    );
    const { epoch } = client.hello;
    await forewatch.nats.wipe();
    await until(
      () => client.closed,
      (code) => code !== undefined,
    );
    await ready();
    const again = await until(
      async () => connect().catch(() => undefined),
      (found) => found !== undefined && found.hello.epoch !== epoch,
    );
    const snapshot = await again?.snapshot({ resume: { epoch, seq: 1 } });
    expect(snapshot?.incidents.map(({ id }) => id)).toContain('older-than-live');
    await send(recent({ id: 'in-the-new-live' }));
    await again?.incident('in-the-new-live');
  });
});
