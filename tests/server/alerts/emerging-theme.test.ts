/** What is expected to be known by now follows how late incidents are told, from one calibration to the next. */
import { gridDisk } from 'h3-js';
import { expect, it } from 'vitest';
import { ScanGrid } from '../../../models/emerging/scan-grid.ts';
import { EmergingTheme } from '../../../server/alerts/emerging-theme.ts';
import { cellAt } from '../../../shared/cell.ts';
import { DELAY_EDGES_HOURS } from '../../../shared/reporting-delay.ts';
import { DAY_MS, HOUR_MS, HOURS_PER_WEEK, TimeZone } from '../../../shared/time.ts';

const NOW_MS = Date.UTC(2026, 2, 6, 22);
const CELLS = gridDisk(cellAt(51.5, -0.1), 3);
const late = (learntFrom: number) => ({
  completeness: DELAY_EDGES_HOURS.map((hours) => 1 - 0.5 ** hours),
  learntFrom,
});
const calibrated = async (theme: EmergingTheme, nowMs: number): Promise<void> => {
  await theme.calibrate({ modelId: 'one', dispersion: 0, nowMs: () => nowMs }, () => Promise.resolve());
};

it('finds out anew what chance does once incidents are known to be told late, and remembers it', async () => {
  const options = { grid: new ScanGrid(), timeZone: new TimeZone('UTC'), promisedDays: 1 };
  const theme = new EmergingTheme(options);
  const issuedMs = NOW_MS - 30 * HOUR_MS;
  theme.expect({
    ...{ issuedMs, fromMs: issuedMs, toMs: issuedMs + DAY_MS, cells: CELLS, isStandIn: true },
    expected: new Float32Array(CELLS.length).fill(1),
    profile: new Float64Array(HOURS_PER_WEEK).fill(1),
  });
  expect(theme.needsCalibration('one', NOW_MS)).toBe(true);
  await calibrated(theme, NOW_MS);
  const later = NOW_MS + 2 * HOUR_MS;
  expect(theme.needsCalibration('one', later)).toBe(false);
  theme.toldAs(late(10));
  expect(theme.needsCalibration('one', later)).toBe(false);
  theme.toldAs(late(1_000));
  expect(theme.needsCalibration('one', NOW_MS + HOUR_MS / 2)).toBe(false);
  expect(theme.needsCalibration('one', later)).toBe(true);
  await calibrated(theme, later);
  expect(theme.needsCalibration('one', later + 2 * HOUR_MS)).toBe(false);

  const again = new EmergingTheme({ ...options, grid: new ScanGrid() }, theme.encode(later));
  expect(again.needsCalibration('one', later + 2 * HOUR_MS)).toBe(false);
  again.toldAs({ ...late(1_000), completeness: DELAY_EDGES_HOURS.map(() => 1) });
  expect(again.needsCalibration('one', later + 2 * HOUR_MS)).toBe(true);
}, 60_000);
