/** Counts what happened inside and outside a forecast's hotspots, and in as many cells of last year's map. */
import { isSensitive } from '../../shared/category.ts';
import { cellAreaSquareMetres, coarseCell, type Cell } from '../../shared/cell.ts';
import type { ChosenArea, ForecastOutcome } from '../../shared/forecast-outcome.ts';
import { ScoringGround } from '../../models/evaluation/scores.ts';
import { spreadOf } from '../../models/interval.ts';
import { coarsened } from '../forecast/forecast-force.ts';
import { rankHotspots } from '../hotspots/rank.ts';
import type { KnownOutcome } from '../store/known-outcomes.ts';

export interface ForecastToJudge {
  cells: readonly Cell[];
  /** Per cell, as is `lastYear`. */
  expected: readonly number[];
  lastYear: ArrayLike<number>;
  /** Null where it was not kept. */
  dispersion: number | null;
  /** Of the theme and the window; undefined where nothing was told, so that no count is known. */
  incidents: readonly KnownOutcome[] | undefined;
  /** Of the theme, those of which nobody knows whether they fell into the window. */
  untimed: number;
}

export interface Reader {
  /** Sees the whole map in coarse cells. */
  coarse: boolean;
  /** May see domestic and sexual incidents in fine cells. */
  cleared: boolean;
}

export type CountedOutcome = Pick<
  ForecastOutcome,
  'coarse' | 'areaCells' | 'hotspots' | 'naiveCells' | 'elsewhere' | 'incidents' | 'model' | 'naiveMap'
>;

/**
 * Hit rates are shares of what happened in the forecast's cells, as on the scorecard; PAI is hit rate ÷ area share
 * (Chainey, Tompson and Uhlig 2008). What a reader may place coarsely only is in no figure: the difference to the whole
 * would tell where it was.
 */
export function countOutcome(forecast: ForecastToJudge, { coarse, cleared }: Reader): CountedOutcome {
  const { dispersion, incidents, untimed } = forecast;
  const { cells, expected } = coarse ? coarsened(forecast.cells, forecast.expected) : forecast;
  const lastYear = coarse ? coarsened(forecast.cells, forecast.lastYear).expected : forecast.lastYear;
  const ground = new ScoringGround(Float64Array.from(cells, cellAreaSquareMetres));
  const isUnplaced = (incident: KnownOutcome): boolean => !coarse && !cleared && isSensitive(incident);
  const placed = countByCell(
    incidents?.filter((incident) => !isUnplaced(incident)),
    coarse ? coarseCell : (cell) => cell,
  );
  const unplaced = countByCell(incidents?.filter(isUnplaced), coarseCell);
  const known = (cell: Cell): number | null => (placed === undefined ? null : (placed.get(cell) ?? 0));
  const ranked = rankHotspots(cells, expected);
  const naive = [...ground.ranked(lastYear).subarray(0, ranked.length)];
  const own = new Set(cells);
  const counted = placed && sumOf(placed, (cell) => own.has(cell));
  const chosen = (indices: readonly number[]): ChosenArea =>
    judge(cells, ground.areas, indices, { placed, counted });
  const model = chosen(ranked.map(({ index }) => index));
  const hot = new Set(ranked.map(({ cell }) => cell));
  const elsewhere = [...(placed ?? [])].filter(([cell]) => !hot.has(cell));
  return {
    coarse,
    areaCells: cells.length,
    hotspots: ranked.map(({ rank, cell, expected: mean }) => {
      const spread = dispersion === null ? null : spreadOf(mean, dispersion);
      return {
        ...{ rank, cell, expected: Number(mean.toPrecision(6)), observed: known(cell) },
        ...{ lower: spread?.lower ?? null, upper: spread?.upper ?? null },
      };
    }),
    naiveCells: naive.map((index) => {
      const cell = cells[index] ?? '';
      return { cell, lastYear: lastYear[index] ?? 0, observed: known(cell) };
    }),
    elsewhere: [
      ...elsewhere.map(([cell, observed]) => ({ cell, coarse, observed })),
      ...[...(unplaced ?? [])].map(([cell, observed]) => ({ cell, coarse: true, observed })),
    ],
    incidents: {
      counted: counted ?? null,
      inside: model.hits,
      outside: counted === undefined ? null : counted - (model.hits ?? 0),
      beyond: placed === undefined ? null : sumOf(placed, (cell) => !own.has(cell)),
      unplaced: unplaced === undefined ? null : sumOf(unplaced, () => true),
      untimed: incidents === undefined ? null : untimed,
    },
    model,
    naiveMap: chosen(naive),
  };
}

type Counts = ReadonlyMap<Cell, number>;

function countByCell(
  incidents: readonly KnownOutcome[] | undefined,
  cellOf: (cell: Cell) => Cell,
): Counts | undefined {
  if (incidents === undefined) return undefined;
  const counts = new Map<Cell, number>();
  for (const incident of incidents) {
    const cell = cellOf(incident.cell);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

function sumOf(counts: Counts, isWanted: (cell: Cell) => boolean): number {
  let sum = 0;
  for (const [cell, count] of counts) if (isWanted(cell)) sum += count;
  return sum;
}

function judge(
  cells: readonly Cell[],
  areas: Float64Array,
  indices: readonly number[],
  { placed, counted }: { placed: Counts | undefined; counted: number | undefined },
): ChosenArea {
  const total = areas.reduce((sum, area) => sum + area, 0);
  const area = indices.reduce((sum, index) => sum + (areas[index] ?? 0), 0);
  const areaShare = total === 0 ? 0 : area / total;
  if (placed === undefined || counted === undefined)
    return { cells: indices.length, areaShare, hits: null, hitRate: null, pai: null };
  const hits = indices.reduce((sum, index) => sum + (placed.get(cells[index] ?? '') ?? 0), 0);
  const hitRate = counted === 0 ? null : hits / counted;
  const pai = hitRate === null || areaShare === 0 ? null : hitRate / areaShare;
  return { cells: indices.length, areaShare, hits, hitRate, pai };
}
