/** Ranks cells by their forecast and keeps the top of the area. */
import type { Cell } from '../../shared/cell.ts';
import { HOTSPOT_AREA_SHARE, MAX_HOTSPOTS } from '../../shared/hotspot.ts';

export interface RankedCell {
  rank: number;
  cell: Cell;
  /** Position of the cell in the arrays given. */
  index: number;
  expected: number;
}

/** How many of `areaCells` cells are hotspots: the area share, at least one, at most the limit. */
export function hotspotCount(areaCells: number): number {
  return Math.min(MAX_HOTSPOTS, Math.ceil(areaCells * HOTSPOT_AREA_SHARE));
}

/**
 * The highest expectations, descending; equal ones in the order of their cell's name, so that every
 * process ranks alike. Cells that expect nothing are no hotspots. `cells` may be longer than `expected`. Only
 * `candidates`, by index, are looked at where they are given. Cost: those × log(hotspots).
 */
export function rankHotspots(
  cells: readonly Cell[],
  expected: ArrayLike<number>,
  candidates?: Iterable<number>,
): RankedCell[] {
  const wanted = hotspotCount(expected.length);
  const heap: number[] = [];
  const value = (index: number): number => expected[index] ?? 0;
  const name = (index: number): Cell => cells[index] ?? '';
  const isBelow = (one: number, other: number): boolean =>
    value(one) < value(other) || (value(one) === value(other) && name(one) > name(other));
  const offer = (index: number): void => {
    if (!(value(index) > 0)) return;
    if (heap.length < wanted) {
      heap.push(index);
      siftUp(heap, isBelow);
    } else if (heap[0] !== undefined && isBelow(heap[0], index)) {
      heap[0] = index;
      siftDown(heap, isBelow);
    }
  };
  if (candidates !== undefined) for (const index of candidates) offer(index);
  else for (let index = 0; index < expected.length; index++) offer(index);
  heap.sort((one, other) => (isBelow(one, other) ? 1 : -1));
  return heap.map((index, position) => ({
    rank: position + 1,
    cell: name(index),
    index,
    expected: value(index),
  }));
}

type Order = (one: number, other: number) => boolean;

function siftUp(heap: number[], isBelow: Order): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!swapIf(heap, child, parent, isBelow)) return;
    child = parent;
  }
}

function siftDown(heap: number[], isBelow: Order): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    const [l, r] = [heap[left], heap[right]];
    if (l === undefined) return;
    const least = r !== undefined && isBelow(r, l) ? right : left;
    if (!swapIf(heap, least, parent, isBelow)) return;
    parent = least;
  }
}

/** Swaps a child that ranks below its parent upwards, since the lowest stands at the root. */
function swapIf(heap: number[], child: number, parent: number, isBelow: Order): boolean {
  const [c, p] = [heap[child], heap[parent]];
  if (c === undefined || p === undefined || !isBelow(c, p)) return false;
  heap[child] = p;
  heap[parent] = c;
  return true;
}
