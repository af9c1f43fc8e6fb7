/** Counting waits for ingest: the watermark never passes what still lies in the queue. */
import { afterEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { Clock } from '../../server/clock.ts';
import type { Config } from '../../server/config.ts';
import { IngestWatermark } from '../../server/feeds/ingest-watermark.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const SUBJECT = 'incidents.v1.police.cad';
let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
});

async function start(change: Partial<Config>): Promise<{ own: RealForewatch; watermark: IngestWatermark }> {
  forewatch = await realForewatch(change);
  const { connection, database, clock } = forewatch.server.services;
  return { own: forewatch, watermark: await IngestWatermark.open(connection, database, clock) };
}

describe('under the system clock', () => {
  it('stands at the oldest incident that waits, and goes on once it is stored', async () => {
    const { own } = await start({ roles: new Set(['gateway']) });
    const hourAheadMs = Date.now() + HOUR_MS;
    const ahead: Clock = { kind: 'system', speed: 1, now: () => hourAheadMs };
    const watermark = await IngestWatermark.open(own.connection, own.database, ahead);
    const free = await watermark.read();
    expect(free).toBeGreaterThan(hourAheadMs - MINUTE_MS);
    const beforeMs = Date.now();
    for (let i = 0; i < 3; i++) await own.publish(SUBJECT, incidentMessage());
    expect(Math.abs((await watermark.read()) - beforeMs)).toBeLessThan(MINUTE_MS);
    await own.restart({ roles: new Set(['ingest']) });
    await until(
      () => watermark.read(),
      (reached) => reached === free,
    );
    const { rows } = await own.database.query<{ stored: number }>('select count(*) as stored from incidents');
    expect(rows).toEqual([{ stored: 3 }]);
  });
});

describe('under a recording’s clock', () => {
  const recorded = (occurredAt: string, reportedAt?: string): object =>
    incidentMessage({ origin: 'recorded', occurredAt, ...(reportedAt !== undefined && { reportedAt }) });

  it('is as far as what is stored was known, whatever the clock says', async () => {
    const { own, watermark } = await start({ clock: 'feed' });
    expect(await watermark.read()).toBe(-Infinity);
    own.connection.publish('clock.v1', JSON.stringify({ at: '2019-02-01T00:00:00Z', speed: 0 }));
    await own.publish(SUBJECT, recorded('2019-01-10T08:00:00Z', '2019-01-10T09:00:00Z'));
    await until(
      () => watermark.read(),
      (reached) => reached === Date.parse('2019-01-10T09:00:00Z'),
    );
  });

  it('is not beyond what waits to be stored', async () => {
    const { own, watermark } = await start({ clock: 'feed', roles: new Set(['gateway']) });
    await own.database.query(
      `insert into feeds (agency, feed, last_received_at) values ('police', 'cad', '2019-01-20T00:00:00Z')`,
    );
    expect(await watermark.read()).toBe(Date.parse('2019-01-20T00:00:00Z'));
    await own.publish(SUBJECT, recorded('2019-01-10T08:00:00Z'));
    await own.publish(SUBJECT, recorded('2019-01-15T08:00:00Z'));
    expect(await watermark.read()).toBe(Date.parse('2019-01-10T08:00:00Z'));
  });
});
