/** What a control room sees of an incident, from the feed to the wall. */
import { expect, recentIncident, test } from './real-server.ts';

test('an incident published to NATS is drawn on the map and stands in the ticker', async ({
  forewatch,
  wall,
}) => {
  await forewatch.publish(recentIncident({ id: 'seen-1', category: 'robbery', severity: 4 }));
  await expect(wall.locator('[data-incident-id="seen-1"]')).toContainText('Robbery');
  await wall.waitForFunction(() => performance.getEntriesByName('drawn:seen-1').length > 0);
});

test('hotspots are ranked where incidents concentrate', async ({ forewatch, wall }) => {
  const place = { lat: 51.52, lon: -0.08 };
  const cluster = Array.from({ length: 30 }, (_, i) =>
    recentIncident({ id: `cluster-${i}`, location: place }),
  );
  const spread = Array.from({ length: 60 }, (_, i) =>
    recentIncident({
      id: `spread-${i}`,
      location: { lat: 51.45 + i * 0.002, lon: -0.2 + ((i * 37) % 60) * 0.003 },
    }),
  );
  await forewatch.publish(...cluster, ...spread);
  const first = wall.locator('[data-rank="1"]');
  await expect(first).toHaveAttribute('data-hotspot-cell', '89194ad30c3ffff');
});

test('a cancelled incident no longer counts', async ({ forewatch, wall }) => {
  const figure = wall.locator('[data-figure="happened"]');
  const incident = recentIncident({ id: 'to-cancel' });
  await forewatch.publish(incident);
  await expect(figure).toHaveText('1');
  await forewatch.publish({ ...incident, revision: 2, status: 'cancelled' });
  // None that counts, from a feed that speaks: known to be none.
  await expect(figure).toHaveText('0');
});

test('simulated data are marked as such', async ({ forewatch, wall }) => {
  await expect(wall.locator('[data-origins]')).toHaveCount(0);
  await forewatch.publish(recentIncident({ id: 'unreal', origin: 'simulated' }));
  await expect(wall.locator('[data-origins="simulated"]')).toContainText('SIMULATED');
});
