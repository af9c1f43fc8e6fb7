/** Everything LIVE said is kept in the database, in order, with the time it was said, whatever restarts in between. */
import { afterEach, describe, expect, it } from 'vitest';
import { incidentMessage } from '../support/incidents.ts';
import { liveMessages } from '../support/live-messages.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { ownsDatabase } from '../support/real-servers.ts';
import { until } from '../support/until.ts';

let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

interface Archived {
  seq: number;
  stampMs: number;
  subject: string;
  payload: unknown;
}

async function archived({ database, server }: RealForewatch): Promise<Archived[]> {
  const { epoch } = await server.services.live.position();
  const { rows } = await database.query<{ seq: number; stamp: Date; subject: string; payload: unknown }>(
    'select seq, stamp, subject, payload from live_archive where epoch = $1 order by seq',
    [epoch],
  );
  return rows.map(({ stamp, ...row }) => ({ ...row, stampMs: stamp.getTime() }));
}

/** Waits until all that LIVE holds is archived, and checks that it is the same. */
async function expectWhole(own: RealForewatch): Promise<Archived[]> {
  const told = await liveMessages(own.server.services.live);
  const kept = await until(
    () => archived(own),
    (rows) => rows.length >= told.length,
  );
  expect(kept.slice(0, told.length)).toEqual(
    told.map(({ seq, streamAtMs, subject, announcement }) => ({
      seq,
      stampMs: streamAtMs,
      subject,
      payload: announcement,
    })),
  );
  return kept;
}

async function send(own: RealForewatch, count: number, change: object = {}): Promise<void> {
  const messages = Array.from({ length: count }, () => incidentMessage(change));
  await Promise.all(messages.map((message) => own.publish('incidents.v1.police.archive', message)));
  await until(
    async () =>
      (await own.database.query<{ count: number }>('select count(*) from incidents')).rows[0]?.count ?? 0,
    (stored) => stored >= count,
  );
}

describe('the archive of LIVE', () => {
  it('has every announcement, in order, stamped by JetStream', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) }));
    await send(own, 700);
    await until(
      async () => (await liveMessages(own.server.services.live)).map(({ subject }) => subject),
      (subjects) => subjects.some((subject) => subject.startsWith('feeds.')),
    );
    expect((await expectWhole(own)).length).toBeGreaterThan(1);
  });

  it.runIf(ownsDatabase)(
    'misses nothing that was said while the server or its database was away',
    async () => {
      const own = (forewatch = await realForewatch({ roles: new Set(['ingest']) }, {}, { ownServer: true }));
      await send(own, 20);
      await own.server.stop();
      const feed = {
        agency: 'police',
        feed: 'elsewhere',
        condition: 'live',
        lastReceivedAt: '2026-03-01T12:00:00.000Z',
        lastOccurredAt: null,
        stored: 1,
        duplicates: 0,
        rejected: 0,
        lastRejection: null,
      } as const;
      // Another process goes on announcing.
      await own.publish('feeds.v1.police.elsewhere', {
        type: 'feeds.changed',
        at: feed.lastReceivedAt,
        feed,
      });
      await own.restart();
      await expectWhole(own);
      await own.postgres.stop();
      for (let index = 0; index < 3; index++) {
        await own.publish('feeds.v1.police.elsewhere', {
          type: 'feeds.changed',
          at: feed.lastReceivedAt,
          feed,
        });
      }
      await until(
        () => own.server.services.health.stages(),
        (stages) => stages.some(({ stage, ok }) => stage === 'archive' && !ok),
      );
      await own.postgres.start();
      await expectWhole(own);
      await until(
        () => own.server.services.health.ready,
        (ready) => ready,
      );
    },
  );

  it('is stamped with the recording’s time where that drives the clock, and never goes back', async () => {
    const own = (forewatch = await realForewatch({ roles: new Set(['ingest']), clock: 'feed' }));
    const stamps: number[] = [];
    for (const at of ['2019-06-01T08:00:00.000Z', '2019-06-01T09:00:00.000Z', '2019-06-01T08:59:00.000Z']) {
      own.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
      await own.connection.flush();
      await until(
        () => own.server.services.clock.now(),
        (nowMs) => nowMs >= Date.parse(at),
      );
      stamps.push(own.server.services.clock.now());
      await send(own, stamps.length, { occurredAt: at });
    }
    const told = await liveMessages(own.server.services.live);
    const kept = await until(
      () => archived(own),
      (rows) => rows.length >= told.length,
    );
    for (const { stampMs } of kept) expect(stamps).toContain(stampMs);
    const inOrder = kept.map(({ stampMs }) => stampMs);
    expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
    // A restart goes on from where the recording's clock stood.
    await own.restart();
    expect(own.server.services.clock.now()).toBe(Math.max(...stamps));
  });
});
