/** Silence is not safety: what a feed would tell of that says nothing is hatched, on a clock that the test sets. */
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { openDatabase } from '../../server/store/database.ts';
import { saveForceAreas } from '../../server/store/force-area-store.ts';
import { areasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { painted } from './painted.ts';
import { expect, recentIncident, test, type Forewatch } from './real-server.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const MANCHESTER = { lat: 53.48, lon: -2.24 };

test.use({ environment: { CLOCK: 'feed' } });

/** A clock in the test's hand, told anew each second as a player does. */
async function testClock(forewatch: Forewatch): Promise<{ set(atMs: number): void; end(): Promise<void> }> {
  const connection: NatsConnection = await connectNats({ urls: forewatch.natsUrls, name: 'clock' });
  let atMs = START;
  const tell = (): void => {
    connection.publish('clock.v1', JSON.stringify({ at: new Date(atMs).toISOString(), speed: 1 }));
  };
  const telling = setInterval(tell, 500);
  tell();
  return {
    set: (next) => {
      atMs = next;
      tell();
    },
    end: async () => {
      clearInterval(telling);
      await connection.close();
    },
  };
}

const incidentAt = (id: string, atMs: number, change: Partial<Parameters<typeof recentIncident>[0]> = {}) =>
  recentIncident({
    ...{ id, location: MANCHESTER, force: 'greater-manchester' },
    ...{ occurredAt: new Date(atMs - 60_000).toISOString(), ...change },
  });

test('a feed that falls silent leaves a hatch and the reason; once it speaks again the hatch goes', async ({
  forewatch,
  wall,
}) => {
  const clock = await testClock(forewatch);
  await forewatch.publish(...[1, 2, 3].map((n) => incidentAt(`before-${n}`, START)));
  await expect(wall.locator('[data-feed="police/test"]')).toHaveAttribute('data-condition', 'live');
  await expect(wall.locator('[data-legend="hatch"]')).toHaveCount(0);
  await expect.poll(() => painted(wall, 'hatch')).toBe(0);

  clock.set(START + 3 * HOUR);
  await expect(wall.locator('[data-hatched-feed="police/test"]')).toContainText('silent');
  await expect(wall.locator('[data-legend="hatch"]').getByText('not known, not quiet')).toBeVisible();
  await expect(wall.getByRole('alert')).toContainText('No word from Police test');
  await expect.poll(() => painted(wall, 'hatch')).toBeGreaterThan(2_000);

  await forewatch.publish(incidentAt('after', START + 3 * HOUR));
  await expect(wall.locator('[data-legend="hatch"]')).toHaveCount(0);
  await expect.poll(() => painted(wall, 'hatch')).toBe(0);
  await clock.end();
});

test('Greater Manchester does not look free of crime while its feed is silent', async ({
  forewatch,
  page,
}) => {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const areas = areasFile(
    { name: 'Greater Manchester', rings: [box(-2.7, 53.3, -1.9, 53.7)] },
    { name: 'Cheshire', rings: [box(-3.2, 52.9, -1.9, 53.3)] },
  );
  await saveForceAreas(database, readForceAreas(areas));
  await database.end();
  const clock = await testClock(forewatch);
  await forewatch.publish(
    incidentAt('there', START),
    incidentAt('here', START, { location: { lat: 53.1, lon: -2.5 }, force: 'cheshire' }),
  );
  clock.set(START + 30 * HOUR);
  await page.goto(`${forewatch.url}/wall#${forewatch.wallToken}`);
  // A day without an incident: there is nothing at all to draw there, and all of it is hatched.
  await expect.poll(() => painted(page, 'hatch')).toBeGreaterThan(10_000);
  await expect(page.locator('[data-hatched-feed="police/test"]')).toContainText('silent');
  await clock.end();
});

test('a force that no feed tells of says that there are no data, beside one that is told of', async ({
  forewatch,
  wall,
}) => {
  const database = openDatabase({ url: forewatch.databaseUrl, name: 'test' });
  const areas = areasFile(
    { name: 'Greater Manchester', rings: [box(-2.7, 53.3, -1.9, 53.7)] },
    { name: 'Cheshire', rings: [box(-3.2, 52.9, -1.9, 53.3)] },
  );
  await saveForceAreas(database, readForceAreas(areas));
  await database.end();
  const clock = await testClock(forewatch);
  // Near the border, so that both are in view.
  await forewatch.publish(incidentAt('there', START, { location: { lat: 53.303, lon: -2.24 } }));
  await wall.reload();
  await expect(wall.locator('[data-hatched="none"]')).toContainText('1 force: no data');
  await expect.poll(() => painted(wall, 'hatch')).toBeGreaterThan(1_000);
  await clock.end();
});
