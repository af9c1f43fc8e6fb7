/** What came of a forecast: counted inside and outside its hotspots, beside last year's map, for each reader. */
import { describe, expect, it } from 'vitest';
import { countOutcome, type ForecastToJudge } from '../../../server/outcomes/count-outcome.ts';
import type { KnownOutcome } from '../../../server/store/known-outcomes.ts';
import { cellAt, coarseCell } from '../../../shared/cell.ts';
import { patch } from '../../support/known-incidents.ts';

/** 217 cells: three hotspots. */
const CELLS = patch(8);
const [FIRST = '', SECOND = '', THIRD = '', FOURTH = ''] = CELLS;
const EVERYTHING = { coarse: false, cleared: true };
const GUARDED = { coarse: false, cleared: false };

const happened = (cell: string, change: Partial<KnownOutcome> = {}): KnownOutcome => ({
  ...{ cell, category: 'burglary', markers: [], timePrecision: 'minute', ...change },
});

/** Most is expected in the first three cells, and last year most was counted in the second to fourth. */
function forecast(change: Partial<ForecastToJudge> = {}): ForecastToJudge {
  return {
    cells: CELLS,
    expected: CELLS.map((_, index) => [3, 2, 1][index] ?? 0.01),
    lastYear: CELLS.map((_, index) => [0, 9, 8, 7][index] ?? 0),
    dispersion: 0.1,
    incidents: [],
    untimed: 0,
    ...change,
  };
}

describe('an outcome', () => {
  it('counts what fell inside and outside the hotspots, and in the naive map’s cells', () => {
    const outside = cellAt(55, -3);
    const counted = countOutcome(
      forecast({
        incidents: [FIRST, FIRST, SECOND, FOURTH, outside].map((cell) => happened(cell)),
        untimed: 2,
      }),
      EVERYTHING,
    );
    expect(counted.hotspots.map(({ rank, cell, observed }) => [rank, cell, observed])).toEqual([
      [1, FIRST, 2],
      [2, SECOND, 1],
      [3, THIRD, 0],
    ]);
    expect(counted.hotspots[0]).toMatchObject({ expected: 3, lower: 1, upper: 5 });
    expect(counted.incidents).toEqual({
      ...{ counted: 4, inside: 3, outside: 1, beyond: 1, unplaced: 0, untimed: 2 },
    });
    expect(counted.model).toMatchObject({ cells: 3, hits: 3, hitRate: 0.75 });
    expect(counted.model.areaShare).toBeCloseTo(3 / CELLS.length, 4);
    expect(counted.model.pai).toBeCloseTo((0.75 * CELLS.length) / 3, 0);
    expect(counted.naiveMap).toMatchObject({ cells: 3, hits: 2, hitRate: 0.5 });
    expect(counted.naiveCells.map(({ cell, lastYear }) => [cell, lastYear])).toEqual([
      [SECOND, 9],
      [THIRD, 8],
      [FOURTH, 7],
    ]);
    expect(counted.elsewhere).toEqual([
      { cell: FOURTH, coarse: false, observed: 1 },
      { cell: outside, coarse: false, observed: 1 },
    ]);
  });

  it('of which nothing was told is not none', () => {
    const counted = countOutcome(forecast({ incidents: undefined }), EVERYTHING);
    expect(counted.hotspots.map(({ observed }) => observed)).toEqual([null, null, null]);
    expect(Object.values(counted.incidents)).toEqual([null, null, null, null, null, null]);
    expect(counted.model).toMatchObject({ cells: 3, hits: null, hitRate: null, pai: null });
    expect(counted.naiveMap).toMatchObject({ hits: null, pai: null });
  });

  it('without incidents has no hit rate', () => {
    expect(countOutcome(forecast(), EVERYTHING).model).toMatchObject({ hits: 0, hitRate: null, pai: null });
  });

  it('leaves out of every figure what the reader may not place, and shows it coarsely', () => {
    const incidents = [
      happened(FIRST),
      happened(FIRST, { category: 'sexual-offences' }),
      happened(SECOND, { markers: ['domestic'] }),
    ];
    const guarded = countOutcome(forecast({ incidents }), GUARDED);
    expect(guarded.hotspots.map(({ observed }) => observed)).toEqual([1, 0, 0]);
    expect(guarded.incidents).toMatchObject({ counted: 1, inside: 1, unplaced: 2 });
    expect(guarded.elsewhere).toEqual(
      [FIRST, SECOND].map((cell) => ({ cell: coarseCell(cell), coarse: true, observed: 1 })),
    );
    const cleared = countOutcome(forecast({ incidents }), EVERYTHING);
    expect(cleared.hotspots.map(({ observed }) => observed)).toEqual([2, 1, 0]);
    expect(cleared.incidents).toMatchObject({ counted: 3, unplaced: 0 });
  });

  it('is wholly coarse for who sees the map so', () => {
    const incidents = [happened(FIRST), happened(FIRST, { category: 'sexual-offences' })];
    const counted = countOutcome(forecast({ incidents }), { coarse: true, cleared: false });
    expect(counted.hotspots).toHaveLength(1);
    expect(counted.hotspots[0]).toMatchObject({ cell: coarseCell(FIRST), observed: 2 });
    expect(counted.incidents).toMatchObject({ counted: 2, inside: 2, unplaced: 0 });
    const all = [counted.hotspots, counted.naiveCells, counted.elsewhere].flat();
    expect(all.every(({ cell }) => cell === coarseCell(cell))).toBe(true);
  });
});
