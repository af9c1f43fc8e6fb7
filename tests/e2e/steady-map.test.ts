/** The map's size and its zoom hang on each other by the legend below it: they must come to rest. */
import { happenInCity, openDesk } from './desk-page.ts';
import { expect, test } from './real-server.ts';

test('a legend that needs more room at one zoom than at the next does not set the map swinging', async ({
  forewatch,
  page,
}) => {
  await happenInCity(forewatch);
  await openDesk(page, forewatch);
  await expect(page.locator('.leaflet-control-scale-line')).toBeVisible();
  // As with numbers that are wider at this zoom: a quarter less map, which is another zoom.
  const sizes = await page.evaluate<number[]>(`new Promise((resolve) => {
    const legend = document.querySelector('.legend');
    const area = legend.parentElement.querySelector('.area');
    const scale = document.querySelector('.leaflet-control-scale-line');
    const scaleOf = () => scale.textContent + scale.style.width;
    const wide = scaleOf();
    const more = Math.round(area.offsetHeight / 4);
    const seen = [area.offsetHeight];
    const look = () => {
      legend.style.marginBottom = scaleOf() === wide ? more + 'px' : '0';
      seen.push(area.offsetHeight);
      if (seen.length < 120) requestAnimationFrame(look);
      else resolve(seen);
    };
    look();
  })`);
  expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
  expect(new Set(sizes.slice(60)).size).toBe(1);
});
