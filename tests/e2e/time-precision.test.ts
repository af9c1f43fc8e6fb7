/** Data that know no time of day: the wall tells of their month, and of no hour. */
import { periodAt, spanOf } from '../../shared/period.ts';
import { formatInstant, TimeZone } from '../../shared/time.ts';
import { expect, recentIncident, test } from './real-server.ts';

const LONDON = new TimeZone('Europe/London');
const MONTH = periodAt(performance.timeOrigin, 'month', LONDON);

test('a month without times is shown as that month, beside it the hours once some are known', async ({
  forewatch,
  wall,
}) => {
  const occurredAt = formatInstant(spanOf(MONTH, LONDON).fromMs);
  const month = { occurredAt, timePrecision: 'month', origin: 'recorded' } as const;
  await forewatch.publish(...Array.from({ length: 3 }, (_, n) => recentIncident({ id: `m${n}`, ...month })));
  await expect(wall.locator('[data-figure="month"]')).toHaveText('3');
  await expect(wall.locator('[data-figure="happened"]')).toHaveCount(0);
  await expect(wall.locator('[data-period]')).toHaveAttribute('data-period', MONTH);
  await expect(wall.locator('[data-period]')).toContainText('no times known');
  await expect(wall.locator('[data-incident-id="m0"] time')).toHaveText(/^in [A-Z][a-z]+ \d{4}$/);
  await expect(wall.locator('[data-rank="1"] .observed')).toHaveText('–');
  await expect(wall.locator('[data-feed="police/test"]')).toContainText('months only');
  await expect(wall.locator('[data-origins="recorded"]')).toBeVisible();

  await forewatch.publish(recentIncident({ id: 'timed' }));
  await expect(wall.locator('[data-figure="happened"]')).toHaveText('1');
  await expect(wall.locator('[data-period]')).toContainText('3 in all');
  await expect(wall.locator('[data-feed="police/test"]')).not.toContainText('only');
  await expect(wall.locator('[data-rank="1"] .observed')).toHaveText('1');
});
