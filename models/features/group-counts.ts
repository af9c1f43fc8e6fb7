/** The decayed counts of one group of incidents: per cell and kernel, the cells' rhythm, and the area's own. */
import { HOURS_PER_WEEK } from '../../shared/time.ts';
import type { Area } from './area.ts';
import { COUNTED_KERNELS, DAY_QUARTERS, growth, HALF_LIFE_DAYS, LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { RHYTHM_HALF_LIFE_DAYS, SLOW_LEVEL_HALF_LIFE_DAYS } from './kernels.ts';

/** Kernels counted per cell. */
export const COUNTED = COUNTED_KERNELS.length;
export const HALF_LIFE_COUNT = HALF_LIFE_DAYS.length;
/** Per cell: its incidents in each quarter of the day, and at the weekend. */
export const RHYTHM_COUNT = DAY_QUARTERS + 1;
/** Per cell: how many incidents its own kernels hold, and how many those of its ring. */
export const TALLY_COUNT = 2;

/** The area's incidents, at the level's two half-lives; those known only to the month are measured apart. */
export interface Level {
  recent: number;
  slow: number;
  monthly: number;
}

/** What one incident adds: its growth at each half-life, zero where its time is known too coarsely. */
export interface Addends {
  byHalfLife: Float64Array;
  level: Level;
  rhythm: number;
  hourOfWeek: number;
  dayQuarter: number;
  isWeekend: boolean;
}

/**
 * Every sum is Σ 2^((t − reference) / half-life): multiplied by 2^(−(now − reference) / half-life) it is the
 * count decayed to now. So time passing changes nothing here, and an incident touches seven cells. The tallies
 * count whole incidents: where none is left, no rounding is left either.
 */
export class GroupCounts {
  /** Cells × counted kernels: own cell first, then the ring. */
  kernels = new Float64Array(0);
  /** Cells × rhythm. */
  rhythm = new Float64Array(0);
  /** Cells × tallies. */
  tallies = new Int32Array(0);
  readonly hourOfWeek = new Float64Array(HOURS_PER_WEEK);
  readonly level: Level = { recent: 0, slow: 0, monthly: 0 };
  /** Incidents counted in cells of the area. */
  incidents = 0;
  #cells = 0;

  /** Makes rows up to `area.size`; a new cell finds its ring already filled by its neighbours' incidents. */
  extend(area: Area): void {
    if (this.#cells === area.size) return;
    this.reserve(area.size);
    for (; this.#cells < area.size; this.#cells++) {
      const row = this.#cells * COUNTED;
      for (const neighbour of area.neighbourRow(this.#cells)) {
        if (neighbour < 0 || neighbour >= this.#cells) continue;
        for (let k = 0; k < HALF_LIFE_COUNT; k++) {
          const ring = row + HALF_LIFE_COUNT + k;
          increase(this.kernels, ring, at(this.kernels, neighbour * COUNTED + k));
        }
        increase(this.tallies, this.#cells * TALLY_COUNT + 1, at(this.tallies, neighbour * TALLY_COUNT));
      }
    }
  }

  /** `sign` is 1 for an incident that counts, -1 for one that no longer does. */
  add(index: number, ring: Int32Array, addends: Addends, sign: 1 | -1): void {
    for (const neighbour of ring) {
      if (neighbour < 0) continue;
      this.#spread(neighbour * COUNTED + HALF_LIFE_COUNT, addends, sign);
      this.#tally(neighbour, 1, sign);
    }
    if (index < 0) return; // It happened outside a closed area, and only its neighbours inside feel it.
    this.#spread(index * COUNTED, addends, sign);
    this.level.recent += sign * addends.level.recent;
    this.level.slow += sign * addends.level.slow;
    this.level.monthly += sign * addends.level.monthly;
    if (addends.rhythm !== 0) {
      const change = sign * addends.rhythm;
      increase(this.rhythm, index * RHYTHM_COUNT + addends.dayQuarter, change);
      if (addends.isWeekend) increase(this.rhythm, index * RHYTHM_COUNT + DAY_QUARTERS, change);
      increase(this.hourOfWeek, addends.hourOfWeek, change);
    }
    this.#tally(index, 0, sign);
    this.incidents += sign;
    if (this.incidents === 0) {
      Object.assign(this.level, { recent: 0, slow: 0, monthly: 0 });
      this.hourOfWeek.fill(0);
    }
  }

  /** Moves the reference on by so many days, before sums grow beyond what a float can hold. */
  rebase(days: number): void {
    const shrink = HALF_LIFE_DAYS.map((halfLifeDays) => growth(-days, halfLifeDays));
    for (let i = 0; i < this.#cells * COUNTED; i++) {
      this.kernels[i] = at(this.kernels, i) * at(shrink, i % HALF_LIFE_COUNT);
    }
    const rhythmShrink = growth(-days, RHYTHM_HALF_LIFE_DAYS);
    for (let i = 0; i < this.#cells * RHYTHM_COUNT; i++) this.rhythm[i] = at(this.rhythm, i) * rhythmShrink;
    for (let i = 0; i < HOURS_PER_WEEK; i++) this.hourOfWeek[i] = at(this.hourOfWeek, i) * rhythmShrink;
    this.level.recent *= growth(-days, LEVEL_HALF_LIFE_DAYS);
    this.level.slow *= growth(-days, SLOW_LEVEL_HALF_LIFE_DAYS);
    this.level.monthly *= growth(-days, SLOW_LEVEL_HALF_LIFE_DAYS);
  }

  reserve(cells: number): void {
    this.kernels = withRoom(this.kernels, cells * COUNTED);
    this.rhythm = withRoom(this.rhythm, cells * RHYTHM_COUNT);
    this.tallies = withRoom(this.tallies, cells * TALLY_COUNT);
  }

  /** Takes over rows that a checkpoint kept; what `reserve` made room for counts as written. */
  restored(cells: number): void {
    this.#cells = cells;
  }

  #spread(row: number, { byHalfLife }: Addends, sign: 1 | -1): void {
    for (let k = 0; k < HALF_LIFE_COUNT; k++) increase(this.kernels, row + k, sign * at(byHalfLife, k));
  }

  #tally(cell: number, part: 0 | 1, sign: 1 | -1): void {
    increase(this.tallies, cell * TALLY_COUNT + part, sign);
    if (at(this.tallies, cell * TALLY_COUNT + part) !== 0) return;
    const row = cell * COUNTED + part * HALF_LIFE_COUNT;
    this.kernels.fill(0, row, row + HALF_LIFE_COUNT);
    if (part === 0) this.rhythm.fill(0, cell * RHYTHM_COUNT, (cell + 1) * RHYTHM_COUNT);
  }
}

function withRoom<Numbers extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  array: Numbers,
  length: number,
): Numbers {
  if (length <= array.length) return array;
  const Kind = array.constructor as new (length: number) => Numbers;
  const grown = new Kind(Math.max(length, Math.ceil(array.length * 1.5)));
  grown.set(array);
  return grown;
}

function increase(array: Float64Array | Int32Array, index: number, by: number): void {
  array[index] = at(array, index) + by;
}

function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}
