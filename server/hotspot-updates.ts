/** Keeps every force's hotspots up to date: all cells at a tick, those near an incident as soon as it is stored. */
import type { HotspotsRanked } from '../shared/announcement.ts';
import type { Cell } from '../shared/cell.ts';
import { HORIZONS, type HorizonHours } from '../shared/forecast.ts';
import type { Force } from '../shared/force.ts';
import { THEMES, type Theme } from '../shared/theme.ts';
import { formatInstant } from '../shared/time.ts';
import type { CellHistory } from '../models/features/cell-history.ts';
import type { ForecastModel } from '../models/onnx-model.ts';
import type { ForecastMemory } from './forecast/memory.ts';
import { ThemeForecasts, type HorizonForecast } from './forecast/theme-forecasts.ts';
import { indicesAround, type TouchedCells } from './forecast/touched-cells.ts';
import { CoarseCells } from './hotspots/coarse-cells.ts';
import { rankHotspots } from './hotspots/rank.ts';
import { rankedAnnouncements, unavailableAnnouncement } from './hotspots/ranked-announcements.ts';
import { StandingRanking } from './hotspots/standing-ranking.ts';
import { ToldExpectations } from './hotspots/told-expectations.ts';
import type { Answer, Asked } from './explanation/explain-wire.ts';
import type { DriftSwitch } from './scorecard/drift-switch.ts';
import type { Services } from './services.ts';
import type { Checkpoint } from './store/checkpoint-store.ts';
import { Together } from './together.ts';
import type { RollingCounts } from './windows/rolling-counts.ts';

/** Between ticks a forecast is as of the last one; beyond this much of the clock's time it waits for the next. */
const FRESH_MS = 60_000;

/** Closer than this, an explanation is of the number that is shown. */
const SHOWN_ALIKE = 1e-7;

interface Kept {
  forecasts: ThemeForecasts;
  ranking: Map<HorizonHours, StandingRanking>;
  /** What the hotspots, fine and coarse, expected when they were announced. */
  told: Map<HorizonHours, ReadonlyMap<Cell, number>>;
}

interface Subject {
  force: Force;
  theme: Theme;
  nowMs: number;
}

export class HotspotUpdates {
  readonly #services: Pick<Services, 'clock' | 'live' | 'model'>;
  readonly #driftSwitch: DriftSwitch;
  #told = new ToldExpectations();
  /** Announcements that LIVE has not answered yet. */
  readonly #telling = new Set<Promise<unknown>>();
  readonly #kept = new Map<Force, { themes: Map<Theme, Kept>; coarseCells: CoarseCells }>();

  constructor(services: Pick<Services, 'clock' | 'live' | 'model'>, driftSwitch: DriftSwitch) {
    this.#services = services;
    this.#driftSwitch = driftSwitch;
  }

  /** Goes on from the checkpoint that the memory comes from, and from what LIVE was told after it. */
  async resume(memory: ForecastMemory, parts: readonly Checkpoint[]): Promise<void> {
    this.#told = ToldExpectations.decode(parts);
    const { seq } = this.#told;
    if (seq === undefined) return;
    const since = this.#services.live.held('hotspots.v1.>', { afterSeq: seq });
    await this.#told.takeIn(since, (force) => memory.histories.get(force)?.cells ?? []);
  }

  /** For a checkpoint; once LIVE has answered whatever it was told. */
  async settled(): Promise<void> {
    while (this.#telling.size > 0) await Promise.allSettled(this.#telling);
  }

  /** What `resume` takes. Nothing may wait between `settled` and this. */
  encode(): Checkpoint[] {
    return this.#told.encode();
  }

  /**
   * Forecasts, ranks and announces everything, from `nowMs` on. Between two rankings it stops once aborted, and
   * between two pieces of work waits for what `giveWay` says: a touch that took turns with a tick would be as slow.
   */
  async tick(
    memory: ForecastMemory,
    counts: RollingCounts,
    nowMs: number,
    { signal, giveWay }: { signal: AbortSignal; giveWay: () => Promise<void> },
  ): Promise<void> {
    const { model } = this.#services;
    await this.#driftSwitch.refresh();
    for (const [force, history] of memory.histories) {
      for (const theme of THEMES) {
        const subject = { force, theme, nowMs };
        for (const horizonHours of HORIZONS) {
          await giveWay();
          if (signal.aborted) return;
          if ('unavailable' in model) {
            await this.#announceNone({ ...subject, horizonHours }, model.unavailable);
            continue;
          }
          const { forecasts } = this.#keptOf(subject, history);
          const forecast = await forecasts.recompute(model.loaded, horizonHours, nowMs, giveWay);
          await giveWay();
          const { withheld } = this.#driftSwitch.of({ force, theme, horizonHours });
          if (withheld === undefined) await this.#announce(model.loaded, history, counts, subject, forecast);
          else await this.#announceNone({ ...subject, horizonHours }, withheld);
        }
      }
    }
  }

  /** Forecasts what was touched again, and announces each ranking that this changes. */
  async touch(memory: ForecastMemory, counts: RollingCounts, touched: TouchedCells): Promise<void> {
    const { model, clock } = this.#services;
    if ('unavailable' in model) return;
    // LIVE keeps the order in which it is told; to wait for each word would take as long as all the rest.
    const telling = new Together();
    for (const [force, cells] of touched.take()) {
      const history = memory.histories.get(force);
      if (history === undefined) continue;
      const indices = indicesAround(history, cells);
      for (const theme of THEMES) {
        const nowMs = clock.now();
        const subject = { force, theme, nowMs };
        const { forecasts, ranking } = this.#keptOf(subject, history);
        if (nowMs - forecasts.nowMs > FRESH_MS) continue;
        for (const forecast of await forecasts.touch(model.loaded, indices)) {
          const { horizonHours } = forecast;
          const standing = ranking.get(horizonHours);
          if (this.#driftSwitch.of({ force, theme, horizonHours }).withheld !== undefined) standing?.forget();
          else if (standing?.isChangedBy(indices, forecast.expected) === true)
            telling.add(this.#announce(model.loaded, history, counts, subject, forecast, indices));
        }
      }
    }
    await telling.done();
  }

  /**
   * Explains the forecast of a cell as it is shown: where an incident has moved a hotspot since it was announced, by
   * however little, it is announced anew first. `undefined` for a force without a past.
   */
  async explain(
    memory: ForecastMemory,
    counts: RollingCounts,
    { force, theme, horizonHours, cell }: Asked,
  ): Promise<Answer | undefined> {
    const { model, clock } = this.#services;
    if ('unavailable' in model) return { unavailable: model.unavailable };
    const { withheld, notice } = this.#driftSwitch.of({ force, theme, horizonHours });
    if (withheld !== undefined) return { unavailable: withheld };
    const history = memory.histories.get(force);
    if (history === undefined) return undefined;
    const { forecasts, told, ranking } = this.#keptOf({ force, theme }, history);
    if (!forecasts.hasForecast(horizonHours))
      return { unavailable: 'nothing was forecast yet: ask again in a moment' };
    const found = await forecasts.explain(model.loaded, horizonHours, cell);
    if (found === undefined) return { unknownCell: true };
    const { explained, ...forecast } = found;
    // It has brought these cells up to date.
    ranking.get(horizonHours)?.forget();
    const shown = told.get(horizonHours)?.get(cell);
    if (shown !== undefined && Math.abs(shown - explained.composition.expected) > SHOWN_ALIKE)
      await this.#announce(model.loaded, history, counts, { force, theme, nowMs: clock.now() }, forecast);
    return { explained: { ...explained, drifts: notice !== undefined } };
  }

  /** The cells that such a forecast would make hotspots of, fine and coarse. */
  hotspotCells(
    force: Force,
    { cells, expected }: { cells: readonly Cell[]; expected: Float32Array },
  ): Cell[] {
    const { coarseCells } = this.#ofForce(force);
    const sums = coarseCells.sums(cells, expected);
    return [...rankHotspots(cells, expected), ...rankHotspots(coarseCells.cells, sums)].map(
      ({ cell }) => cell,
    );
  }

  async #announce(
    model: ForecastModel,
    history: CellHistory,
    counts: RollingCounts,
    { force, theme, nowMs }: Subject,
    { horizonHours, window, expected }: HorizonForecast,
    touched?: Int32Array,
  ): Promise<void> {
    const { ranking, told } = this.#keptOf({ force, theme }, history);
    const moved = this.#told.of({ force, theme, horizonHours });
    const { notice } = this.#driftSwitch.of({ force, theme, horizonHours });
    const announcements = rankedAnnouncements({
      ...{ at: formatInstant(nowMs), force, theme, horizonHours },
      ...(notice !== undefined && { notice }),
      forecast: {
        window,
        modelId: model.id,
        knowsHours: knowsHours(history),
        cells: history.cells,
        expected,
      },
      ranked: ranking.get(horizonHours)?.rank(history.cells, expected, touched) ?? [],
      moved: moved.take(history.cells, expected, touched),
      dispersion: model.dispersionOf(theme),
      observed: counts.countsOf(horizonHours, theme),
      // The fine cells of `vawg` go to cleared accounts only.
      observedFinely: (cell) =>
        theme === 'vawg'
          ? counts.count(horizonHours, theme, cell)
          : counts.countPlaceable(horizonHours, theme, cell),
      coarseCells: this.#ofForce(force).coarseCells,
    });
    told.set(horizonHours, toldOf(announcements));
    await Promise.all(announcements.map((announcement) => this.#tell(announcement)));
  }

  async #tell(announcement: HotspotsRanked): Promise<void> {
    const telling = this.#services.live.announce(announcement);
    this.#telling.add(telling);
    try {
      this.#told.reached(await telling);
    } catch (error) {
      this.#told.doubt();
      throw error;
    } finally {
      this.#telling.delete(telling);
    }
  }

  #announceNone(
    { force, theme, horizonHours, nowMs }: Subject & { horizonHours: HorizonHours },
    reason: string,
  ): Promise<number> {
    const subject = { at: formatInstant(nowMs), force, theme, horizonHours };
    return this.#services.live.announce(unavailableAnnouncement(subject, reason, nowMs));
  }

  #keptOf({ force, theme }: Pick<Subject, 'force' | 'theme'>, history: CellHistory): Kept {
    const { themes } = this.#ofForce(force);
    const kept = themes.get(theme) ?? {
      forecasts: new ThemeForecasts(history, theme),
      ranking: new Map(HORIZONS.map((hours) => [hours, new StandingRanking()])),
      told: new Map(),
    };
    themes.set(theme, kept);
    return kept;
  }

  #ofForce(force: Force): { themes: Map<Theme, Kept>; coarseCells: CoarseCells } {
    const ofForce = this.#kept.get(force) ?? {
      themes: new Map<Theme, Kept>(),
      coarseCells: new CoarseCells(),
    };
    this.#kept.set(force, ofForce);
    return ofForce;
  }
}

/** False where all that is known of the force is known to the day or month only. */
function knowsHours(history: CellHistory): boolean {
  return history.countsOf('all').hourOfWeek.some((incidents) => incidents > 0);
}

function toldOf([first]: readonly HotspotsRanked[]): ReadonlyMap<Cell, number> {
  const hotspots = [...(first?.hotspots ?? []), ...(first?.coarse.hotspots ?? [])];
  return new Map(hotspots.map(({ cell, expected }) => [cell, expected]));
}
