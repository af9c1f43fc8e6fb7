/** `alert.scan`: µs that an incoming incident costs the detector with 100,000 active cells, beside scanning them all. */
import type { ExpectationSource } from '../../models/emerging/expectation.ts';
import { EmergingDetector } from '../../models/emerging/detector.ts';
import { Scan } from '../../models/emerging/scan.ts';
import { ScanGrid } from '../../models/emerging/scan-grid.ts';
import { IssuedExpectation } from '../../models/emerging/issued-expectation.ts';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { DAY_MS, HOUR_MS, HOURS_PER_WEEK, TimeZone } from '../../shared/time.ts';
import { activeCells } from './active-cells.ts';
import { distribution, median, round, type Benchmark } from './bench.ts';

const CELLS = 100_000;
/** As a country of this size has: a third of an incident per cell and day. */
const PER_DAY = 33_000;
const SAMPLES = 5_000;
const RESCANS = 3;
const MIDNIGHT_MS = Date.UTC(2026, 2, 2);
const NOW_MS = MIDNIGHT_MS + 1.5 * DAY_MS;
const TAIL = { intercept: 12, scale: 1.05, days: 30, clusters: 200 };
const DISPERSION = 0.085;

export const alertScan: Benchmark = {
  names: ['alert.scan'],
  run: (report) => {
    const grid = new ScanGrid();
    for (const cell of activeCells(CELLS)) grid.take(cell);
    const expectation = issued();
    report(`${grid.cells.length} active cells, ${PER_DAY} incidents in the last day`);
    const options = { grid, expectation, dispersion: DISPERSION, tail: TAIL, promisedDays: 1 };
    const detector = new EmergingDetector(options);
    const full = new Scan(options);
    const random = seededRandom(1);
    for (let i = 0; i < PER_DAY; i++) {
      const cell = Math.floor(random() * CELLS);
      const atMs = NOW_MS - DAY_MS + (i / PER_DAY) * DAY_MS;
      full.add(cell, atMs, atMs);
      // The cells around are found at their first scan, once and for all.
      detector.add({ cell: grid.cells[cell] ?? '', occurredAtMs: atMs }, atMs);
    }
    const samples = Array.from({ length: SAMPLES }, (_, i) => {
      const cell = grid.cells[Math.floor(random() * CELLS)] ?? '';
      const nowMs = NOW_MS + (i / PER_DAY) * DAY_MS;
      const began = performance.now();
      detector.add({ cell, occurredAtMs: nowMs }, nowMs);
      return (performance.now() - began) * 1_000;
    });
    const rescans = Array.from({ length: RESCANS }, () => {
      const began = performance.now();
      for (let cell = 0; cell < CELLS; cell++) full.strongestWindow(cell, 3, NOW_MS);
      return (performance.now() - began) * 1_000;
    });
    const ours = distribution('alert.scan', 'µs', samples);
    const baseline = round(median(rescans));
    return Promise.resolve([{ ...ours, baseline, ratio: ours.value / baseline }]);
  },
};

/** Three days of forecasts, as a server has them. */
function issued(): ExpectationSource {
  const expectation = new IssuedExpectation(new TimeZone('Europe/London'));
  const profile = new Float64Array(HOURS_PER_WEEK).fill(1);
  for (let hour = -24; hour <= 36; hour++) {
    const hours = hour % 24 === 0 ? 24 : (hour + 26) % 8 === 0 ? 8 : 1;
    const expected = new Float32Array(CELLS).fill(((PER_DAY / CELLS) * hours) / 24);
    const fromMs = MIDNIGHT_MS + hour * HOUR_MS;
    expectation.add({ issuedMs: fromMs, fromMs, toMs: fromMs + hours * HOUR_MS, expected, profile });
  }
  return expectation;
}
