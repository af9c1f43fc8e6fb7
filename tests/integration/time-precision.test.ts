/** What is known to its day or month only is shown as that, by every way out, and never as a moment's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HotspotsRanked } from '../../shared/announcement.ts';
import { cellAt } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import type { PeriodCounts } from '../../shared/messages.ts';
import { DAY_MS, formatInstant, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { periodAt, spanOf } from '../../shared/period.ts';
import { incidentMessage } from '../support/incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { liveMessages } from '../support/live-messages.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const LONDON = new TimeZone('Europe/London');
/** The month and the day that the test runs in. */
const MONTH = periodAt(Date.now(), 'month', LONDON);
const DAY = periodAt(Date.now(), 'day', LONDON);
const { fromMs, toMs } = spanOf(MONTH, LONDON);
const PLACE = { lat: 53.41, lon: -2.98 };
const CELL = cellAt(PLACE.lat, PLACE.lon);

let forewatch: RealForewatch;
let token: string;

function monthly(change: Partial<IncidentMessage> = {}): IncidentMessage {
  const occurredAt = formatInstant(fromMs);
  return incidentMessage({
    ...{ occurredAt, timePrecision: 'month', location: PLACE, force: 'merseyside', origin: 'recorded' },
    ...change,
  });
}

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.stages(),
    (stages) => stages.every(({ ok }) => ok),
  );
}

beforeAll(async () => {
  forewatch = await realForewatch({ forecastIntervalSeconds: 0.3 });
  token = await forewatch.token();
  await ready();
  for (let count = 0; count < 12; count++) {
    await forewatch.publish('incidents.v1.police.street', monthly({ id: `month-${count}` }));
  }
  const occurredAt = formatInstant(spanOf(DAY, LONDON).fromMs);
  await forewatch.publish(
    'incidents.v1.police.street',
    monthly({ id: 'day', occurredAt, timePrecision: 'day' }),
  );
  await until(
    async () => (await forewatch.database.query('select from incidents')).rowCount,
    (stored) => stored === 13,
  );
});
afterAll(async () => {
  await forewatch.dispose();
});

describe('on /live', () => {
  const counted = (period: string, count: number): PeriodCounts => ({
    ...{ theme: 'all', force: 'merseyside', period, origins: ['recorded'], cells: [[CELL, count]] },
  });

  async function connect(): Promise<LiveClient> {
    return LiveClient.connect(forewatch.server.url, token);
  }

  it('counts in its period and in no step of time, also after a restart', async () => {
    const look = async (): Promise<void> => {
      const client = await connect();
      const snapshot = await until(
        () => client.snapshot(),
        ({ incidents }) => incidents.length === 13,
      );
      await client.close();
      expect(snapshot.counts).toEqual([]);
      expect(snapshot.periods).toEqual([counted(DAY, 1), counted(MONTH, 12)]);
      expect(snapshot.origins).toEqual(['recorded']);
    };
    await look();
    await forewatch.restart();
    await ready();
    const client = await connect();
    const { counts, periods } = await client.snapshot();
    await client.close();
    expect({ counts, periods }).toEqual({ counts: [], periods: [counted(DAY, 1), counted(MONTH, 12)] });
  });

  it('comes marked with it', async () => {
    const client = await connect();
    await client.snapshot();
    await forewatch.publish('incidents.v1.police.street', monthly({ id: 'marked', revision: 1 }));
    expect(await client.incident('marked')).toMatchObject({ timePrecision: 'month', period: MONTH });
    await forewatch.publish(
      'incidents.v1.police.street',
      monthly({ id: 'marked', revision: 2, status: 'cancelled' }),
    );
    await client.incident('marked', 2);
    const { periods } = await client.snapshot();
    await client.close();
    expect(periods).toContainEqual(counted(MONTH, 12));
  });
});

describe('over HTTP', () => {
  interface Found {
    features: { properties: { id: string; period: string | null; timePrecision: string } }[];
  }
  async function found(from: number, to: number): Promise<Found['features']> {
    const query = `from=${formatInstant(from)}&to=${formatInstant(to)}`;
    const response = await fetch(`${forewatch.server.url}/api/incidents?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return ((await response.json()) as Found).features;
  }

  it('is found where its whole period lies in the span, and not in an hour of it', async () => {
    expect(await found(fromMs, fromMs + HOUR_MS)).toEqual([]);
    const whole = (await found(fromMs, toMs)).filter(({ properties }) => properties.id !== 'marked');
    expect(whole.filter(({ properties }) => properties.period === MONTH)).toHaveLength(12);
    expect(whole.filter(({ properties }) => properties.period === DAY)).toMatchObject([
      { properties: { id: 'day', timePrecision: 'day' } },
    ]);
    expect(await found(fromMs, toMs - 1)).not.toContainEqual(
      expect.objectContaining({ properties: expect.objectContaining({ period: MONTH }) as unknown }),
    );
    const { fromMs: midnightMs } = spanOf(DAY, LONDON);
    expect(await found(midnightMs, midnightMs + HOUR_MS)).toEqual([]);
    expect(await found(midnightMs, spanOf(DAY, LONDON).toMs)).toHaveLength(1);
  });
});

describe('in forecasts', () => {
  it('tells no hour from another, and says so', async () => {
    const rankings = await until(
      async () =>
        (await liveMessages(forewatch.server.services.live))
          .map(({ announcement }) => announcement)
          .filter((one): one is HotspotsRanked => one.type === 'hotspots.ranked' && one.theme === 'all')
          .slice(-3),
      (latest) => latest.length === 3 && latest.every(({ hotspots }) => hotspots.length > 0),
    );
    for (const { hoursUnknown, hotspots } of rankings) {
      expect(hoursUnknown).toBe(true);
      expect(hotspots).toMatchObject([{ cell: CELL, observed: 0 }]);
    }
    const perHour = rankings.map(({ horizonHours, hotspots }) => (hotspots[0]?.expected ?? 0) / horizonHours);
    for (const rate of perHour) expect(rate / (perHour[0] ?? NaN)).toBeCloseTo(1, 2);
  });
});

describe('a feed of months', () => {
  it('is not silent between two of them, and says what it knows', async () => {
    const { server, database } = forewatch;
    const weeks = new Date(Date.now() - 30 * DAY_MS);
    await database.query(`update feeds set last_received_at = $1, finest_precision = 4`, [weeks]);
    const response = await fetch(`${server.url}/api/feeds`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ feeds: [{ condition: 'live', finestPrecision: 'month' }] });
  });
});
