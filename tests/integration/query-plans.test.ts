/** Every statement of the live path finds its rows by an index, however much the database holds: as it was really carried out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Announcement } from '../../shared/announcement.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import { sha256 } from '../../server/access/secrets.ts';
import { expireArchive } from '../../server/live/archive-retention.ts';
import {
  saveSession,
  saveToken,
  selectAccount,
  selectBySession,
  selectByToken,
} from '../../server/store/account-store.ts';
import { markAnnounced, selectBatchChanges, selectUnannounced } from '../../server/store/batch-store.ts';
import { loadCheckpoints, saveCheckpoints } from '../../server/store/checkpoint-store.ts';
import { inTransaction, type Database } from '../../server/store/database.ts';
import { selectExplanation } from '../../server/store/explanation-store.ts';
import { newestReceivedMs, selectFeeds } from '../../server/store/feed-store.ts';
import { selectForecast, storeForecast } from '../../server/store/forecast-store.ts';
import { selectIncidentsById } from '../../server/store/incident-by-id.ts';
import { MOST_EXAMINED, searchIncidents, type IncidentSearch } from '../../server/store/incident-search.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { foldKnownIncidents } from '../../server/store/known-incidents.ts';
import {
  insertArchived,
  selectArchiveEnd,
  selectNewestStamp,
} from '../../server/store/live-archive-store.ts';
import { selectForcesOf, selectNearbyIncidents } from '../../server/store/nearby-incidents.ts';
import { selectNeighbourhoodsAround } from '../../server/store/neighbourhood-store.ts';
import { selectWindowCounts } from '../../server/store/hour-count-store.ts';
import { selectExpectedDays } from '../../server/store/expected-days.ts';
import { selectStretches } from '../../server/store/presence-store.ts';
import { selectReportedDays } from '../../server/store/reported-days.ts';
import { expirePings, hasPings, selectDoses, storePatrols } from '../../server/store/patrol-store.ts';
import { deleteOutbox, insertOutbox, selectOutbox } from '../../server/store/outbox-store.ts';
import { selectRecordedSpan } from '../../server/store/recorded-span.ts';
import { claimDeliveries } from '../../server/store/webhook-store.ts';
import { selectAlertAt, selectEarlierMessages } from '../../server/store/alert-message-store.ts';
import { raiseAlert } from '../../server/alerts/raise-alert.ts';
import { storeRejections } from '../../server/store/rejection-store.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { explainedDatabase, type ExplainedDatabase } from '../support/executed-plans.ts';
import { BATCHES_FILLED, fillDatabase, FILLED_UNTIL, INCIDENTS_FILLED } from '../support/filled-database.ts';
import { found } from '../support/findings.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';

/** A table that is no larger than this is read as a whole, whatever indexes it has. */
const SMALL = 1_000;
/** A hypertable's piece of some days: it may be read as a whole where the rows wanted are much of it. */
const CHUNK = /^_hyper_/;
/** For what is wanted of an index's end: one row, or one of each chunk. */
const ONE_EACH = 50;
const UNTIL_MS = Date.parse(FILLED_UNTIL);
const hoursAgo = (hours: number): string => formatInstant(UNTIL_MS - hours * HOUR_MS);

let postgres: RealServer;
let explained: ExplainedDatabase;

beforeAll(async () => {
  postgres = await realDatabase();
  await fillDatabase(postgres.url);
  explained = explainedDatabase(postgres.url);
});
afterAll(async () => {
  await explained.database.end();
  await postgres.dispose();
});

type Act = (database: Database) => Promise<unknown>;

/** Acts, and checks what each of its statements read. Fails where nothing was explained. */
async function expectBounded(mostRows: number, act: Act): Promise<void> {
  explained.takePlans();
  await act(explained.database);
  const plans = explained.takePlans();
  expect(plans.length).toBeGreaterThan(0);
  for (const { sql, scans } of plans) {
    const rows = scans.reduce((sum, scan) => sum + scan.rows, 0);
    const whole = scans.filter(
      ({ kind, table, rows: read }) => kind === 'Seq Scan' && !CHUNK.test(table) && read > SMALL,
    );
    const told = `${scans.map((scan) => `${scan.kind} of ${scan.table}: ${scan.rows}`).join(', ')} by ${sql}`;
    expect(whole, told).toEqual([]);
    expect(rows, told).toBeLessThanOrEqual(mostRows);
  }
}

const at = (occurredAt: string, change: Partial<IncidentMessage> = {}): IncidentMessage =>
  incidentMessage({ occurredAt, ...change });
let seq = 1;
const store = (
  database: Database,
  messages: readonly IncidentMessage[],
): ReturnType<typeof storeIncidents> => {
  const first = seq;
  seq += messages.length;
  return storeIncidents(database, arrivalsOf(messages, first));
};
const revised = (messages: readonly IncidentMessage[], revision: number): IncidentMessage[] =>
  messages.map((message) => ({ ...message, revision }));

describe('taking incidents in', () => {
  // A recording that knows no more than the month: all of one instant, among thousands of others of that instant.
  const month = Array.from({ length: 100 }, () => at('2026-02-01T00:00:00.000Z', { timePrecision: 'month' }));
  const spread = Array.from({ length: 100 }, (_, day) => at(hoursAgo(day * 16)));

  it.each<[string, number, Act]>([
    ['thousands of one instant', 0, (own) => store(own, Array.from({ length: 5_000 }, () => at('2026-02-01T00:00:00.000Z')))],
    ['new ones of one instant', 0, (own) => store(own, month)],
    ['new ones of ten weeks', 0, (own) => store(own, spread)],
    ['corrections of one instant', 400, (own) => store(own, revised(month, 3))],
    ['corrections of ten weeks', 400, (own) => store(own, revised(spread, 3))],
    ['older revisions, late', 400, (own) => store(own, revised(spread, 2))],
    ['duplicates', 400, (own) => store(own, revised(month, 3))],
    ['corrections of what was there before', 400, (own) =>
      store(own, Array.from({ length: 100 }, (_, n) => at(hoursAgo(n * 10), { id: `filled-${n * 40 + 4}`, revision: 3 })))],
  ])('%s', (_name, mostRows, act) => expectBounded(mostRows, act)); // prettier-ignore

  it('counts what it refuses', () =>
    expectBounded(100, (database) =>
      storeRejections(
        database,
        Array.from({ length: 100 }, (_, streamSeq) => ({
          ...{ agency: 'police', feed: 'cad', reason: 'no', path: '/id', fields: {}, sha256: '' },
          ...{ streamAtMs: UNTIL_MS + 1, streamSeq, receivedAtMs: UNTIL_MS },
        })),
      ),
    ));
});

describe('what a process left behind', () => {
  it('is found, and all of it, though its incidents happened years apart', async () => {
    const messages = [at('2016-01-01T00:00:00.000Z'), at(FILLED_UNTIL), at(hoursAgo(1))];
    await store(explained.database, messages);
    const outcomes = await store(explained.database, revised(messages, 2));
    const batches = outcomes.map((outcome) => (outcome.kind === 'stored' ? outcome.batch : 0));
    const [batch = 0] = batches;
    await expectBounded(50, (database) => selectUnannounced(database, 0));
    await expectBounded(50, async (database) => {
      const changes = await selectBatchChanges(database, batch);
      expect(changes.map(({ superseded }) => superseded?.revision)).toEqual([1, 1, 1]);
    });
    await expectBounded(10, (database) => markAnnounced(database, [batch]));
  });
});

describe('a gateway that starts', () => {
  it('reads the last day and no more', () =>
    // Two batches a minute, of which the last 40,000 are remembered; four incidents each, some revised.
    expectBounded(Math.max(40_100, 3 * 24 * 120 * 1.25), (database) => {
      const since = { receivedMs: UNTIL_MS - DAY_MS, untimedMs: UNTIL_MS - 93 * DAY_MS };
      return foldKnownIncidents(database, since, () => undefined);
    }));

  it('reads no more than it lists of what came before a quiet day', () =>
    expectBounded(40_100 + 3 * 500, async (database) => {
      const since = { receivedMs: UNTIL_MS + DAY_MS, untimedMs: UNTIL_MS - 93 * DAY_MS, atLeast: 500 };
      let found = 0;
      await foldKnownIncidents(database, since, () => found++);
      // And what counted before batches that LIVE may not know of.
      expect(found).toBeGreaterThanOrEqual(500);
    }));
});

describe('the archive', () => {
  const message = (own: number) => ({
    ...{ epoch: 'epoch 1', seq: own, stampMs: UNTIL_MS, subject: 'stored.v1.kent', payload: '{}' },
  });
  it.each<[string, number, Act]>([
    [
      'takes messages in, some of them again',
      0,
      (own) => insertArchived(own, [200_000, 200_001].map(message)),
    ],
    ['knows its end', ONE_EACH, (own) => selectArchiveEnd(own, 'epoch 1')],
    ['knows that it has no end yet', ONE_EACH, (own) => selectArchiveEnd(own, 'another')],
    ['knows its newest stamp', ONE_EACH, (own) => selectNewestStamp(own)],
    // A hypertable's chunks go by themselves.
    ['lets go of what is old', 10_000, (own) => expireArchive(own, new AbortController().signal)],
  ])('%s', (_name, mostRows, act) => expectBounded(mostRows, act));
});

describe('looking incidents up', () => {
  const search: IncidentSearch = {
    from: hoursAgo(24 * 60),
    to: FILLED_UNTIL,
    forces: ['metropolitan'],
    timeZone: 'Europe/London',
    limit: 100,
  };
  const after = { occurredAt: hoursAgo(24), name: 'police/cad/x' };
  const withinMonth = { occurredAt: '2026-02-01T00:00:00.000Z', name: 'police/cad/test-2000' };
  const bbox = { west: -0.4, east: -0.399, south: 51.3, north: 51.301 };
  // For each page the end is sought among so many first, then the page is read, with its identities.
  const mostRows = 2 * MOST_EXAMINED + 10;
  it.each<[string, Partial<IncidentSearch>]>([
    ['a page', {}],
    ['a later page', { after }],
    ['a page within one instant', { after: withinMonth, forces: ['unassigned'] }],
    ['what is rare', { category: 'robbery' }],
    ['what there is none of', { category: 'drugs' }],
    ['a street', { bbox }],
    ['a force without any', { forces: ['surrey'] }],
  ])('%s', (_name, change) =>
    expectBounded(mostRows, (database) => searchIncidents(database, { ...search, ...change })),
  );

  it('page by page finds each once, in order', async () => {
    const found: string[] = [];
    let page: Partial<IncidentSearch> = {};
    for (;;) {
      const { incidents, end } = await searchIncidents(explained.database, {
        ...search,
        category: 'robbery',
        ...page,
      });
      found.push(...incidents.map(({ id }) => id));
      if (end === undefined) break;
      page = { after: end };
    }
    const { rows } = await explained.database.query<{ id: string }>(
      `select id from incidents i join incident_keys using (agency, feed, id, revision)
       where i.occurred_at >= $1 and i.occurred_at < $2 and force = 'metropolitan' and category = 'robbery'
       order by i.occurred_at`,
      [hoursAgo(24 * 60), FILLED_UNTIL],
    ); // prettier-ignore
    expect(found.length).toBeGreaterThan(INCIDENTS_FILLED / 200);
    expect(found).toEqual(rows.map(({ id }) => id));
  });

  it('for an export, portion by portion', () =>
    expectBounded(5_010, async (database) => {
      const to = new Date(UNTIL_MS);
      for await (const _lines of selectRecordedSpan(database, new Date(UNTIL_MS - 4 * DAY_MS), to));
    }));
});

describe('the rest of the live path', () => {
  const someone = { name: 'somebody', role: 'wall' as const, forces: [], cleared: false };
  const key = { force: 'kent', theme: 'all', horizonHours: 1 } as const;
  // 40 incidents lie in each, and where the number divides by four, as many corrections.
  const cells = Array.from({ length: 7 }, (_, n) => (617_000_000_000_000_000n + BigInt(n)).toString(16));
  const nearby = {
    forces: ['metropolitan'],
    cells,
    fromMs: UNTIL_MS - 60 * DAY_MS,
    onlyReported: true,
  } satisfies Partial<Parameters<typeof selectNearbyIncidents>[1]>;
  const feed = { type: 'feeds.changed', at: FILLED_UNTIL, feed: {} } as Announcement;
  it.each<[string, number, Act]>([
    ['feeds and their health', 60, (own) => selectFeeds(own)],
    ['the newest receipt', 60, (own) => newestReceivedMs(own)],
    ['a forecast', 3, (own) => selectForecast(own, { ...key, at: hoursAgo(500) })],
    ['a forecast from before the first', 3, (own) => selectForecast(own, { ...key, at: '2001-01-01T00:00:00Z' })],
    ['the incidents behind a forecast, as known now', 2_500, (own) =>
      selectNearbyIncidents(own, { ...nearby, knownByMs: Infinity })],
    ['the incidents behind a forecast, as known then', 2_500, (own) =>
      selectNearbyIncidents(own, { ...nearby, knownByMs: UNTIL_MS - 500 * HOUR_MS })],
    ['all that is known of a hexagon, taken back or not', 2_500, (own) =>
      selectNearbyIncidents(own, { ...nearby, onlyReported: false, withCancelled: true, knownByMs: Infinity })],
    ['an incident by its id', 100, (own) => selectIncidentsById(own, 'incident-1', ['metropolitan'])],
    ['whose cells they are', 1_000, (own) => selectForcesOf(own, nearby.cells, nearby.fromMs)],
    ['why a hotspot was one', 3, (own) => selectExplanation(own, 1, nearby.cells[0] ?? '')],
    ['issuing one', 3, (own) => storeForecast(own, {
      ...key, issuedAt: FILLED_UNTIL, window: { from: hoursAgo(-1), to: hoursAgo(-2) }, modelId: 'model',
      cells: ['89194ad326fffff'], expected: new Float32Array(1),
    })],
    ['a checkpoint', 20, async (own) => {
      await saveCheckpoints(own, { epoch: 'e', seq: 1, parts: [{ part: 'all', state: Buffer.from('x') }] });
      await loadCheckpoints(own);
    }],
    ['the outbox', 20, async (own) => {
      await inTransaction(own, (transaction) => insertOutbox(transaction, [feed]));
      await deleteOutbox(own, (await selectOutbox(own)).map(({ id }) => id));
    }],
    // One incident every half minute, every fourth revised, in seven days.
    ['what was reported in the last week', 7 * 24 * 120 * 1.6, (own) =>
      selectWindowCounts(own, [1, 8, 24, 168].map((hours) => UNTIL_MS - hours * HOUR_MS), UNTIL_MS)],
    ['a cell’s patrol', 50, (own) =>
      selectDoses(own, { forces: ['kent'], cells: cells.slice(0, 1), fromMs: UNTIL_MS - 92 * DAY_MS, toMs: UNTIL_MS })],
    ['a force’s patrols of a day', 2_500, (own) =>
      selectDoses(own, { forces: ['kent'], fromMs: UNTIL_MS - DAY_MS, toMs: UNTIL_MS })],
    ['when units were in tasked cells', 2_000, (own) =>
      selectStretches(own, { force: 'kent', cells: cells.slice(0, 20), fromMs: UNTIL_MS - DAY_MS })],
    ['which days of a force anything was told of', 500, (own) =>
      selectReportedDays(own, { force: 'metropolitan', fromMs: UNTIL_MS - 28 * DAY_MS, days: 28 })],
    ['what a month of days expected in a coarse hexagon', 2_000, (own) =>
      selectExpectedDays(own, { force: 'kent', theme: 'all', cells, fromMs: UNTIL_MS - 28 * DAY_MS, toMs: UNTIL_MS })],
    ['whether patrols are told of', 2, (own) => hasPings(own, ['kent'])],
    // By the unit, or by the time: of some minutes all units have a few hundred.
    ['a patrol’s pings', 500, (own) => storePatrols(own, [0, 1, 2].map((n) => ({
      ...{ force: 'kent' as const, streamAtMs: UNTIL_MS, streamSeq: 900_000 + n },
      ping: { unit: 'unit-7', atMs: UNTIL_MS - HOUR_MS + n * 1_001, cell: '89194ad326fffff' },
    })))],
    ['letting a day’s pings go', 2_000, (own) => expirePings(own, UNTIL_MS - DAY_MS + HOUR_MS)],
    ['the neighbourhoods of a hexagon', 10, (own) =>
      selectNeighbourhoodsAround(own, { south: 51.51, north: 51.513, west: -0.99, east: -0.985 })],
    ['a token', 2, (own) => selectByToken(own, sha256('token 7'))],
    ['a new token', 2, (own) => saveToken(own, sha256('new'), someone)],
    ['a session', 1, (own) => selectBySession(own, sha256('session 7'))],
    ['a new session', 1, (own) => saveSession(own, sha256('new'), someone, 1)],
    ['an account', 1, (own) => selectAccount(own, 'user 7')],
  ])('%s', (_name, mostRows, act) => expectBounded(mostRows, act)); // prettier-ignore
});

describe('telling other programs', () => {
  const MESSAGES = 20_000;
  let alert = '';

  beforeAll(async () => {
    const { database } = explained;
    ({ id: alert } = await raiseAlert(database, found(0), UNTIL_MS));
    // All of one alert that has changed that often; of the deliveries a few still wait.
    await database.query(
      `insert into alert_messages (alert, revision, sent, body)
       select $1, n, now(), '{}' from generate_series(2, ${MESSAGES}) n`,
      [alert],
    );
    await database.query(
      `with hook as (insert into webhooks (force, url, secret, cleared, created_by)
         values ('kent', 'https://hooks.example/', 'secret', false, 'admin') returning id)
       insert into webhook_deliveries (webhook, alert, revision, delivered_at)
       select hook.id, $1, n, case when n < ${MESSAGES - 5} then now() end from hook, generate_series(1, ${MESSAGES}) n`,
      [alert],
    );
    await database.query('analyze alert_messages, webhook_deliveries');
  });

  it.each<[string, number, Act]>([
    ['what is due, among all that was delivered', 100, (own) =>
      claimDeliveries(own, { most: 4, busy: [], leaseMs: 1_000 })],
    ['a message of an alert that changed often', 1, (own) => selectAlertAt(own, alert, MESSAGES - 1)],
    ['what was told before it', 30, (own) =>
      selectEarlierMessages(own, alert, { revision: MESSAGES, latest: 20 })],
  ])('%s', (_name, mostRows, act) => expectBounded(mostRows, act)); // prettier-ignore
});

it('was tried on a database that is full', async () => {
  const { rows } = await explained.database.query<{ incidents: number; batches: number }>(
    'select (select count(*) from incidents) as incidents, (select count(*) from ingest_batches) as batches',
  );
  expect(rows[0]?.incidents).toBeGreaterThan(INCIDENTS_FILLED);
  expect(rows[0]?.batches).toBeGreaterThan(BATCHES_FILLED);
});
