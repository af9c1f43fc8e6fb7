/** Coverage of the middle 80 % of a forecast distribution, for counts that are mostly zero. */
import { chanceWithin } from '../interval.ts';

/**
 * How much of a count's own probability lies between the 10 % and 90 % quantiles. Counts are whole and mostly zero, so that no interval holds just 80 % of them; spread evenly over the stretch of the
 * distribution that it takes up, 80 % of all counts do (Czado, Gneiting & Held 2009, without their randomising).
 */
export function shareInMiddle(count: number, mean: number, dispersion: number): number {
  const below = chanceWithin({ lower: 0, upper: count - 1 }, mean, dispersion);
  const own = chanceWithin({ lower: count, upper: count }, mean, dispersion);
  return own > 0 ? Math.max(0, Math.min(0.9, below + own) - Math.max(0.1, below)) / own : 0;
}
