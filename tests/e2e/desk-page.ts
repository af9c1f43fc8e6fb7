/** The desk as the browser tests use it: signed in, live, and with a city's worth of incidents where a test asks for them. */
import type { Page } from '@playwright/test';
import type { Forewatch } from './real-server.ts';
import { recentIncident } from './real-server.ts';

/** The hexagon of `HOT`. */
export const HOT_CELL = '89194ad30c3ffff';
const HOT = { lat: 51.52, lon: -0.08 };

/** Signs in without the page, so that a test begins where it is about. */
export async function openDesk(page: Page, forewatch: Forewatch, query = ''): Promise<void> {
  await page.context().request.post(`${forewatch.url}/api/session`, {
    data: { user: 'admin', password: forewatch.password },
  });
  await page.goto(`${forewatch.url}/${query}`);
  await page.locator('[data-connection="live"]').waitFor();
}

/** Thirty in one hexagon, of two categories, which makes it the first hotspot, and one in each of so many others that there are more. */
export async function happenInCity(forewatch: Forewatch): Promise<void> {
  await forewatch.publish(
    ...Array.from({ length: 30 }, (_, i) =>
      recentIncident({ id: `hot-${i}`, location: HOT, category: i % 3 === 0 ? 'robbery' : 'burglary' }),
    ),
    ...Array.from({ length: 240 }, (_, i) =>
      recentIncident({
        id: `spread-${i}`,
        location: { lat: 51.44 + Math.floor(i / 16) * 0.007, lon: -0.2 + (i % 16) * 0.011 },
        category: 'shoplifting',
      }),
    ),
  );
}
