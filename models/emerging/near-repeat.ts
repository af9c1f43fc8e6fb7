/** Raised risk after an incident nearby: where the data show that such incidents repeat, how far, how long and by how much. */
import type { AlertKind } from '../../shared/alert.ts';
import type { Category, Marker } from '../../shared/category.ts';
import { DAY_MS } from '../../shared/time.ts';
import { metresBetween, type PlacedIncident } from './close-pairs.ts';
import { knoxSlices, type KnoxBands, type KnoxRatio } from './knox.ts';

/** What is watched for repeats, each by itself. */
export const REPEATERS = ['burglary', 'robbery', 'knife'] as const;
export type Repeater = (typeof REPEATERS)[number];

/** What an incident may repeat. */
export function repeatersOf({
  category,
  markers,
}: {
  category: Category;
  markers: readonly Marker[];
}): Repeater[] {
  return REPEATERS.filter((kind) => kind === category || (kind === 'knife' && markers.includes('knife')));
}

/** As in the literature on burglary (Johnson et al. 2007): a few hundred metres, two weeks. */
const BANDS: KnoxBands = { metres: [100, 200, 400], days: [2, 7, 14] };
const REMEMBERED_DAYS = 365;
const PERMUTATIONS = 999;
/** With fewer nothing is claimed. */
const FEWEST_INCIDENTS = 50;
/** A ratio that so many cannot show is too small to matter; more cost the more pairs they are in. */
const MOST_INCIDENTS = 10_000;
/** Pairs in a band from which a ratio is worth telling. */
const FEWEST_PAIRS = 10;
/** So long must be known of before the days that are looked at. */
const FEWEST_KNOWN_DAYS = 1;
/** Of measurements of what does not repeat, this share claims a rise in some band. */
const SIGNIFICANCE = 0.01;

/** What the data showed when they were last measured. */
export interface Measurement {
  measuredMs: number;
  incidents: number;
  /** Every band, raised or not. */
  ratios: KnoxRatio[];
  /** Those in which more happens than chance alone explains. */
  raised: KnoxRatio[];
}

/** After one incident: the rise around it, as long as it lasts. */
export interface RaisedRisk {
  kind: Extract<AlertKind, 'near-repeat'>;
  repeater: Repeater;
  lat: number;
  lon: number;
  /** When the incident happened. */
  atMs: number;
  /** How far and until when the risk is raised, of what remains of it now. */
  metres: number;
  untilMs: number;
  /** So many times the usual now, within these metres, with its 95 % interval. */
  rise: number;
  lower: number;
  upper: number;
  /** All that is left of it, nearest and soonest first: it is highest next door and in the first days. */
  bands: RaisedBand[];
}

export interface RaisedBand {
  fromMetres: number;
  toMetres: number;
  fromMs: number;
  untilMs: number;
  rise: number;
  lower: number;
  upper: number;
}

/** Claims no rise before it has measured one. */
export class NearRepeatRisk {
  readonly #repeater: Repeater;
  readonly #significance: number;
  readonly #permutations: number;
  #incidents: PlacedIncident[] = [];
  #measured: Measurement | undefined;

  constructor(repeater: Repeater, { significance = SIGNIFICANCE, permutations = PERMUTATIONS } = {}) {
    this.#repeater = repeater;
    this.#significance = significance;
    this.#permutations = permutations;
  }

  get measured(): Measurement | undefined {
    return this.#measured;
  }

  /** Remembers an incident whose place and hour are known, and tells what it raises. */
  add(incident: PlacedIncident, nowMs: number): RaisedRisk | undefined {
    const { lat, lon, atMs } = incident;
    this.#incidents.push({ lat, lon, atMs });
    return this.riskAfter(incident, nowMs);
  }

  /** Takes one back that has been corrected or cancelled. */
  remove({ lat, lon, atMs }: PlacedIncident): void {
    const index = this.#incidents.findLastIndex(
      (one) => one.atMs === atMs && one.lat === lat && one.lon === lon,
    );
    if (index >= 0) this.#incidents.splice(index, 1);
  }

  /** Measures anew on the last year: once a week is enough. */
  measure(nowMs: number, seed: number): Measurement {
    const slices = this.measureSlices(nowMs, seed);
    for (let slice = slices.next(); ; slice = slices.next()) if (slice.done === true) return slice.value;
  }

  /** The same in slices, for a process that has other things to do in between; claims go on as they were until it ends. */
  *measureSlices(nowMs: number, seed: number): Generator<undefined, Measurement> {
    this.#incidents = this.#incidents.filter(({ atMs }) => atMs > nowMs - REMEMBERED_DAYS * DAY_MS);
    const measured = this.#incidents.toSorted((one, other) => other.atMs - one.atMs).slice(0, MOST_INCIDENTS);
    const { length } = measured;
    const options = { bands: BANDS, permutations: this.#permutations, seed };
    const ratios = length < FEWEST_INCIDENTS ? [] : yield* knoxSlices(measured, options);
    const raised = ratios.filter(
      ({ p, lower, observed }) => p <= this.#significance && lower > 1 && observed >= FEWEST_PAIRS,
    );
    return (this.#measured = { measuredMs: nowMs, incidents: length, ratios, raised });
  }

  /**
   * How many happened before an incident where the risk of it was raised, in the first days and near enough; and how many
   * would have, at the rate at which they happened there before. `undefined` where nothing is raised, or too little is known of before.
   */
  seriesBefore(incident: PlacedIncident): { earlier: number; usual: number; days: number } | undefined {
    const risk = this.riskAfter(incident, incident.atMs);
    if (risk === undefined) return undefined;
    const days = Math.min(...(this.#measured?.raised ?? []).map(({ toDays }) => toDays));
    const fromMs = incident.atMs - days * DAY_MS;
    let [earlier, before, firstMs] = [0, 0, Infinity];
    for (const one of this.#incidents) {
      firstMs = Math.min(firstMs, one.atMs);
      if (one.atMs > incident.atMs || metresBetween(one, incident) >= risk.metres) continue;
      if (one.atMs > fromMs) earlier += 1;
      else before += 1;
    }
    const knownDays = (fromMs - firstMs) / DAY_MS;
    if (knownDays < FEWEST_KNOWN_DAYS) return undefined;
    // The incident itself has been counted.
    return { earlier: earlier - 1, usual: ((before + 0.5) * days) / knownDays, days };
  }

  /** How many a day it has been told of, over all that it remembers. */
  get perDay(): number {
    const times = this.#incidents.map(({ atMs }) => atMs);
    const [first, last] = [times.reduce(least, Infinity), times.reduce(most, -Infinity)];
    return times.length < 2 ? 0 : times.length / Math.max(1, (last - first) / DAY_MS);
  }

  /** What is still raised around an incident; `undefined` where nothing is, or no more. */
  riskAfter({ lat, lon, atMs }: PlacedIncident, nowMs: number): RaisedRisk | undefined {
    const days = Math.max(0, (nowMs - atMs) / DAY_MS);
    const left = this.#measured?.raised.filter(({ toDays }) => days < toDays) ?? [];
    if (left.length === 0) return undefined;
    // How much it is raised is a matter of today; how long, of all that is left.
    const soonest = Math.min(...left.map(({ fromDays }) => fromDays));
    const now = left.filter(({ fromDays }) => fromDays === soonest);
    const untilMs = atMs + Math.max(...left.map(({ toDays }) => toDays)) * DAY_MS;
    return {
      kind: 'near-repeat',
      repeater: this.#repeater,
      ...{ lat, lon, atMs, untilMs },
      metres: Math.max(...now.map(({ toMetres }) => toMetres)),
      ...pooled(now),
      bands: left.map(({ fromMetres, toMetres, fromDays, toDays, ratio, lower, upper }) => ({
        ...{ fromMetres, toMetres, fromMs: atMs + fromDays * DAY_MS, untilMs: atMs + toDays * DAY_MS },
        ...{ rise: ratio, lower, upper },
      })),
    };
  }

  /** All that is raised now, the latest incident first. */
  risks(nowMs: number): RaisedRisk[] {
    return this.#incidents
      .filter(({ atMs }) => atMs <= nowMs)
      .sort((one, other) => other.atMs - one.atMs)
      .flatMap((incident) => this.riskAfter(incident, nowMs) ?? []);
  }

  /** Everything, for a checkpoint. */
  encode(): Uint8Array {
    const numbers = Float64Array.from(this.#incidents.flatMap(({ lat, lon, atMs }) => [lat, lon, atMs]));
    const head = new TextEncoder().encode(JSON.stringify(this.#measured ?? null));
    const bytes = new Uint8Array(4 + head.length + numbers.byteLength);
    new DataView(bytes.buffer).setUint32(0, head.length, true);
    bytes.set(head, 4);
    bytes.set(new Uint8Array(numbers.buffer), 4 + head.length);
    return bytes;
  }

  /** Continues from `encode`. Throws `RangeError` or `SyntaxError` for bytes of something else. */
  static decode(bytes: Uint8Array, ...options: ConstructorParameters<typeof NearRepeatRisk>): NearRepeatRisk {
    const risk = new NearRepeatRisk(...options);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headEnd = 4 + view.getUint32(0, true);
    risk.#measured =
      (JSON.parse(new TextDecoder().decode(bytes.subarray(4, headEnd))) as Measurement | null) ?? undefined;
    const numbers = new Float64Array(bytes.slice(headEnd).buffer);
    for (let i = 0; i + 2 < numbers.length; i += 3) {
      const [lat = 0, lon = 0, atMs = 0] = numbers.subarray(i, i + 3);
      risk.#incidents.push({ lat, lon, atMs });
    }
    return risk;
  }
}

/** Bands of one time taken together: pairs add up; the interval is as wide as theirs, weighed by pairs. */
function pooled(bands: readonly KnoxRatio[]): { rise: number; lower: number; upper: number } {
  const sum = (of: (band: KnoxRatio) => number): number => bands.reduce((total, band) => total + of(band), 0);
  const observed = sum((band) => band.observed);
  const rise = observed / sum((band) => band.expected);
  const scatter = sum((band) => band.observed ** 2 * (Math.log(band.upper / band.lower) / 2) ** 2);
  const factor = Math.exp(Math.sqrt(scatter) / observed);
  return { rise, lower: rise / factor, upper: rise * factor };
}

function least(one: number, other: number): number {
  return Math.min(one, other);
}

function most(one: number, other: number): number {
  return Math.max(one, other);
}
