/** The scan: what it finds around an incident is what looking at every neighbourhood and window would find. */
import fc from 'fast-check';
import { gridDisk } from 'h3-js';
import { describe, expect, it } from 'vitest';
import type { ExpectationSource } from '../../../models/emerging/expectation.ts';
import { logLikelihoodRatio } from '../../../models/emerging/likelihood-ratio.ts';
import { Scan } from '../../../models/emerging/scan.ts';
import { ScanGrid } from '../../../models/emerging/scan-grid.ts';
import { WINDOW_MS } from '../../../models/emerging/scan-windows.ts';
import { cellAt } from '../../../shared/cell.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';

const NOW_MS = Date.UTC(2026, 2, 6, 22);
const MIDDLE = cellAt(51.5, -0.1);
const CELLS = gridDisk(MIDDLE, 9);

/** So many incidents an hour in every cell, at any time. */
function even(grid: ScanGrid, perHour: number): ExpectationSource {
  const expected = new Float32Array(grid.cells.length).fill(perHour);
  const layer = { expected, total: perHour * expected.length, weights: WINDOW_MS.map((ms) => ms / HOUR_MS) };
  return { at: () => ({ layers: [layer], isKnown: Array.from(WINDOW_MS, () => true) }) };
}

function scanOf(perHour: number, dispersion = 0): Scan {
  const grid = new ScanGrid();
  for (const cell of CELLS) grid.take(cell);
  return new Scan({ grid, expectation: even(grid, perHour), dispersion });
}

describe('around an incident', () => {
  it('finds the strongest of all neighbourhoods and windows that hold it', () => {
    const incident = fc.record({
      place: fc.integer({ min: 0, max: 60 }),
      minutesAgo: fc.integer({ min: 0, max: 1_430 }),
    });
    fc.assert(
      fc.property(fc.array(incident, { minLength: 3, maxLength: 40 }), fc.boolean(), (incidents, bursts) => {
        const dispersion = bursts ? 0.3 : 0;
        const scan = scanOf(0.02, dispersion);
        const cells = incidents.map(({ place }) => CELLS[place] as string);
        incidents.forEach(({ minutesAgo }, i) => {
          scan.add(scan.grid.indexOf(cells[i] as string), NOW_MS - minutesAgo * MINUTE_MS, NOW_MS);
        });
        const touched = cells[0] as string;
        let best = 0;
        for (const centre of CELLS) {
          for (let rings = 0; rings <= 3; rings++) {
            const inside = new Set(gridDisk(centre, rings).filter((cell) => CELLS.includes(cell)));
            if (!inside.has(touched)) continue;
            for (const windowMs of WINDOW_MS) {
              const isIn = (i: number): boolean => (incidents[i]?.minutesAgo ?? 0) * MINUTE_MS < windowMs;
              const observed = cells.filter((cell, i) => inside.has(cell) && isIn(i)).length;
              const others = cells.filter((_, i) => isIn(i)).length - observed;
              const due = (0.02 * inside.size * windowMs) / HOUR_MS;
              const dueElsewhere = (0.02 * (CELLS.length - inside.size) * windowMs) / HOUR_MS;
              const level = Math.max(1, (others + 20) / (dueElsewhere + 20));
              if (observed < 3 || observed < due + 1) continue;
              best = Math.max(best, logLikelihoodRatio(observed, due * level, dispersion));
            }
          }
        }
        const found = scan.strongest(scan.grid.indexOf(touched), NOW_MS);
        expect(found?.score ?? 0).toBeCloseTo(best > 1 ? best : 0, 4);
      }),
      { numRuns: 15 },
    );
  });

  it('of two clusters as improbable there it holds that for likelier which is where more happens', () => {
    const grid = new ScanGrid();
    const [quiet, busy] = [grid.take(MIDDLE), grid.take(cellAt(51.4, -0.3))];
    for (const cell of CELLS) grid.take(cell);
    const expected = new Float32Array(grid.cells.length).fill(0.001);
    expected[busy] = 1;
    const layer = { expected, total: 1.27, weights: WINDOW_MS.map((ms) => ms / HOUR_MS) };
    const expectation = { at: () => ({ layers: [layer], isKnown: Array.from(WINDOW_MS, () => true) }) };
    const scan = new Scan({ grid, expectation, dispersion: 0 });
    for (let i = 0; i < 3; i++) scan.add(quiet, NOW_MS - 20 * MINUTE_MS, NOW_MS);
    for (let i = 0; i < 11; i++) scan.add(busy, NOW_MS - 20 * MINUTE_MS, NOW_MS);
    const [inQuiet, inBusy] = [quiet, busy].map((cell) => scan.strongest(cell, NOW_MS, -10));
    expect(inQuiet?.logRatio ?? NaN).toBeGreaterThan((inBusy?.logRatio ?? NaN) - 3);
    expect(inBusy?.score ?? NaN).toBeGreaterThan((inQuiet?.score ?? NaN) + 3);
  });

  it('says what was observed, what was expected, where and in which window', () => {
    const scan = scanOf(0.01);
    const index = scan.grid.indexOf(MIDDLE);
    for (const minutes of [2, 8, 17, 25]) scan.add(index, NOW_MS - minutes * MINUTE_MS, NOW_MS);
    const found = scan.strongest(index, NOW_MS);
    expect(found).toMatchObject({ centre: index, rings: 0, windowMinutes: 30, observed: 4 });
    expect(found?.expected).toBeCloseTo(0.005, 5);
  });

  it('finds nothing in two reports of one event, nor in what was taken back', () => {
    const scan = scanOf(0.001);
    const index = scan.grid.indexOf(MIDDLE);
    scan.add(index, NOW_MS, NOW_MS);
    scan.add(index, NOW_MS, NOW_MS);
    expect(scan.strongest(index, NOW_MS)).toBeUndefined();
    scan.add(index, NOW_MS - MINUTE_MS, NOW_MS);
    expect(scan.strongest(index, NOW_MS)).toBeDefined();
    scan.remove(index, NOW_MS - MINUTE_MS, NOW_MS);
    expect(scan.strongest(index, NOW_MS)).toBeUndefined();
  });

  it('finds a cluster in a place where nothing ever happened, and forgets it a day later', () => {
    const scan = scanOf(0.01);
    const elsewhere = scan.grid.take(cellAt(51.4, -0.3));
    for (let i = 0; i < 4; i++) scan.add(elsewhere, NOW_MS - i * MINUTE_MS, NOW_MS);
    expect(scan.strongest(elsewhere, NOW_MS)?.observed).toBe(4);
    expect(scan.strongest(elsewhere, NOW_MS + 25 * HOUR_MS)).toBeUndefined();
  });

  it('takes a busy night everywhere for no cluster anywhere', () => {
    // Four times as many as expected, in 37 cells alone and everywhere.
    const [here, everywhere] = [scanOf(1), scanOf(1)];
    const index = here.grid.indexOf(MIDDLE);
    for (const cell of gridDisk(MIDDLE, 3)) here.add(here.grid.indexOf(cell), NOW_MS, NOW_MS);
    CELLS.forEach((_, cell) => {
      everywhere.add(cell, NOW_MS, NOW_MS);
    });
    expect(here.strongest(index, NOW_MS)?.score).toBeGreaterThan(20);
    expect(everywhere.strongest(index, NOW_MS)?.score ?? 0).toBeLessThan(3);
  });

  it('scans no window of which nothing was forecast before it opened', () => {
    const grid = new ScanGrid();
    for (const cell of CELLS) grid.take(cell);
    const source = even(grid, 0.01);
    const at: ExpectationSource['at'] = (nowMs) => ({
      ...source.at(nowMs),
      isKnown: Array.from(WINDOW_MS, (ms) => ms <= 15 * MINUTE_MS),
    });
    const scan = new Scan({ grid, expectation: { at }, dispersion: 0 });
    const index = grid.indexOf(MIDDLE);
    for (const minutes of [1, 16, 20, 30]) scan.add(index, NOW_MS - minutes * MINUTE_MS, NOW_MS);
    expect(scan.strongest(index, NOW_MS)).toBeUndefined();
  });
});

it('a cell that joins later is found by those around it', () => {
  const grid = new ScanGrid();
  const [middle = '', ...others] = gridDisk(MIDDLE, 3);
  const index = grid.take(middle);
  expect(Array.from(grid.disk(index)).filter((cell) => cell >= 0)).toEqual([index]);
  for (const cell of others) grid.take(cell);
  const rings = [1, 7, 19, 37].map((cells) => new Set(grid.disk(index).subarray(0, cells)));
  rings.forEach((ring, distance) => {
    expect(ring).toEqual(new Set(gridDisk(middle, distance).map((cell) => grid.indexOf(cell))));
  });
});
