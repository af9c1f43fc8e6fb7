/** A past that feeds are still telling of is not a quiet present: nothing is counted that nobody can know yet. */
import { expect, recentIncident, test } from './real-server.ts';

const DAY_MS = 86_400_000;

test('no count and no quiet before the window is told of, and the map goes where it then lies', async ({
  forewatch,
  wall,
}) => {
  const happened = wall.locator('[data-figure="happened"]');
  await expect(happened).toHaveText('–');
  const twoDaysAgo = Date.parse(recentIncident({ id: 'now' }).occurredAt) - 2 * DAY_MS;
  const past = Array.from({ length: 20 }, (_, n) =>
    recentIncident({
      id: `past-${n}`,
      occurredAt: new Date(twoDaysAgo + n * 60_000).toISOString(),
      location: { lat: 51.5 + n * 0.001, lon: -0.12 },
    }),
  );
  await forewatch.publish(...past);
  const arriving = wall.locator('[data-arriving]');
  await expect(arriving).toContainText('The past is still arriving');
  await expect(happened).toHaveText('–');
  await expect(wall.locator('[data-figure="unknown"]')).toHaveText('not known yet');
  await expect(wall.locator('[data-figure="expected"]')).toHaveCount(0);
  // Where most was told of so far is not where the window's incidents will lie.
  await expect(wall.locator('.leaflet-control-scale-line')).toHaveText(/^(1000|[1-5]00) km$/);

  await forewatch.publish(
    ...Array.from({ length: 3 }, (_, n) =>
      recentIncident({ id: `now-${n}`, location: { lat: 51.6 + n * 0.01, lon: -0.2 } }),
    ),
  );
  await expect(arriving).toHaveCount(0);
  await expect(happened).toHaveText('3');
  await expect(wall.locator('.leaflet-control-scale-line')).toHaveText(/^([1-5]00 m|[1-5] km)$/);
});
