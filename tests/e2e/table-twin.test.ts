/** The map's table: real rows and headings for who does not see the map, sorted at will, live, and announced without flooding. */
import { happenInCity, HOT_CELL, openDesk } from './desk-page.ts';
import { expect, recentIncident, test } from './real-server.ts';

test('has the map’s hexagons in sortable rows, opens them, and tells of a new first hotspot', async ({
  forewatch,
  page,
}) => {
  await openDesk(page, forewatch, '?table=1');
  await happenInCity(forewatch);
  const table = page.getByRole('table');
  const first = table.locator('tbody tr').first();
  await expect(first).toHaveAttribute('data-cell', HOT_CELL);
  const heading = (name: string) => table.getByRole('columnheader', { name });
  await expect(heading('Rank')).toHaveAttribute('aria-sort', 'ascending');
  await expect(first.getByRole('rowheader')).toContainText(/km|centre/);
  await expect(first.getByRole('cell').nth(1)).toHaveText('30');
  await expect(first.getByRole('img', { name: /30 in the last 24 h/ })).toBeVisible();

  await heading('Happened').getByRole('button').click();
  await expect(heading('Happened')).toHaveAttribute('aria-sort', 'descending');
  await expect(heading('Rank')).toHaveAttribute('aria-sort', 'none');
  await expect(first).toHaveAttribute('data-cell', HOT_CELL);
  await page.keyboard.press('Enter');
  await expect(heading('Happened')).toHaveAttribute('aria-sort', 'ascending');
  await expect(first.getByRole('cell').nth(1)).toHaveText('1');
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('data-cell', HOT_CELL);

  // It is live, and its rows open by keyboard.
  await forewatch.publish(recentIncident({ id: 'one-more', location: { lat: 51.52, lon: -0.08 } }));
  await expect(first.getByRole('cell').nth(1)).toHaveText('31');
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(table.locator('tbody tr').nth(1)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-cell-total]')).toContainText('31');
  await expect(first).toHaveAttribute('aria-current', 'true');

  const announced = page.locator('[data-announcer]');
  await expect(announced).toHaveAttribute('aria-live', 'polite');
  const elsewhere = { lat: 51.4711, lon: -0.1653 };
  await forewatch.publish(
    ...Array.from({ length: 60 }, (_, i) => recentIncident({ id: `new-${i}`, location: elsewhere })),
  );
  await expect(announced).toContainText('New first hotspot');
});
