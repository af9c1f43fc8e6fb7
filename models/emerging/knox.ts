/** Whether incidents draw others like them, close in space and time: measured, with what chance would have done (Knox 1964). */
import { seededRandom } from '../evaluation/seeded-random.ts';
import { DAY_MS } from '../../shared/time.ts';
import { closePairs, type ClosePairs, type PlacedIncident } from './close-pairs.ts';

/** Upper edges, ascending: metres and days. */
export interface KnoxBands {
  metres: readonly number[];
  days: readonly number[];
}

export interface KnoxOptions {
  bands: KnoxBands;
  permutations: number;
  seed: number;
}

/** One band of space and time. */
export interface KnoxRatio {
  fromMetres: number;
  toMetres: number;
  fromDays: number;
  toDays: number;
  /** Pairs, and how many there would be if places and times had nothing to do with each other. */
  observed: number;
  expected: number;
  ratio: number;
  /** 95 % interval of the ratio. */
  lower: number;
  upper: number;
  /** How often chance gives any band a rise that stands out as much: of all bands together (Westfall & Young 1993). */
  p: number;
}

/**
 * The Knox ratio of each band, by dealing the times out anew among the places (Johnson et al. 2007): so neither busy places nor busy days pass
 * for a repeat. The interval is that of a count of pairs on the log scale, as much wider as the pairs of the permutations scatter more
 * than a Poisson count, since one incident is in many pairs. Costs the close pairs times the permutations.
 */
export function knoxRatios(incidents: readonly PlacedIncident[], options: KnoxOptions): KnoxRatio[] {
  const slices = knoxSlices(incidents, options);
  for (let slice = slices.next(); ; slice = slices.next()) if (slice.done === true) return slice.value;
}

/** The same in slices, one for each deal, for a process that has other things to do in between. */
export function* knoxSlices(
  incidents: readonly PlacedIncident[],
  { bands, permutations, seed }: KnoxOptions,
): Generator<undefined, KnoxRatio[]> {
  const pairs = closePairs(incidents, bands.metres);
  const count = bands.metres.length * bands.days.length;
  const times = Float64Array.from(incidents, ({ atMs }) => atMs / DAY_MS);
  const observed = countBands(pairs, times, bands);
  const random = seededRandom(seed);
  const dealt: Float64Array[] = [];
  for (let i = 0; i < permutations; i++) {
    shuffle(times, random);
    dealt.push(countBands(pairs, times, bands));
    yield;
  }
  const of = Array.from({ length: count }, (_, band) => spreadOf(dealt.map((counts) => counts[band] ?? 0)));
  const deviations = (counts: Float64Array): number[] =>
    of.map(({ mean, deviation }, band) => ((counts[band] ?? 0) - mean) / Math.max(deviation, 0.5));
  const highest = dealt.map((counts) => Math.max(...deviations(counts)));
  return deviations(observed).map((z, band) => {
    const [space, time] = [Math.floor(band / bands.days.length), band % bands.days.length];
    const { mean, deviation } = of[band] ?? { mean: 0, deviation: 0 };
    const pairsHere = observed[band] ?? 0;
    const ratio = mean > 0 ? pairsHere / mean : 1;
    const scatter = mean > 0 ? Math.max(1, deviation ** 2 / mean) : 1;
    const factor = Math.exp(1.96 * Math.sqrt(scatter / Math.max(pairsHere, 1)));
    return {
      fromMetres: bands.metres[space - 1] ?? 0,
      toMetres: bands.metres[space] ?? 0,
      fromDays: bands.days[time - 1] ?? 0,
      toDays: bands.days[time] ?? 0,
      ...{ observed: pairsHere, expected: mean, ratio, lower: ratio / factor, upper: ratio * factor },
      p: (1 + highest.filter((other) => other >= z).length) / (1 + permutations),
    };
  });
}

function countBands({ one, other, band }: ClosePairs, days: Float64Array, bands: KnoxBands): Float64Array {
  const counts = new Float64Array(bands.metres.length * bands.days.length);
  for (let pair = 0; pair < band.length; pair++) {
    const apart = Math.abs((days[one[pair] ?? 0] ?? 0) - (days[other[pair] ?? 0] ?? 0));
    for (let time = 0; time < bands.days.length; time++) {
      if (apart >= (bands.days[time] ?? 0)) continue;
      const at = (band[pair] ?? 0) * bands.days.length + time;
      counts[at] = (counts[at] ?? 0) + 1;
      break;
    }
  }
  return counts;
}

/** Fisher & Yates (1938). */
function shuffle(values: Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = value;
  }
}

function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
