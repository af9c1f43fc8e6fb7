/** The decayed counts of one group of incidents: per cell and kernel, the cells' rhythm, and the area's own. */
import { HOURS_PER_WEEK } from '../../shared/time.ts';
import type { Area } from './area.ts';
import { DAY_QUARTERS, growth, HALF_LIFE_DAYS, KERNELS, LEVEL_HALF_LIFE_DAYS } from './kernels.ts';
import { RHYTHM_HALF_LIFE_DAYS, SLOW_LEVEL_HALF_LIFE_DAYS } from './kernels.ts';

export const KERNEL_COUNT = KERNELS.length;
export const HALF_LIFE_COUNT = HALF_LIFE_DAYS.length;
/** Per cell: its incidents in each quarter of the day, and at the weekend. */
export const RHYTHM_COUNT = DAY_QUARTERS + 1;

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
 * count decayed to now. So time passing changes nothing here, and an incident touches seven cells.
 */
export class GroupCounts {
  /** Cells × kernels: own cell first, then the ring. */
  kernels = new Float64Array(0);
  /** Cells × rhythm. */
  rhythm = new Float64Array(0);
  readonly hourOfWeek = new Float64Array(HOURS_PER_WEEK);
  readonly level: Level = { recent: 0, slow: 0, monthly: 0 };
  #cells = 0;

  /** Makes rows up to `area.size`; a new cell finds its ring already filled by its neighbours' incidents. */
  extend(area: Area): void {
    this.reserve(area.size);
    for (; this.#cells < area.size; this.#cells++) {
      const row = this.#cells * KERNEL_COUNT;
      for (const neighbour of area.neighbourRow(this.#cells)) {
        if (neighbour < 0 || neighbour >= this.#cells) continue;
        for (let k = 0; k < HALF_LIFE_COUNT; k++) {
          const ring = row + HALF_LIFE_COUNT + k;
          increase(this.kernels, ring, at(this.kernels, neighbour * KERNEL_COUNT + k));
        }
      }
    }
  }

  /** `sign` is 1 for an incident that counts, -1 for one that no longer does. */
  add(index: number, ring: Int32Array, addends: Addends, sign: 1 | -1): void {
    for (const neighbour of ring) {
      if (neighbour >= 0) this.#spread(neighbour * KERNEL_COUNT + HALF_LIFE_COUNT, addends, sign);
    }
    if (index < 0) return; // It happened outside a closed area, and only its neighbours inside feel it.
    this.#spread(index * KERNEL_COUNT, addends, sign);
    this.level.recent += sign * addends.level.recent;
    this.level.slow += sign * addends.level.slow;
    this.level.monthly += sign * addends.level.monthly;
    if (addends.rhythm === 0) return;
    const change = sign * addends.rhythm;
    increase(this.rhythm, index * RHYTHM_COUNT + addends.dayQuarter, change);
    if (addends.isWeekend) increase(this.rhythm, index * RHYTHM_COUNT + DAY_QUARTERS, change);
    increase(this.hourOfWeek, addends.hourOfWeek, change);
  }

  /** Moves the reference on by so many days, before sums grow beyond what a float can hold. */
  rebase(days: number): void {
    const shrink = HALF_LIFE_DAYS.map((halfLifeDays) => growth(-days, halfLifeDays));
    for (let i = 0; i < this.#cells * KERNEL_COUNT; i++) {
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
    this.kernels = withRoom(this.kernels, cells * KERNEL_COUNT);
    this.rhythm = withRoom(this.rhythm, cells * RHYTHM_COUNT);
  }

  /** Takes over rows that a checkpoint kept; what `reserve` made room for counts as written. */
  restored(cells: number): void {
    this.#cells = cells;
  }

  #spread(row: number, { byHalfLife }: Addends, sign: 1 | -1): void {
    for (let k = 0; k < HALF_LIFE_COUNT; k++) increase(this.kernels, row + k, sign * at(byHalfLife, k));
  }
}

function withRoom(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Float64Array(Math.max(length, Math.ceil(array.length * 1.5)));
  grown.set(array);
  return grown;
}

function increase(array: Float64Array, index: number, by: number): void {
  array[index] = at(array, index) + by;
}

function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}
