/** The main job of a dispatcher, whole: incidents come in, a concentration is found and called, and a patrol is on its way. */
import { expect, recentIncident, test } from './real-server.ts';
import { openDesk } from './desk-page.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PLACES = 100;

/** A kilometre and a half and more apart. */
function placeOf(index: number): { lat: number; lon: number } {
  return { lat: 51.4 + Math.floor(index / 10) * 0.015, lon: -0.3 + (index % 10) * 0.025 };
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

test('from published incidents to an assigned patrol', async ({ forewatch, page }) => {
  // Three days of usual robberies: a few an hour, everywhere alike.
  await forewatch.publish(
    ...Array.from({ length: 600 }, (_, i) =>
      recentIncident({
        ...{ id: `past-${i}`, category: 'robbery', severity: 4 },
        ...{ occurredAt: ago(HOUR_MS + i * 7 * MINUTE_MS), location: placeOf((i * 37) % PLACES) },
      }),
    ),
  );
  await forewatch.patrol({ unit: 'K-21', at: ago(MINUTE_MS), ...placeOf(44) });
  await openDesk(page, forewatch);
  await expect(page.locator('[data-hotspot-cell]').first()).toBeVisible();
  await expect(page.locator('#alerts [data-alert]')).toHaveCount(0);

  await forewatch.publish(
    ...Array.from({ length: 10 }, (_, i) =>
      recentIncident({
        ...{ id: `cluster-${i}`, category: 'robbery', severity: 5 },
        ...{ occurredAt: ago((10 - i) * 20_000), location: placeOf(45) },
      }),
    ),
  );
  const alert = page.locator('#alerts [data-alert]').first();
  await expect(alert).toContainText('10 where', { timeout: 100_000 });
  const id = (await alert.getAttribute('data-alert')) ?? '';

  await page.keyboard.press('a');
  await page.keyboard.press('u');
  await expect(page.locator('input[name="unit"]')).toHaveValue('K-21');
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-alert-open="${id}"]`)).toHaveAttribute('data-state', 'assigned');

  const answer = await page.request.get(`${forewatch.url}/api/alerts/${id}`);
  const { alert: kept, steps } = (await answer.json()) as {
    alert: { finding: { observed: number; expected: number } };
    steps: { by: string; step: { act: string } }[];
  };
  expect(kept.finding.observed).toBeGreaterThanOrEqual(8);
  expect(kept.finding.expected).toBeLessThan(3);
  expect(steps.map(({ by, step }) => `${by} ${step.act}`)).toEqual([
    'server raise',
    'admin acknowledge',
    'admin assign',
  ]);
});
