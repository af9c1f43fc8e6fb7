/** From published incidents to alerts: raised once where more happens than forecast, through a restart, and never for a past that is loaded. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlertRule } from '../../shared/alert.ts';
import type { Alert } from '../../shared/alert-state.ts';
import { cellAt } from '../../shared/cell.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import type { Config } from '../../server/config.ts';
import { serve } from '../../server/serve.ts';
import { selectOpenAlerts } from '../../server/store/alert-store.ts';
import { insertRule } from '../../server/store/alert-rule-store.ts';
import { inTransaction } from '../../server/store/database.ts';
import { selectFeeds } from '../../server/store/feed-store.ts';
import { LiveClient } from '../support/live-client.ts';
import { liveMessages } from '../support/live-messages.ts';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { incidentMessage } from '../support/incidents.ts';
import { burst, cityPlace, usualIncidents } from '../support/quiet-city.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const NOW_MS = Date.parse('2019-01-16T20:30:00Z');
const HOTSPOT = 24;
const FAR = 0;

let forewatch: RealForewatch | undefined;
afterEach(async () => {
  await forewatch?.dispose();
  forewatch = undefined;
});

async function start(change: Partial<Config> = {}): Promise<RealForewatch> {
  return (forewatch = await realForewatch({ forecastIntervalSeconds: 0.3, ...change }));
}

/** A city at 20:30 of a day in 2019, with three usual days behind it. */
async function cityOf2019(change: Partial<Config> = {}): Promise<RealForewatch> {
  const own = await start({ clock: 'feed', ...change });
  await setClock(own, NOW_MS);
  await send(own, recorded(usualIncidents({ fromMs: NOW_MS - 3 * DAY_MS, toMs: NOW_MS - 20 * MINUTE_MS })));
  return own;
}

async function setClock(own: RealForewatch, atMs: number): Promise<void> {
  own.connection.publish('clock.v1', JSON.stringify({ at: new Date(atMs).toISOString(), speed: 0 }));
  await own.connection.flush();
  await until(
    () => own.server.services.clock.now(),
    (nowMs) => nowMs === atMs,
  );
}

function recorded(messages: readonly IncidentMessage[]): IncidentMessage[] {
  return messages.map((message) => ({ ...message, origin: 'recorded' }));
}

async function send(own: RealForewatch, messages: readonly IncidentMessage[]): Promise<void> {
  for (const message of messages) await own.publish('incidents.v1.police.city', message);
  await stored(own);
}

async function stored(own: RealForewatch): Promise<void> {
  const { streams } = await jetstreamManager(own.connection);
  await until(
    async () => (await streams.info('INCIDENTS')).state.messages,
    (left) => left === 0,
    60_000,
  );
}

async function alerts(own: RealForewatch): Promise<Alert[]> {
  return (await selectOpenAlerts(own.database)).map(({ alert }) => alert);
}

async function alertAt(
  own: RealForewatch,
  index: number,
  holds: (alert: Alert) => boolean = () => true,
): Promise<Alert> {
  const { lat, lon } = cityPlace(index);
  const found = await until(
    async () =>
      (await alerts(own)).find((alert) => alert.finding.cells.includes(cellAt(lat, lon)) && holds(alert)),
    (alert) => alert !== undefined,
    60_000,
  );
  if (found === undefined) throw new Error('unreachable');
  return found;
}

describe('a cluster', () => {
  it('raises one alert with what came, what was expected, where, since when and how rare; the same number spread out none', async () => {
    const own = await cityOf2019();
    const client = await LiveClient.connect(own.server.url, await own.token());
    await client.snapshot();
    const spread = Array.from({ length: 12 }, (_, i) => (i * 4) % 49);
    await send(own, recorded(burst({ size: 12, untilMs: NOW_MS - 5 * MINUTE_MS, places: spread })));
    await send(own, recorded(burst({ size: 9, untilMs: NOW_MS, places: [HOTSPOT] })));
    const { lat, lon } = cityPlace(HOTSPOT);
    const alert = await alertAt(own, HOTSPOT, ({ finding }) => finding.observed >= 9);
    expect(alert).toMatchObject({ force: 'unassigned', state: 'raised', version: 1, parent: null });
    expect(alert.finding).toMatchObject({
      ...{ kind: 'emerging', class: 'new', over: false, nearRepeat: null, rule: null },
      cells: expect.arrayContaining([cellAt(lat, lon)]) as string[],
    });
    const { finding } = alert;
    expect(finding.expected).toBeGreaterThan(0);
    expect(finding.expected).toBeLessThan(2);
    expect(finding.likelihoodRatio).toBeGreaterThan(100);
    expect(finding.onceInDays).toBeGreaterThan(1);
    expect(Date.parse(finding.window.to)).toBeGreaterThan(NOW_MS - 3 * MINUTE_MS);
    expect(Date.parse(finding.window.to)).toBeLessThanOrEqual(NOW_MS);
    expect(Date.parse(finding.since)).toBeGreaterThan(NOW_MS - 15 * MINUTE_MS);
    const frame = await until(
      () => client.deltas.find(({ type }) => type === 'alert.changed'),
      (found) => found !== undefined,
    );
    expect(frame).toMatchObject({ alert: { id: alert.id } });
    expect(await alerts(own)).toHaveLength(1);
    await client.close();
  });

  it('is found although the server restarts in its middle, and two forecasters raise one alert', async () => {
    const own = await cityOf2019();
    const incidents = recorded(burst({ size: 10, untilMs: NOW_MS, places: [HOTSPOT] }));
    await send(own, incidents.slice(0, 5));
    await own.restart();
    await setClock(own, NOW_MS);
    const second = await serve({ ...own.config, roles: new Set(['forecast'] as const) }, own.addresses);
    try {
      await setClock(own, NOW_MS);
      await send(own, incidents.slice(5));
      await alertAt(own, HOTSPOT, ({ finding }) => finding.observed >= 10);
      expect(await alerts(own)).toHaveLength(1);
    } finally {
      await second.stop();
    }
    // Both were told to stop only once all that they found was recorded.
    await own.server.stop();
    expect(await alerts(own)).toHaveLength(1);
    await own.restart();
  });

  it('that is corrected away is over, and what is decided about is not called for again', async () => {
    const own = await cityOf2019();
    const incidents = recorded(burst({ size: 10, untilMs: NOW_MS, places: [HOTSPOT] }));
    await send(own, incidents);
    const { id } = await alertAt(own, HOTSPOT, ({ finding }) => finding.observed >= 10);
    await send(
      own,
      incidents.map((incident) => ({ ...incident, revision: 2, status: 'cancelled' })),
    );
    const over = await alertAt(own, HOTSPOT, ({ finding }) => finding.over === true);
    expect(over).toMatchObject({ id, state: 'raised' });
    await send(own, recorded(burst({ size: 10, untilMs: NOW_MS, places: [FAR] })));
    const other = await alertAt(own, FAR, ({ finding }) => finding.observed >= 10);
    const headers = {
      authorization: `Bearer ${await own.token({ role: 'dispatcher' })}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ expectedVersion: 1, reason: 'known-event' });
    await fetch(`${own.server.url}/api/alerts/${other.id}/dismiss`, { method: 'POST', headers, body });
    await send(own, recorded(burst({ size: 1, untilMs: NOW_MS, places: [FAR] })));
    await own.server.stop();
    expect((await alerts(own)).map((alert) => alert.id)).toEqual([id]);
    await own.restart();
  });
});

describe('a near-repeat', () => {
  /** A year in which every third burglary draws another within 60 m and a day, each by itself. */
  function yearOfRepeats(): IncidentMessage[] {
    const random = seededRandom(1);
    return Array.from({ length: 400 }, (_, i) => {
      const [lat, lon] = [51 + random() * 0.3, 0.5 + random() * 0.4];
      const atMs = NOW_MS - (3 + random() * 360) * DAY_MS;
      const first = burglaryAt(lat, lon, atMs);
      return i % 3 === 0 ? [first, burglaryAt(lat + 0.0005, lon, atMs + 20 * HOUR_MS)] : [first];
    }).flat();
  }

  function burglaryAt(lat: number, lon: number, atMs: number): IncidentMessage {
    const occurredAt = new Date(atMs).toISOString();
    return incidentMessage({
      ...{ category: 'burglary', origin: 'recorded', force: 'kent', occurredAt, location: { lat, lon } },
    });
  }

  it('is raised with its distance, its days and the rise that the force’s own year shows', async () => {
    const own = await start({ clock: 'feed' });
    await setClock(own, NOW_MS);
    await send(own, yearOfRepeats());
    // What the year shows is measured at the start, and then each day.
    await own.restart();
    await setClock(own, NOW_MS);
    let pair = 0;
    const alert = await until(
      async () => {
        const [lat, lon] = [51.5 + pair++ * 0.02, 0.2];
        await send(own, [burglaryAt(lat, lon, NOW_MS - 20 * HOUR_MS), burglaryAt(lat + 0.0004, lon, NOW_MS)]);
        return (await alerts(own)).find(({ finding }) => finding.kind === 'near-repeat');
      },
      (found) => found !== undefined,
      60_000,
    );
    expect(alert).toMatchObject({ force: 'kent', state: 'raised' });
    expect(alert?.finding).toMatchObject({ theme: 'burglary', observed: 2, over: false });
    const { distanceMetres = 0, days = 0, rise = 0, riseInterval = [0, 0] } = alert?.finding.nearRepeat ?? {};
    expect([100, 200, 400]).toContain(distanceMetres);
    expect([2, 7, 14]).toContain(days);
    expect(rise).toBeGreaterThan(2);
    expect(riseInterval[0]).toBeGreaterThan(1);
    expect(riseInterval[1]).toBeGreaterThan(rise);
  });
});

describe('a past that is loaded', () => {
  it('raises no alert, and what then happens does', async () => {
    const own = await start();
    const nowMs = Date.now();
    await send(own, [
      ...usualIncidents({ fromMs: nowMs - 3 * DAY_MS, toMs: nowMs - 2 * HOUR_MS }),
      ...burst({ size: 15, untilMs: nowMs - 90 * MINUTE_MS, places: [FAR] }),
      ...usualIncidents({ fromMs: nowMs - 2 * HOUR_MS, toMs: nowMs, seed: 2 }),
    ]);
    await send(own, burst({ size: 9, untilMs: Date.now(), places: [HOTSPOT] }));
    await alertAt(own, HOTSPOT);
    expect(await alerts(own)).toHaveLength(1);
  });
});

it('of incidents that no boundary gave to a force is told where something is expected of their place', async () => {
  const own = await start({ clock: 'feed' });
  await setClock(own, NOW_MS);
  const past = usualIncidents(
    { fromMs: NOW_MS - 3 * DAY_MS, toMs: NOW_MS - 20 * MINUTE_MS },
    { force: 'kent' },
  );
  await send(own, recorded(past));
  // A detector is there, since it has found this.
  await send(own, recorded(burst({ size: 9, untilMs: NOW_MS, places: [FAR] }, { force: 'kent' })));
  await alertAt(own, FAR);
  await send(own, recorded(burst({ size: 9, untilMs: NOW_MS, places: [HOTSPOT] })));
  expect(await alertAt(own, HOTSPOT)).toMatchObject({ force: 'kent' });
});

describe('a feed that falls silent', () => {
  it('ends no alert: nobody knows whether it is over', async () => {
    const own = await cityOf2019();
    await send(own, recorded(burst({ size: 10, untilMs: NOW_MS, places: [HOTSPOT] })));
    const { id } = await alertAt(own, HOTSPOT, ({ finding }) => finding.observed >= 10);
    const [feed] = await selectFeeds(own.database);
    expect(feed?.lastReceivedAt.getTime()).toBeLessThanOrEqual(NOW_MS);
    await setClock(own, NOW_MS + 30 * HOUR_MS);
    const alert = await alertAt(own, HOTSPOT, ({ finding }) => finding.over !== false);
    expect(alert).toMatchObject({ id, finding: { over: null } });
  });
});

it('announces each alert once for each of its revisions', async () => {
  const own = await cityOf2019();
  await send(own, recorded(burst({ size: 10, untilMs: NOW_MS, places: [HOTSPOT] })));
  await alertAt(own, HOTSPOT, ({ finding }) => finding.observed >= 10);
  await own.restart();
  const revisions = (await liveMessages(own.server.services.live)).flatMap(({ announcement }) =>
    announcement.type === 'alert.changed' ? [announcement.alert.revision] : [],
  );
  expect(revisions.length).toBeGreaterThan(0);
  expect(revisions).toEqual(revisions.map((_, i) => i + 1));
});

describe('an administrator’s rule', () => {
  const rule: AlertRule = {
    ...{ force: 'unassigned', categories: ['burglary'], markers: [], minimumSeverity: 1 },
    ...{ area: { kind: 'force' }, count: 3, windowMinutes: 60, coolDownMinutes: 0 },
  };
  const figures = { days: 30, alerts: 0, alertsPerShift: 0, mostInAShift: 0 };

  it('raises an alert without a model too, with what sensors find and not with what officers do', async () => {
    const own = await start({ modelDir: mkdtempSync(join(tmpdir(), 'no-model-')) });
    const saved = { name: 'three burglaries', priority: 'medium', enabled: true, rule, figures } as const;
    const { id } = await inTransaction(own.database, (transaction) =>
      insertRule(transaction, { ...saved, changedBy: 'admin' }),
    );
    await until(
      () => own.server.services.gateway.picture,
      (picture) => picture !== undefined,
    );
    const frames = await LiveClient.connect(own.server.url, await own.token());
    await frames.snapshot();
    const at = { untilMs: Date.now(), places: [HOTSPOT] };
    await send(own, burst({ size: 2, ...at }, { discovery: 'officer' }));
    await send(own, burst({ size: 2, ...at }, { discovery: 'sensor' }));
    // A rule counts from the tick on that has seen it.
    const alert = await until(
      async () => {
        await send(own, burst({ size: 1, ...at }));
        return (await alerts(own))[0];
      },
      (found) => found !== undefined,
    );
    expect(alert).toMatchObject({
      priority: 'medium',
      finding: { kind: 'rule', rule: { id, name: 'three burglaries' }, class: null, expected: null },
    });
    await until(
      () => frames.deltas.find(({ type }) => type === 'alert.changed'),
      (found) => found !== undefined,
    );
    await frames.close();
  });
});
