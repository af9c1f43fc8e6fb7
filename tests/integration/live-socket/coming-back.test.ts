/** A client that comes back gets exactly what it missed, or a snapshot where nothing else helps. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { incidentMessage } from '../../support/incidents.ts';
import { LiveClient } from '../../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { Screen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

let forewatch: RealForewatch;
const clients: LiveClient[] = [];
const screens: Screen[] = [];

beforeAll(async () => {
  forewatch = await realForewatch(
    { roles: new Set(['ingest', 'gateway']) },
    { heartbeatMs: 200, flushMs: 20 },
  );
  await ready();
});
afterEach(async () => {
  for (const screen of screens.splice(0)) screen.stop();
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => forewatch.dispose());

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
}

async function connect(): Promise<LiveClient> {
  const client = await LiveClient.connect(forewatch.server.url, await forewatch.token());
  clients.push(client);
  return client;
}

async function open(): Promise<Screen> {
  const screen = new Screen({ url: () => forewatch.server.url, token: await forewatch.token() });
  screens.push(screen);
  await screen.reaches(1);
  return screen;
}

const recent = (change: Parameters<typeof incidentMessage>[0] = {}): ReturnType<typeof incidentMessage> =>
  incidentMessage({ occurredAt: new Date().toISOString(), ...change });

async function send(...messages: unknown[]): Promise<void> {
  for (const message of messages) await forewatch.publish('incidents.v1.police.live', message);
}

describe('coming back', () => {
  /** A witness that stays, and what another client misses while it is away. */
  async function missedBy(
    away: () => Promise<void>,
  ): Promise<{ witness: LiveClient; seq: number; epoch: string }> {
    const witness = await connect();
    const { seq } = await witness.snapshot();
    await away();
    return { witness, seq, epoch: witness.hello.epoch };
  }

  it('gives exactly the missed deltas', async () => {
    const { witness, seq, epoch } = await missedBy(async () => {
      await send(recent({ id: 'missed-1' }), recent({ id: 'missed-2' }));
    });
    await witness.incident('missed-2');
    const client = await connect();
    client.subscribe({ resume: { epoch, seq } });
    await client.incident('missed-2');
    const wanted = witness.deltas.filter((delta) => delta.seq > seq);
    await until(
      () => client.deltas.length,
      (count) => count >= wanted.length,
    );
    expect(client.frames.map(({ type }) => type)).not.toContain('snapshot');
    expect(client.deltas.slice(0, wanted.length)).toEqual(wanted);
  });

  it('gives them after the server was restarted, too', async () => {
    const { witness, seq, epoch } = await missedBy(async () => {
      await send(recent({ id: 'before-restart' }));
    });
    await witness.incident('before-restart');
    const told = witness.deltas.filter((delta) => delta.seq > seq && delta.type === 'incidents.stored');
    await forewatch.restart();
    await ready();
    expect(
      await until(
        () => witness.closed,
        (code) => code !== undefined,
      ),
    ).toBe(1001);
    await send(recent({ id: 'after-restart' }));
    const client = await connect();
    expect(client.hello.epoch).toBe(epoch);
    client.subscribe({ resume: { epoch, seq } });
    await client.incident('after-restart');
    expect(client.frames.map(({ type }) => type)).not.toContain('snapshot');
    expect(client.deltas.filter(({ type }) => type === 'incidents.stored').slice(0, told.length)).toEqual(
      told,
    );
    expect(client.incidents.map(({ id }) => id)).toEqual(['before-restart', 'after-restart']);
  });

  it.each<[string, (position: { epoch: string; seq: number }) => { epoch: string; seq: number }]>([
    ['an epoch that is over', ({ seq }) => ({ epoch: '2001-01-01T00:00:00Z', seq })],
    ['a seq from the future', ({ epoch, seq }) => ({ epoch, seq: seq + 1_000_000 })],
    ['the largest seq there is', ({ epoch }) => ({ epoch, seq: Number.MAX_SAFE_INTEGER })],
  ])('gives a snapshot for %s, and then what is new', async (_name, lie) => {
    const { witness, seq, epoch } = await missedBy(() => Promise.resolve());
    const client = await connect();
    const snapshot = await client.snapshot({ resume: lie({ epoch, seq }) });
    expect(snapshot.seq).toBeGreaterThanOrEqual(seq);
    const { id } = recent();
    await send(recent({ id }));
    await Promise.all([witness.incident(id), client.incident(id)]);
  });

  it('in the middle of a burst misses nothing and counts nothing twice, however often', async () => {
    const [screen, witness] = [await open(), await open()];
    const sent: Promise<number>[] = [];
    // Each time it is cut off as soon as it has heard of something new, with more on the way.
    for (let cut = 1; cut <= 5; cut++) {
      const { seq } = screen;
      for (let index = 0; index < 600; index++) {
        sent.push(forewatch.publish('incidents.v1.police.burst', recent()));
      }
      await until(
        () => screen.seq,
        (now) => now > seq,
      );
      screen.cut();
      await until(
        () => screen.sockets,
        (sockets) => sockets > cut,
      );
    }
    await Promise.all(sent);
    const total = (own: Screen): number =>
      [...own.picture.totals(24).values()].reduce((sum, count) => sum + count, 0);
    const { rows } = await until(
      () => forewatch.database.query<{ count: number }>('select count(*) from incidents'),
      ({ rows: [row] }) => (row?.count ?? 0) >= sent.length,
    );
    for (const own of [screen, witness]) {
      await until(
        () => total(own),
        (counted) => counted >= (rows[0]?.count ?? 0),
      );
    }
    const { lastSeq } = await forewatch.server.services.live.position();
    await Promise.all([screen.reaches(lastSeq), witness.reaches(lastSeq)]);
    expect([total(screen), total(witness)]).toEqual([rows[0]?.count, rows[0]?.count]);
    expect(witness.sockets).toBe(1);
    expect(forewatch.server.services.gateway.counters.resumed).toBeGreaterThan(0);
  });
});

describe('two tabs of one browser', () => {
  it('each show their own choice, and one closed leaves the other as it is', async () => {
    const { url } = forewatch.server;
    const session = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: await forewatch.token() }),
    });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const tab = (): Promise<LiveClient> => LiveClient.connect(url, '', { cookie });
    const [one, other] = await Promise.all([tab(), tab()]);
    clients.push(one, other);
    await Promise.all([one.snapshot({ themes: ['burglary'] }), other.snapshot({ themes: ['knife-crime'] })]);
    await send(recent({ id: 'burglary' }), recent({ id: 'knife', category: 'robbery', markers: ['knife'] }));
    await Promise.all([one.incident('burglary'), other.incident('knife')]);
    await send(recent({ id: 'both', markers: ['knife'] }));
    await Promise.all([one.incident('both'), other.incident('both')]);
    expect([one, other].map((client) => client.incidents.map(({ id }) => id))).toEqual([
      ['burglary', 'both'],
      ['knife', 'both'],
    ]);
    await one.close();
    await send(recent({ id: 'later', markers: ['knife'] }));
    await other.incident('later');
    expect(other.socket.readyState).toBe(WebSocket.OPEN);
  });
});
