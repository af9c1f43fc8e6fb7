/** What a wall shows while it has no connection, and how it comes back. */
import { expect, recentIncident, test } from './real-server.ts';

test('keeps its last picture, greyed and with its age, and comes back by itself', async ({
  forewatch,
  wall,
}) => {
  await forewatch.publish(recentIncident({ id: 'before-the-break' }));
  const row = wall.locator('[data-incident-id="before-the-break"]');
  await expect(row).toBeVisible();
  await forewatch.kill();
  await expect(wall.locator('[data-connection="stale"]')).toBeVisible();
  await expect(wall.getByText(/No live data/)).toBeVisible();
  await expect(row).toBeVisible();

  await forewatch.start();
  await expect(wall.locator('[data-connection="live"]')).toBeVisible();
  await expect(wall.getByText(/No live data/)).toHaveCount(0);
  await forewatch.publish(recentIncident({ id: 'after-the-break' }));
  await expect(wall.locator('[data-incident-id="after-the-break"]')).toBeVisible();
  await expect(row).toBeVisible();
});
