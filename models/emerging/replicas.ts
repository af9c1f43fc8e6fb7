/** Days on which nothing but chance is at work: drawn from an expectation, with its overdispersion. */
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';
import type { WeeklyField } from './weekly-field.ts';

/** An incident of chance, by index in the grid. */
export interface ChanceIncident {
  cell: number;
  atMs: number;
}

interface Drawable {
  cumulative: Float64Array;
  total: number;
}

/**
 * Yields incidents in order of time, hour by hour. Counts of any cells and window are negative binomial with the
 * expected mean and variance = mean · (1 + dispersion): bursts come as a Poisson process and have logarithmic sizes, all of one place
 * and moment (Quenouille 1949).
 */
export function* chanceIncidents(
  field: WeeklyField,
  { fromMs, toMs, timeZone }: { fromMs: number; toMs: number; timeZone: TimeZone },
  dispersion: number,
  random: () => number,
): Generator<ChanceIncident> {
  const layers = field.layers.map(drawable);
  const burstsPerIncident = dispersion === 0 ? 1 : Math.log1p(dispersion) / dispersion;
  for (let hourMs = fromMs; hourMs < toMs; hourMs += HOUR_MS) {
    const hour = field.hours[timeZone.localTime(hourMs).hourOfWeek];
    const layer = layers[hour?.layer ?? 0];
    if (hour === undefined || layer === undefined) continue;
    const perHour = hour.weight * layer.total * burstsPerIncident;
    if (perHour <= 0) continue;
    for (let at = gap(perHour, random); at < 1; at += gap(perHour, random)) {
      const cell = drawCell(layer, random);
      for (let more = burstSize(dispersion, random); more > 0; more--) {
        yield { cell, atMs: hourMs + at * HOUR_MS };
      }
    }
  }
}

function gap(perHour: number, random: () => number): number {
  return -Math.log1p(-random()) / perHour;
}

function drawable(expected: Float32Array): Drawable {
  const cumulative = new Float64Array(expected.length);
  let total = 0;
  expected.forEach((value, cell) => (cumulative[cell] = total += value));
  return { cumulative, total };
}

function drawCell({ cumulative, total }: Drawable, random: () => number): number {
  const target = random() * total;
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Logarithmic with parameter θ / (1 + θ), by adding up its probabilities. */
function burstSize(dispersion: number, random: () => number): number {
  if (dispersion === 0) return 1;
  const p = dispersion / (1 + dispersion);
  let probability = p / Math.log1p(dispersion);
  let size = 1;
  for (let left = random(); left > probability && size < 1_000; size++) {
    left -= probability;
    probability *= (p * size) / (size + 1);
  }
  return size;
}
