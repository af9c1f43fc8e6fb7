/** The map as rows: every hexagon in which something happened or is ranked, in the order of a column. */
import type { Cell } from '../../shared/cell.ts';
import type { ListedHotspot } from './ranked.ts';

export interface CellRow {
  cell: Cell;
  /** Null for a hexagon that is no hotspot: its expectation is not told of here. */
  hotspot: ListedHotspot | null;
  /** Incidents in the heat's window. */
  happened: number;
  /** Of a hotspot: incidents of the last day, two hours at a time, the oldest first. */
  trend: readonly number[];
}

export const COLUMNS = ['rank', 'place', 'happened', 'expected', 'interval', 'before', 'trend'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Order {
  column: Column;
  ascending: boolean;
}

export function cellRows(
  heat: ReadonlyMap<Cell, number>,
  hotspots: readonly ListedHotspot[],
  trends: ReadonlyMap<Cell, readonly number[]>,
): CellRow[] {
  const ranked = new Map(hotspots.map((hotspot) => [hotspot.cell, hotspot]));
  const cells = new Set([...ranked.keys(), ...heat.keys()]);
  return Array.from(cells, (cell) => ({
    cell,
    hotspot: ranked.get(cell) ?? null,
    happened: heat.get(cell) ?? 0,
    trend: trends.get(cell) ?? [],
  }));
}

/**
 * What has no value in the column comes last, whichever way it is sorted; of equal rows the better ranked, then
 * the one with more incidents, then by name: live rows must not change places for nothing.
 * @param distance of a cell from the centre, in any unit
 */
export function sortedRows(
  rows: readonly CellRow[],
  { column, ascending }: Order,
  distance: (cell: Cell) => number,
): CellRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, column, distance) }));
  keyed.sort((one, other) => {
    if (one.key === null || other.key === null) {
      if (one.key !== other.key) return one.key === null ? 1 : -1;
    } else if (one.key !== other.key) return ascending ? one.key - other.key : other.key - one.key;
    const ranks = (one.row.hotspot?.rank ?? Infinity) - (other.row.hotspot?.rank ?? Infinity);
    if (ranks !== 0 && !Number.isNaN(ranks)) return ranks;
    return other.row.happened - one.row.happened || (one.row.cell < other.row.cell ? -1 : 1);
  });
  return keyed.map(({ row }) => row);
}

function keyOf(
  { cell, hotspot, happened, trend }: CellRow,
  column: Column,
  distance: (cell: Cell) => number,
): number | null {
  switch (column) {
    case 'rank':
      return hotspot?.rank ?? null;
    case 'place':
      return distance(cell);
    case 'happened':
      return happened;
    case 'expected':
      return hotspot?.expected ?? null;
    case 'interval':
      return hotspot?.upper ?? null;
    case 'before':
      return hotspot?.observed ?? null;
    case 'trend':
      return trend.length === 0 ? null : rise(trend);
  }
}

/** How many more the last third of the day brought than the third before. */
export function rise(trend: readonly number[]): number {
  const third = Math.floor(trend.length / 3);
  const sum = (part: readonly number[]): number => part.reduce((total, count) => total + count, 0);
  return sum(trend.slice(-third)) - sum(trend.slice(-2 * third, -third));
}

/** Sorted anew by a column: figures the highest first, ranks and distances the lowest. */
export function orderBy(column: Column, before: Order): Order {
  if (before.column === column) return { column, ascending: !before.ascending };
  return { column, ascending: column === 'rank' || column === 'place' };
}
