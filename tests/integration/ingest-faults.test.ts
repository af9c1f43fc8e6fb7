/** Whatever dies in the middle of a batch, everything published is stored, announced and counted once. */
import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { IncidentPublisher } from '../../server/feeds/incident-publisher.ts';
import { microBatches } from '../../server/feeds/micro-batches.ts';
import { natsFeed } from '../../server/feeds/nats-feed.ts';
import { INCIDENTS } from '../../server/feeds/streams.ts';
import { validate } from '../../server/feeds/validate.ts';
import { announceBatch, prepareBatch, storeBatch } from '../../server/ingest/ingest-batch.ts';
import { RejectedStream } from '../../server/ingest/rejected-stream.ts';
import { announceIncidents, incidentAnnouncements } from '../../server/live/announce-incidents.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { selectBatchChanges } from '../../server/store/batch-store.ts';
import { knownFeed, type KnownFeed } from '../support/faulty-feed.ts';
import { announcedChanges } from '../support/live-messages.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { ownsDatabase } from '../support/real-servers.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

/** Publishes everything, however often NATS is away. */
async function publish({ connection }: RealForewatch, payloads: readonly Uint8Array[]): Promise<void> {
  const { signal } = new AbortController();
  const publisher = new IncidentPublisher({ connection, signal, run: randomUUID(), window: 300 });
  for (const payload of payloads) {
    publisher.publish({ agency: 'police', feed: 'known' }, payload);
    if (publisher.isFull) await publisher.room();
  }
  await publisher.drained();
}

interface Account {
  stored: number;
  duplicates: number;
  rejected: number;
}

async function accountOf({ database }: RealForewatch): Promise<Account> {
  const { rows } = await database
    .query<Account>(`select stored, duplicates, rejected from feeds where feed = 'known'`)
    .catch(() => ({ rows: [] as Account[] }));
  return rows[0] ?? { stored: 0, duplicates: 0, rejected: 0 };
}

const accounted = (account: Account): number => account.stored + account.duplicates + account.rejected;

/** What health says of a stage, as somebody outside sees it. */
async function problemOf({ server }: RealForewatch, stage: string): Promise<string> {
  const response = await fetch(`${server.url}/api/health/ready`);
  const { ready, stages } = (await response.json()) as {
    ready: boolean;
    stages: { stage: string; problem: string }[];
  };
  const { problem } = stages.find((found) => found.stage === stage) ?? { problem: '' };
  expect(response.status).toBe(ready ? 200 : 503);
  if (problem !== '') expect(ready).toBe(false);
  return problem;
}

async function expectExact(own: RealForewatch, feed: KnownFeed): Promise<void> {
  const manager = await jetstreamManager(own.connection, { checkAPI: false });
  // A nats-server that has just come back with its store leaves a question unanswered for a while.
  const info = await until(
    () => manager.streams.info(INCIDENTS).catch(() => undefined),
    (answer) => answer !== undefined,
    60_000,
  );
  if (info === undefined) throw new Error('unreachable');
  const { state } = info;
  const account = await until(
    () => accountOf(own),
    (known) => accounted(known) >= state.last_seq,
    60_000,
  );
  // What was sent again because its acknowledgement was lost is a message of its own where a restart made
  // nats-server forget it (a work queue keeps no trace of what is done): it counts, as a duplicate.
  expect(accounted(account)).toBe(state.last_seq);
  expect(account.stored).toBe(feed.stored);
  const again = state.last_seq - feed.payloads.length;
  expect(again).toBeGreaterThanOrEqual(0);
  expect(account.duplicates - feed.duplicates + (account.rejected - feed.rejected)).toBe(again);
  expect(
    Math.min(account.duplicates - feed.duplicates, account.rejected - feed.rejected),
  ).toBeGreaterThanOrEqual(0);
  const { rows } = await own.database.query(
    `select id, revision, status, severity, lat, lon, category, markers, native_category as "nativeCategory",
       i.occurred_at as "occurredAt" from incidents i join incident_keys using (agency, feed, id, revision)`,
  );
  expect(rows).toHaveLength(feed.latest.size);
  for (const row of rows as Record<string, unknown>[]) {
    const sent = feed.latest.get(String(row['id']));
    expect({ ...row, occurredAt: (row['occurredAt'] as Date).toISOString() }).toEqual({
      id: sent?.id,
      revision: sent?.revision ?? 1,
      status: sent?.status ?? 'open',
      severity: sent?.severity,
      lat: sent?.location.lat,
      lon: sent?.location.lon,
      category: sent?.category,
      markers: sent?.markers,
      nativeCategory: sent?.nativeCategory,
      occurredAt: sent?.occurredAt,
    });
  }
  await expectAnnouncedOnce(own);
}

/** Every revision that ever counted is in LIVE once. */
async function expectAnnouncedOnce({ database, server }: RealForewatch): Promise<void> {
  await until(
    async () => (await database.query<object>('select batch from ingest_batches where not announced')).rows,
    (unannounced) => unannounced.length === 0,
  );
  const changes = await announcedChanges(server.services.live);
  const told = changes.map(({ incident }) => `${incident.id} ${incident.revision}`);
  expect(new Set(told).size).toBe(told.length);
  // A late first revision was never announced: it had been corrected before it came.
  const { rows } = await database.query<{ name: string }>(
    `select i.id || ' ' || i.revision as name from incidents i where not exists (
       select from incidents later where later.id = i.id and later.revision > i.revision and later.batch < i.batch)`,
  );
  expect(told.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
}

describe('while thousands of incidents are published', () => {
  it.runIf(ownsDatabase)(
    'the database and then nats-server restart mid-batch, and nothing is lost or counted twice',
    async () => {
      const own = (forewatch = await realForewatch(
        { roles: new Set(['ingest', 'gateway']) },
        {},
        { ownServer: true },
      ));
      const feed = knownFeed(5_000, Date.now());
      const firstPublished = publish(own, feed.payloads.slice(0, 3_000));
      await until(
        () => accountOf(own),
        (account) => accounted(account) > 300,
      );
      await own.postgres.stop();
      for (const stage of ['ingest', 'database']) {
        await until(
          () => problemOf(own, stage),
          (problem) => problem !== '',
        );
      }
      await own.postgres.start();
      await firstPublished;
      const published = publish(own, feed.payloads.slice(3_000));
      await own.nats.stop();
      expect(
        await until(
          () => problemOf(own, 'nats'),
          (problem) => problem !== '',
        ),
      ).toContain('disconnected');
      await own.nats.start();
      await published;
      await expectExact(own, feed);
      await until(
        () => own.server.services.health.ready,
        (ready) => ready,
      );
    },
  );

  it.runIf(ownsDatabase)('both crash at once, and nothing is lost or counted twice', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }, {}, { ownServer: true }));
    const feed = knownFeed(3_000, Date.now());
    const published = publish(own, feed.payloads);
    await until(
      () => accountOf(own),
      (account) => accounted(account) > 300,
    );
    await Promise.all([own.postgres.kill(), own.nats.kill()]);
    await until(
      () => problemOf(own, 'database'),
      (problem) => problem !== '',
    );
    await Promise.all([own.postgres.start(), own.nats.start()]);
    await published;
    await expectExact(own, feed);
  });

  it('the server itself is stopped and started, and nothing is lost or counted twice', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }));
    const feed = knownFeed(3_000, Date.now());
    const published = publish(own, feed.payloads);
    await until(
      () => accountOf(own),
      (account) => accounted(account) > 300,
    );
    await own.restart();
    await published;
    // What nats-server handed to a pull that had just ended comes again after half a minute.
    await expectExact(own, feed);
  });
});

describe('a process that died', () => {
  /** Commits a batch as ingest does, as if the process had died right after. */
  async function commit(own: RealForewatch, count: number): Promise<number> {
    const context = {
      agency: 'police',
      feed: 'known',
      clock: 'system',
      allowOrigins: new Set(['live'] as const),
    } as const;
    const arrivals = Array.from({ length: count }, (_, index) => {
      const streamAtMs = Date.now();
      const payload = JSON.stringify(incidentMessage({ nativeCategory: 'ü'.repeat(80) }));
      const validated = validate(new TextEncoder().encode(payload), { ...context, streamAtMs });
      if ('rejection' in validated) throw new Error(validated.rejection.reason);
      return { ...validated.accepted, streamAtMs, streamSeq: 1_000_000 + index };
    });
    const outcomes = await storeIncidents(own.database, arrivals);
    const [first] = outcomes;
    if (first?.kind !== 'stored') throw new Error('not stored');
    return first.batch;
  }

  /** Takes the queue's messages through ingest up to the acknowledgement, which none gets. */
  async function ingestWithoutAcknowledging(own: RealForewatch, count: number): Promise<void> {
    const stop = new AbortController();
    const context = { ...own.server.services, rejectedStream: new RejectedStream(own.connection) };
    let taken = 0;
    for await (const batch of microBatches(natsFeed(own.connection, stop.signal), {
      maxCount: 100,
      maxWaitMs: 50,
    })) {
      const unacknowledged = batch.map((delivery) => ({ ...delivery, ack: () => undefined }));
      const prepared = prepareBatch(unacknowledged, context);
      await announceBatch(await storeBatch(prepared, context), context);
      taken += batch.length;
      if (taken === count) stop.abort();
    }
    // Who asks next is given them again, without the half minute that JetStream waits for an acknowledgement.
    await (await jetstreamManager(own.connection)).consumers.delete(INCIDENTS, 'ingest');
  }

  it('between commit and announcement has its batches announced once by whoever starts next', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }));
    await own.server.stop();
    const batches = [await commit(own, 1_000), await commit(own, 3)];
    await own.restart();
    await expectAnnouncedOnce(own);
    const changes = await announcedChanges(own.server.services.live);
    expect(changes).toHaveLength(1_003);
    expect([...new Set(changes.map(({ batch }) => batch))]).toEqual(batches);
  });

  it('in the middle of announcing leaves out no part, and repeats none', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }));
    const { live } = own.server.services;
    const batch = await commit(own, 1_000);
    const parts = incidentAnnouncements(
      batch,
      await selectBatchChanges(own.database, batch),
      new Date().toISOString(),
    );
    expect(parts.length).toBeGreaterThan(1);
    await announceIncidents(live, parts.slice(0, 1));
    await own.restart();
    await expectAnnouncedOnce(own);
  });

  it('and comes back only when JetStream has forgotten what it announced repeats no part', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }));
    await own.restart({ roles: new Set(['gateway']) });
    const batch = await commit(own, 1_000);
    const changes = await selectBatchChanges(own.database, batch);
    const [first, second] = incidentAnnouncements(batch, changes, new Date().toISOString());
    // Without an identity, since after ten minutes none is remembered.
    for (const part of [first, second]) if (part !== undefined) await own.server.services.live.announce(part);
    await own.database.query("update ingest_batches set committed_at = committed_at - interval '1 hour'");
    await own.restart({ roles: new Set(['ingest']) });
    await expectAnnouncedOnce(own);
  });

  it('between announcement and acknowledgement counts nothing twice when its messages come again', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['gateway']) }));
    const feed = knownFeed(300, Date.now());
    await publish(own, feed.payloads);
    await ingestWithoutAcknowledging(own, feed.payloads.length);
    const before = await accountOf(own);
    expect(accounted(before)).toBe(feed.payloads.length);
    await own.restart({ roles: new Set(['ingest']) });
    const manager = await jetstreamManager(own.connection);
    await until(
      async () => (await manager.streams.info(INCIDENTS)).state.messages,
      (left) => left === 0,
    );
    expect(await accountOf(own)).toEqual(before);
    await expectExact(own, feed);
  });
});
