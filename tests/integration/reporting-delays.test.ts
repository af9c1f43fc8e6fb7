/** Delays from happened to known are learnt from the database, by feed and category, and told over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportingDelays } from '../../shared/reporting-delay.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const START_MS = Date.UTC(2026, 0, 1);
const HOURS = 240;
let forewatch: RealForewatch;

beforeAll(async () => {
  forewatch = await realForewatch({ clock: 'feed' });
  const at = formatInstant(START_MS + HOURS * HOUR_MS);
  forewatch.connection.publish('clock.v1', JSON.stringify({ at, speed: 0 }));
  await forewatch.connection.flush();
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
  // Each hour a robbery that is told of at once, and a burglary that is found three hours later.
  for (let hour = 0; hour < HOURS; hour++) {
    const occurredAtMs = START_MS + hour * HOUR_MS;
    await tell('robbery', occurredAtMs, occurredAtMs);
    if (hour < HOURS - 3) await tell('burglary', occurredAtMs, occurredAtMs + 3 * HOUR_MS);
  }
  // Told of years later, when the feed began: it says nothing of how late the feed is.
  await tell('burglary', START_MS - 20 * DAY_MS, START_MS + HOUR_MS);
  await until(
    async () => (await forewatch.database.query('select from incidents')).rowCount,
    (count) => count === 2 * HOURS - 3 + 1,
    30_000,
  );
});
afterAll(() => forewatch.dispose());

async function tell(
  category: 'robbery' | 'burglary',
  occurredAtMs: number,
  knownAtMs: number,
): Promise<void> {
  const times = { occurredAt: formatInstant(occurredAtMs), reportedAt: formatInstant(knownAtMs) };
  const subject = 'incidents.v1.police.delays';
  await forewatch.publish(
    subject,
    incidentMessage({ ...times, category, origin: 'recorded', force: 'kent' }),
  );
}

async function delays(query: string, forces: readonly 'kent'[] = []): Promise<ReportingDelays> {
  const token = await forewatch.token({ role: 'analyst', forces });
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${forewatch.server.url}/api/reporting-delays${query}`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as ReportingDelays;
}

describe('reporting delays', () => {
  it('are each feed’s and category’s own', async () => {
    const { feeds, edgesHours } = await delays('?force=kent', ['kent']);
    const shareAt = (category: string, hours: number): number =>
      feeds.find((one) => one.category === category)?.completeness[edgesHours.indexOf(hours)] ?? NaN;
    expect(feeds.map(({ category }) => category).sort()).toEqual(['burglary', 'robbery']);
    expect(shareAt('robbery', 0.25)).toBeGreaterThan(0.8);
    expect(shareAt('burglary', 2)).toBeLessThan(0.2);
    expect(shareAt('burglary', 4)).toBeGreaterThan(0.99);
  });

  it('of a theme are those of what it consists of', async () => {
    const { themes, edgesHours } = await delays('');
    const shareAt = (theme: string, hours: number): number =>
      themes.find((one) => one.theme === theme)?.completeness[edgesHours.indexOf(hours)] ?? NaN;
    expect(shareAt('burglary', 2)).toBeLessThan(0.2);
    expect(shareAt('all', 2)).toBeGreaterThan(0.4);
    expect(shareAt('all', 2)).toBeLessThan(0.6);
    expect(themes.find(({ theme }) => theme === 'knife-crime')?.learntFrom).toBe(0);
  });
});
