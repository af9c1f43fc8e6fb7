/** Turns one theme's forecast into what LIVE is told: the hotspots, fine and coarse, and the cells that moved. */
import type { HotspotsRanked } from '../../shared/announcement.ts';
import { coarseCell, type Cell } from '../../shared/cell.ts';
import type { ForecastWindow } from '../../shared/forecast.ts';
import type { Hotspot } from '../../shared/hotspot.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { rankHotspots } from './rank.ts';

type Subject = Pick<HotspotsRanked, 'at' | 'force' | 'theme' | 'horizonHours'>;

export interface RankedForecast extends Subject {
  forecast: { window: ForecastWindow; modelId: string; cells: readonly Cell[]; expected: Float32Array };
  moved: HotspotsRanked['moved'];
  /** The 10 % and 90 % quantiles of a count with this expectation. */
  interval: (expected: number) => { lower: number; upper: number };
  /** Incidents of the last `horizonHours` in a fine cell: all, and those that may be told of so finely. */
  observed: (cell: Cell) => number;
  observedFinely: (cell: Cell) => number;
}

/** So many moved cells fit into one message beside the hotspots. */
const MOVED_PER_MESSAGE = 7_000;

export function rankedAnnouncements({
  forecast,
  moved,
  interval,
  observed,
  observedFinely,
  ...subject
}: RankedForecast): HotspotsRanked[] {
  const { window, modelId, cells, expected } = forecast;
  const fineCells = cells.slice(0, expected.length);
  const coarse = inCoarseCells(fineCells, expected, observed);
  const ranking = {
    type: 'hotspots.ranked' as const,
    ...subject,
    window,
    modelId,
    unavailable: null,
    areaCells: fineCells.length,
    hotspots: hotspotsOf(fineCells, expected, interval, observedFinely),
    coarse: {
      areaCells: coarse.cells.length,
      hotspots: hotspotsOf(coarse.cells, coarse.expected, interval, (cell) => coarse.observed.get(cell) ?? 0),
    },
  };
  const parts = Math.max(1, Math.ceil(moved.length / MOVED_PER_MESSAGE));
  return Array.from({ length: parts }, (_, part) => ({
    ...ranking,
    moved: moved.slice(part * MOVED_PER_MESSAGE, (part + 1) * MOVED_PER_MESSAGE),
  }));
}

/** Says that there is no forecast, and why. */
export function unavailableAnnouncement(subject: Subject, reason: string, nowMs: number): HotspotsRanked {
  return {
    type: 'hotspots.ranked',
    ...subject,
    window: { from: formatInstant(nowMs), to: formatInstant(nowMs + subject.horizonHours * HOUR_MS) },
    modelId: null,
    unavailable: reason,
    areaCells: 0,
    hotspots: [],
    coarse: { areaCells: 0, hotspots: [] },
    moved: [],
  };
}

function hotspotsOf(
  cells: readonly Cell[],
  expected: ArrayLike<number>,
  interval: RankedForecast['interval'],
  observed: RankedForecast['observed'],
): Hotspot[] {
  return rankHotspots(cells, expected).map((ranked) => ({
    rank: ranked.rank,
    cell: ranked.cell,
    expected: Number(ranked.expected.toPrecision(4)),
    ...interval(ranked.expected),
    observed: observed(ranked.cell),
  }));
}

function inCoarseCells(
  cells: readonly Cell[],
  expected: ArrayLike<number>,
  observed: RankedForecast['observed'],
): { cells: Cell[]; expected: number[]; observed: Map<Cell, number> } {
  const sums = new Map<Cell, number>();
  const happened = new Map<Cell, number>();
  cells.forEach((cell, index) => {
    const parent = coarseCell(cell);
    sums.set(parent, (sums.get(parent) ?? 0) + (expected[index] ?? 0));
    const count = observed(cell);
    if (count > 0) happened.set(parent, (happened.get(parent) ?? 0) + count);
  });
  return { cells: [...sums.keys()], expected: [...sums.values()], observed: happened };
}
