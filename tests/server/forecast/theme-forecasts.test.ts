/** What an incident touches is forecast again at once, and comes out as if all had been. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { ThemeForecasts } from '../../../server/forecast/theme-forecasts.ts';
import { indicesAround, TouchedCells } from '../../../server/forecast/touched-cells.ts';
import { CellHistory } from '../../../models/features/cell-history.ts';
import { ForecastModel } from '../../../models/onnx-model.ts';
import { DAY_MS, TimeZone } from '../../../shared/time.ts';
import { activeHistory } from '../../bench/active-cells.ts';
import { storedIncident } from '../../support/stored-incidents.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
const NOW_MS = START_MS + 90 * DAY_MS;

describe('a theme’s forecasts', () => {
  let model: ForecastModel;
  beforeAll(async () => {
    model = await ForecastModel.load(join(import.meta.dirname, '../../../models/artifacts'));
  });
  afterAll(() => model.close());

  function started(): { history: CellHistory; forecasts: ThemeForecasts } {
    const history = new CellHistory({ timeZone });
    for (const incident of unevenPast(patch(4), 90, 40)) history.add(incident);
    return { history, forecasts: new ThemeForecasts(history, 'all') };
  }

  it('change only near an incident, and to what a whole forecast would give but for the area’s level', async () => {
    const { history, forecasts } = started();
    const before = (await forecasts.recompute(model, 8, NOW_MS)).expected.slice();
    const [cell = ''] = patch(2).toReversed();
    history.add(knownIncident({ cell, occurredAtMs: NOW_MS - 60_000 }));
    const indices = indicesAround(history, [cell]);
    const [touched] = await forecasts.touch(model, indices);
    const whole = (await new ThemeForecasts(history, 'all').recompute(model, 8, NOW_MS)).expected;
    expect(indices).toHaveLength(7);
    touched?.expected.forEach((value, index) => {
      if (indices.includes(index)) expect(value / (whole[index] ?? NaN)).toBeCloseTo(1, 2);
      else expect(value).toBe(before[index]);
    });
    const own = history.indexOf(cell);
    expect(touched?.expected[own]).toBeGreaterThan((before[own] ?? NaN) * 1.02);
    expect(touched?.before[indices.indexOf(own)]).toBe(before[own]);
  });

  it('take in a cell that joins the area', async () => {
    const { history, forecasts } = started();
    const { length } = (await forecasts.recompute(model, 8, NOW_MS)).expected;
    const cell = patch(6).at(-1) ?? '';
    history.add(knownIncident({ cell, occurredAtMs: NOW_MS - 60_000 }));
    const [touched] = await forecasts.touch(model, indicesAround(history, [cell]));
    expect(touched?.expected).toHaveLength(length + 1);
    expect(touched?.expected[length]).toBeGreaterThan(0);
  });

  it('do not forget what was touched while all was being computed anew', async () => {
    const { history, forecasts } = started();
    await forecasts.recompute(model, 8, NOW_MS);
    const [cell = ''] = patch(2).toReversed();
    const recomputing = forecasts.recompute(model, 8, NOW_MS);
    history.add(knownIncident({ cell, occurredAtMs: NOW_MS - 60_000 }));
    await forecasts.touch(model, indicesAround(history, [cell]));
    const { expected } = await recomputing;
    const whole = (await new ThemeForecasts(history, 'all').recompute(model, 8, NOW_MS)).expected;
    const own = history.indexOf(cell);
    expect((expected[own] ?? NaN) / (whole[own] ?? NaN)).toBeCloseTo(1, 2);
  });

  it('of many cells are computed in pieces, and what is touched between two of them is in it', async () => {
    const history = activeHistory(9_000, NOW_MS);
    const forecasts = new ThemeForecasts(history, 'all');
    await forecasts.recompute(model, 8, NOW_MS);
    const [first = '', last = ''] = [history.cells[0], history.cells.at(-1)];
    let pieces = 0;
    const { expected } = await forecasts.recompute(model, 8, NOW_MS, async () => {
      pieces += 1;
      if (pieces !== 2) return;
      for (const cell of [first, last]) {
        history.add(knownIncident({ cell, occurredAtMs: NOW_MS - 60_000 }));
        await forecasts.touch(model, indicesAround(history, [cell]));
      }
    });
    const whole = (await new ThemeForecasts(history, 'all').recompute(model, 8, NOW_MS)).expected;
    expect(pieces).toBe(2);
    expect(expected).toHaveLength(9_000);
    expected.forEach((value, index) => {
      expect(Math.abs(value / (whole[index] ?? NaN) - 1)).toBeLessThan(0.01);
    });
  });

  it('are none before the first, and a touch changes nothing then', async () => {
    const { history, forecasts } = started();
    expect(forecasts.nowMs).toBe(-Infinity);
    expect(await forecasts.touch(model, indicesAround(history, patch(1)))).toEqual([]);
  });
});

describe('touched cells', () => {
  it('are those of what counts and what no longer does; what officers find touches nothing', () => {
    const touched = new TouchedCells();
    touched.add({ incident: storedIncident({ cell: 'a', force: 'kent' }) });
    touched.add({
      incident: storedIncident({ cell: 'b', force: 'essex' }),
      superseded: storedIncident({ cell: 'c', force: 'kent' }),
    });
    touched.add({ incident: storedIncident({ cell: 'd', force: 'kent', discovery: 'officer' }) });
    touched.add({ incident: storedIncident({ cell: 'e', force: 'kent', status: 'cancelled' }) });
    expect([...touched.take()].map(([force, cells]) => [force, [...cells]])).toEqual([
      ['kent', ['a', 'c']],
      ['essex', ['b']],
    ]);
    expect(touched.isEmpty).toBe(true);
  });
});
