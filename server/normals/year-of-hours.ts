/** A year of incidents per force, theme and hour, in memory: what normals are told from. */
import type { Force } from '../../shared/force.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import type { HourSeries } from '../../models/normals/hour-series.ts';
import { silentHours } from '../../models/normals/silent-hours.ts';
import type { HourCounts } from '../store/hour-count-store.ts';

export interface KnownHours {
  /** Reported incidents. */
  series: HourSeries;
  /** 1 where nothing was told of the area. */
  silent: Uint8Array;
}

interface ForceHours {
  themes: Map<Theme, Uint32Array>;
  /** Of any theme, and whoever found them: whether anybody speaks. */
  told: Uint32Array;
  silent: Uint8Array;
}

/** A force with less of the latest weeks' incidents may have begun to be told of when it likes: the sum does not wait for it. */
const SMALL_SHARE = 0.01;
const LATEST_HOURS = 4 * 168;

export class YearOfHours {
  readonly #firstHour: number;
  readonly #length: number;
  readonly #forces = new Map<Force, ForceHours>();

  /** Of the hours from `firstHour` to before `endHour` (since the epoch); after the newest incident nothing is known. */
  constructor(counts: readonly HourCounts[], firstHour: number, endHour: number) {
    const newest = counts.reduce(
      (latest, { hours }) => hours.reduce((most, hour) => Math.max(most, hour), latest),
      firstHour - 1,
    );
    this.#firstHour = firstHour;
    this.#length = Math.max(0, Math.min(endHour, newest + 1) - firstHour);
    for (const count of counts) this.#add(count);
    for (const own of this.#forces.values()) own.silent = silentHours({ firstHour, counts: own.told });
  }

  /** Undefined where nothing was told of any of the forces. Several are summed up, and known where each of them is. */
  of(forces: readonly Force[], theme: Theme): KnownHours | undefined {
    const known = forces.flatMap((force) => this.#forces.get(force) ?? []);
    const [first, ...others] = known;
    if (first === undefined) return undefined;
    const firstHour = this.#firstHour;
    const seriesOf = (own: ForceHours): Uint32Array => own.themes.get(theme) ?? new Uint32Array(this.#length);
    if (others.length === 0) return { series: { firstHour, counts: seriesOf(first) }, silent: first.silent };
    const counts = new Uint32Array(this.#length);
    const silent = new Uint8Array(this.#length);
    const latest = known.map(({ told }) => told.slice(-LATEST_HOURS).reduce((sum, count) => sum + count, 0));
    const all = latest.reduce((sum, count) => sum + count, 0);
    known.forEach((own, place) => {
      const series = seriesOf(own);
      const isSmall = (latest[place] ?? 0) < SMALL_SHARE * all;
      for (let hour = 0; hour < this.#length; hour++) {
        counts[hour] = (counts[hour] ?? 0) + (series[hour] ?? 0);
        if (!isSmall && own.silent[hour] === 1) silent[hour] = 1;
      }
    });
    return { series: { firstHour, counts }, silent };
  }

  #add({ force, category, markers, reported, hours, incidents }: HourCounts): void {
    const own = this.#ofForce(force);
    const into = [own.told];
    if (reported) {
      for (const theme of themesOf({ category, markers })) {
        let series = own.themes.get(theme);
        if (series === undefined) own.themes.set(theme, (series = new Uint32Array(this.#length)));
        into.push(series);
      }
    }
    hours.forEach((hour, index) => {
      const place = hour - this.#firstHour;
      if (place < 0 || place >= this.#length) return;
      for (const series of into) series[place] = (series[place] ?? 0) + (incidents[index] ?? 0);
    });
  }

  #ofForce(force: Force): ForceHours {
    let own = this.#forces.get(force);
    if (own === undefined) {
      own = { themes: new Map(), told: new Uint32Array(this.#length), silent: new Uint8Array(this.#length) };
      this.#forces.set(force, own);
    }
    return own;
  }
}
