/** Through real feeds, sockets and routes: at every seq `/api/state` is what each role's client had on its screen, across restarts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getResolution } from 'h3-js';
import type { Delta, Snapshot } from '../../../shared/messages.ts';
import type { ReplayChunk, ReplaySpan, ReplayState, Timeline } from '../../../shared/replay.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import type { Principal } from '../../../server/access/policy.ts';
import { raiseAlert } from '../../../server/alerts/raise-alert.ts';
import { found } from '../../support/findings.ts';
import { incidentMessage } from '../../support/incidents.ts';
import { LiveClient } from '../../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { ShownPicture } from '../../support/shown-picture.ts';
import { until } from '../../support/until.ts';

const PACE = { heartbeatMs: 150, flushMs: 20 };
const ROLES = {
  wall: {},
  cleared: { role: 'shift-lead', cleared: true },
  partner: { role: 'partner' },
  kent: { role: 'dispatcher', forces: ['kent'] },
} satisfies Record<string, Partial<Principal>>;
type Role = keyof typeof ROLES;
const NAMES = Object.keys(ROLES) as Role[];

let forewatch: RealForewatch;
const tokens = {} as Record<Role, string>;
let clients = {} as Record<Role, LiveClient>;
/** What each client was told in turn: its snapshot, and the deltas since, by epoch. */
const lives: { epoch: string; role: Role; snapshot: Snapshot; deltas: Delta[] }[] = [];

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'forecast', 'gateway']) }, PACE);
  for (const role of NAMES) tokens[role] = await forewatch.token(ROLES[role]);
  await live(async () => {
    await publish({ id: 'late', occurredAt: agoMinutes(300) });
    await publish(
      { id: 'moved' },
      { id: 'dropped' },
      { id: 'home', category: 'violence', markers: ['domestic'] },
    );
    await publish({ id: 'moved' });
    await publish({ id: 'moved', revision: 2, category: 'robbery', force: 'surrey' });
    await raiseAlert(forewatch.database, found(0), Date.now());
    await until(
      async () =>
        (await forewatch.database.query(`select from live_archive where subject = 'alerts.v1.kent'`))
          .rowCount,
      (rows) => rows !== 0,
    );
  });
  await forewatch.restart();
  await live(async () => {
    await publish(
      { id: 'dropped', revision: 2, status: 'cancelled' },
      { id: 'of-the-day', timePrecision: 'day' },
    );
    await publish({ id: 'after-restart' });
  });
  await forewatch.nats.wipe();
  await live(async () => {
    await publish({ id: 'in-a-new-live' });
  });
}, 120_000);
afterAll(async () => {
  for (const client of Object.values(clients)) await client.close();
  await forewatch.dispose();
});

const agoMinutes = (minutes: number): string => formatInstant(Date.now() - minutes * MINUTE_MS);

async function publish(...changes: Parameters<typeof incidentMessage>[0][]): Promise<void> {
  for (const change of changes) {
    const message = incidentMessage({ occurredAt: agoMinutes(1), force: 'kent', ...change });
    await forewatch.publish('incidents.v1.police.replay', message);
  }
  const { id, revision = 1 } = changes.at(-1) ?? {};
  await until(
    async () =>
      (
        await forewatch.database.query("select from live_archive where payload->'changes' @> $1", [
          JSON.stringify([{ incident: { id, revision } }]),
        ])
      ).rowCount,
    (rows) => rows !== 0,
  );
}

/** Opens a client of each role, lets something happen, and keeps what each was told until all is archived. */
async function live(happen: () => Promise<void>): Promise<void> {
  const { database } = forewatch;
  // Where NATS has just come back it may not answer, and the gateway may still be at its old place.
  const { epoch } = await until(
    () => position().catch(() => ({ epoch: '', isReady: false })),
    ({ isReady }) => isReady,
  );
  await until(
    async () => (await database.query('select from replay_runs where epoch = $1', [epoch])).rowCount,
    (runs) => runs !== 0,
  );
  const snapshots = {} as Record<Role, Snapshot>;
  clients = {} as Record<Role, LiveClient>;
  for (const role of NAMES) {
    clients[role] = await LiveClient.connect(forewatch.server.url, tokens[role]);
    snapshots[role] = await clients[role].snapshot({ themes: ['all'] });
  }
  await happen();
  const { lastSeq } = await position();
  await until(
    async () =>
      (
        await database.query<{ seq: number }>('select max(seq) as seq from live_archive where epoch = $1', [
          epoch,
        ])
      ).rows[0]?.seq ?? 0,
    (seq) => seq >= lastSeq,
  );
  for (const role of NAMES) {
    await clients[role].heartbeatFrom(lastSeq);
    const deltas = clients[role].deltas.filter(({ seq }) => seq > snapshots[role].seq && seq <= lastSeq);
    lives.push({ epoch: clients[role].hello.epoch, role, snapshot: snapshots[role], deltas });
    await clients[role].close();
  }
}

async function position(): Promise<{ epoch: string; lastSeq: number; isReady: boolean }> {
  const { services, url } = forewatch.server;
  const { epoch, lastSeq } = await services.live.position();
  // Who comes too early is sent away without a word.
  if (services.gateway.picture === undefined) return { epoch, lastSeq, isReady: false };
  const client = await LiveClient.connect(url, tokens.wall);
  const isReady = client.hello.epoch === epoch && services.health.stages().every(({ ok }) => ok);
  await client.close();
  return { epoch, lastSeq, isReady };
}

async function get(path: string, role?: Role): Promise<Response> {
  const headers: Record<string, string> =
    role === undefined ? {} : { authorization: `Bearer ${tokens[role]}` };
  return fetch(`${forewatch.server.url}${path}`, { headers });
}

async function answer<Answer>(path: string, role: Role): Promise<Answer> {
  const response = await get(path, role);
  expect([response.status, path]).toEqual([200, path]);
  return (await response.json()) as Answer;
}

const stateAt = (role: Role, epoch: string, seq: number): Promise<ReplayState> =>
  answer(
    `/api/state?${new URLSearchParams({ epoch, seq: String(seq), horizonHours: '1' }).toString()}`,
    role,
  );

describe('the state', () => {
  it.each(NAMES)('at every seq is what a %s saw then, in each epoch', async (role) => {
    const own = lives.filter((one) => one.role === role);
    expect(own).toHaveLength(3);
    expect(new Set(own.map(({ epoch }) => epoch)).size).toBe(2);
    for (const { epoch, snapshot, deltas } of own) {
      expect(deltas.length).toBeGreaterThan(0);
      const screen = new ShownPicture('all', 'Europe/London');
      screen.applySnapshot(snapshot, epoch, Date.parse(snapshot.serverTime));
      for (const delta of deltas) {
        const state = await stateAt(role, epoch, delta.seq);
        expect(state).toMatchObject({ epoch, seq: delta.seq, detail: 'full' });
        const atMs = Date.parse(state.stamp);
        screen.apply(delta, delta.seq, atMs);
        const replayed = new ShownPicture('all', 'Europe/London');
        replayed.applySnapshot(state.snapshot, epoch, atMs);
        expect(replayed.shown()).toEqual(screen.shown());
        expect(state.snapshot.forces).toEqual(snapshot.forces);
      }
    }
  });

  it('knows nothing yet of what came late or was corrected, and shows each role places as /live does', async () => {
    const [first] = lives;
    if (first === undefined) throw new Error('unreachable');
    const before = await stateAt('wall', first.epoch, first.snapshot.seq);
    expect(before.snapshot.incidents.map(({ id }) => id)).not.toContain('late');
    const [lastSeq = NaN] = first.deltas.map(({ seq }) => seq).slice(-1);
    const states = await Promise.all(NAMES.map((role) => stateAt(role, first.epoch, lastSeq)));
    const home = states.map(({ snapshot }) => snapshot.incidents.find(({ id }) => id === 'home'));
    expect(home.map((incident) => getResolution(incident?.cell ?? ''))).toEqual([7, 9, 7, 7]);
    expect(states.map(({ snapshot }) => snapshot.alerts.length)).toEqual([1, 1, 0, 1]);
    expect(states.map(({ snapshot }) => snapshot.incidents.some(({ id }) => id === 'moved'))).toEqual([
      ...[true, true, true, false],
    ]);
  });

  it('is refused to strangers, of forces that are not one’s own, before the past, and of no time', async () => {
    const at = formatInstant(Date.now());
    expect((await get(`/api/state?at=${at}`)).status).toBe(401);
    expect((await get(`/api/live?from=${at}`)).status).toBe(401);
    expect((await get('/api/replay/span')).status).toBe(401);
    expect((await get(`/api/replay/timeline?from=${at}&to=${at}`)).status).toBe(401);
    expect((await get(`/api/state?at=${at}&force=surrey`, 'kent')).status).toBe(403);
    expect((await get(`/api/live?from=${at}&force=surrey`, 'kent')).status).toBe(403);
    expect((await get('/api/state?at=2020-01-01T00:00:00Z', 'wall')).status).toBe(404);
    expect((await get('/api/state?at=yesterday', 'wall')).status).toBe(400);
    expect((await get('/api/state', 'wall')).status).toBe(400);
    expect((await get(`/api/state?epoch=${'e'.repeat(9)}&seq=1`, 'wall')).status).toBe(404);
  });
});

describe('what was told', () => {
  it.each(NAMES)('to a %s is told again, in chunks that lead from one epoch into the next', async (role) => {
    const own = lives.filter((one) => one.role === role);
    const [first] = own;
    if (first === undefined) throw new Error('unreachable');
    const told = new Map<string, Delta[]>();
    let next: ReplayChunk['next'] = { epoch: first.epoch, afterSeq: first.snapshot.seq, anew: false };
    const anew: string[] = [];
    while (next !== null) {
      const { epoch, afterSeq } = next;
      const query = new URLSearchParams({ epoch, afterSeq: String(afterSeq), limit: '3', horizonHours: '1' });
      const chunk: ReplayChunk = await answer(`/api/live?${query.toString()}`, role);
      told.set(epoch, [...(told.get(epoch) ?? []), ...chunk.frames.map(({ delta }) => delta)]);
      if (chunk.next?.anew === true) anew.push(chunk.next.epoch);
      next = chunk.next;
    }
    expect(anew).toEqual([own.at(-1)?.epoch]);
    for (const { epoch, deltas } of own) {
      const seqs = new Set(deltas.map(({ seq }) => seq));
      expect(told.get(epoch)?.filter(({ seq }) => seqs.has(seq))).toEqual(deltas);
    }
  });
});

describe('the slider', () => {
  it('knows the span, and how much became known in it, as each may see it', async () => {
    const span: ReplaySpan = await answer('/api/replay/span', 'wall');
    expect(span.epochs).toHaveLength(2);
    expect(span).toMatchObject({ from: span.fullFrom });
    const [fromMs, toMs] = [Date.parse(span.from ?? ''), Date.parse(span.to ?? '')];
    const query = `from=${formatInstant(fromMs - HOUR_MS)}&to=${formatInstant(toMs + HOUR_MS)}&bins=3`;
    const lines = await Promise.all(
      NAMES.map((role) => answer<Timeline>(`/api/replay/timeline?${query}`, role)),
    );
    // `moved` is no new incident when it is corrected; it was Kent's when it became known.
    const known = lines.map(({ incidents }) => incidents.reduce<number>((sum, n) => sum + (n ?? 0), 0));
    expect(known).toEqual([7, 7, 7, 7]);
    expect(lines.map(({ alerts }) => alerts.length)).toEqual([1, 1, 0, 1]);
    expect(lines[0]?.incidents.at(0)).toBeNull();
  });
});
