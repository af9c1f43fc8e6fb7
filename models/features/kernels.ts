/** The kernels of the mixture: how fast an incident is forgotten, and how far around it counts. */
import type { TimePrecision } from '../../shared/incident.ts';

/** Ascending. Ten kernels match the forty-eight of a finer set (rings beyond the first carry next to nothing). */
export const HALF_LIFE_DAYS = [7, 30, 90, 365, 1095] as const;
export const RINGS = ['own', 'ring1'] as const;

export interface Kernel {
  name: string;
  ring: (typeof RINGS)[number];
  halfLifeDays: (typeof HALF_LIFE_DAYS)[number];
}

/** What is counted for each group, in the order of its rows: all half-lives of the own cell, then of the ring. */
export const COUNTED_KERNELS: readonly Kernel[] = RINGS.flatMap((ring) =>
  HALF_LIFE_DAYS.map((halfLifeDays) => ({ name: `${ring}-${String(halfLifeDays)}d`, ring, halfLifeDays })),
);

/**
 * The kernels of all incidents that a theme leans on beside its own. The rare gain most: 0.006 nats an incident for
 * violence, 0.003 for burglary; the other seven carry nothing more.
 */
const LEANED_ON = ['own-30d', 'own-365d', 'ring1-365d'];

/** The columns of a feature row: the theme's own kernels, then those of all incidents. */
export const MODEL_KERNELS: readonly (Kernel & { of: 'theme' | 'all' })[] = [
  ...COUNTED_KERNELS.map((kernel) => ({ ...kernel, of: 'theme' as const })),
  ...COUNTED_KERNELS.filter(({ name }) => LEANED_ON.includes(name)).map((kernel) => ({
    ...kernel,
    name: `all-${kernel.name}`,
    of: 'all' as const,
  })),
];

/** Month-precision incidents only count in kernels this slow: faster ones would see the 15th of each month. */
const SHORTEST_FOR_MONTHS_DAYS = 90;

/**
 * The recent level of a whole area, which follows a season's turn: over a quarter of falling numbers 7 days expect 3 %
 * too many, 14 days 5 %, and neither a longer one nor last year's season is likelier on two cities' daily totals.
 */
export const LEVEL_HALF_LIFE_DAYS = 7;
/** The slower level that a rare group's leans on, and the only one where just the month is known. */
export const SLOW_LEVEL_HALF_LIFE_DAYS = 90;
/** The hour-of-week profile and the cells' affinities. */
export const RHYTHM_HALF_LIFE_DAYS = 365;

/** Quarters of the local day, from midnight. */
export const DAY_QUARTERS = 4;

/** 2 ^ (days / half-life): what one incident adds to a sum that is scaled to a reference instant. */
export function growth(days: number, halfLifeDays: number): number {
  return 2 ** (days / halfLifeDays);
}

/** Whether a kernel counts incidents of this precision. */
export function isCountedBy(halfLifeDays: number, timePrecision: TimePrecision): boolean {
  return timePrecision !== 'month' || halfLifeDays >= SHORTEST_FOR_MONTHS_DAYS;
}

/**
 * The time over which decayed incidents were collected, as if none were forgotten: ∫ 2^(−age / half-life)
 * from `youngestDays` to `oldestDays` ago. A rate is a decayed count over this, which is right from the
 * first day on, where the half-life over ln 2 would only be right after years.
 */
export function effectiveDays(oldestDays: number, youngestDays: number, halfLifeDays: number): number {
  const perDay = Math.LN2 / halfLifeDays;
  return (Math.exp(-perDay * youngestDays) - Math.exp(-perDay * Math.max(oldestDays, youngestDays))) / perDay;
}
