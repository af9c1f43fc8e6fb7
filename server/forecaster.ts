/** The forecast stage: rolling windows, then features and the model, then the ranking, then what is announced. */
import { exhaustMap, map, Subject, timer } from 'rxjs';
import type { HotspotsRanked, IncidentChange } from '../shared/announcement.ts';
import { HORIZONS, type HorizonHours } from '../shared/forecast.ts';
import type { Force } from '../shared/force.ts';
import { THEMES, type Theme } from '../shared/theme.ts';
import { formatInstant, TimeZone } from '../shared/time.ts';
import { countQuantile } from '../models/interval.ts';
import { forecastForce } from './forecast/forecast-force.ts';
import { IssueSchedule } from './forecast/issue-schedule.ts';
import type { ForecastMemory } from './forecast/memory.ts';
import { recall } from './forecast/recall.ts';
import { rankedAnnouncements, unavailableAnnouncement } from './hotspots/ranked-announcements.ts';
import { MovedCells } from './hotspots/moved-cells.ts';
import { drainOutbox } from './live/outbox.ts';
import type { Services } from './services.ts';
import { saveCheckpoints, type Checkpoint } from './store/checkpoint-store.ts';
import { storeForecast } from './store/forecast-store.ts';
import { RollingCounts, type EncodedCounts } from './windows/rolling-counts.ts';
import { rollingWindows, type WindowTick } from './windows/rolling-windows.ts';

const WINDOWS = 'windows';
const CHECKPOINT_EVERY_MS = 60_000;

export class Forecaster {
  readonly #services: Services;
  readonly #timeZone: TimeZone;
  readonly #schedule: IssueSchedule;
  readonly #moved = new Map<string, MovedCells>();
  #counts = new RollingCounts();
  #position = { epoch: '', seq: 0 };
  #savedAtMs = performance.now();
  #issuedAtMs = -Infinity;
  #issuing = Promise.resolve();
  #ticking = Promise.resolve();

  constructor(services: Services) {
    this.#services = services;
    this.#timeZone = new TimeZone(services.config.timeZone);
    this.#schedule = new IssueSchedule(this.#timeZone);
  }

  /** Issues that the clock's haste left out. */
  get skippedIssues(): number {
    return this.#schedule.skipped;
  }

  /** Runs until the signal is aborted; then the state is saved. */
  async run(signal: AbortSignal, working: () => void): Promise<void> {
    const { clock, config } = this.#services;
    const memory = await this.#recall();
    const changes = new Subject<IncidentChange>();
    const ticks = timer(0, config.forecastIntervalSeconds * 1_000).pipe(map(() => clock.now()));
    // A tick that fails ends the following too: it would go on beside that of the next run.
    const failure = new AbortController();
    const ended = AbortSignal.any([signal, failure.signal]);
    const forecasts = rollingWindows(changes, ticks, this.#counts).pipe(
      exhaustMap((tick) => (this.#ticking = this.#tick(memory, tick, ended))),
    );
    const subscription = forecasts.subscribe({
      error: (error: unknown) => {
        failure.abort(error);
      },
    });
    working();
    try {
      await this.#follow(memory, changes, ended);
    } finally {
      subscription.unsubscribe();
    }
    failure.signal.throwIfAborted();
    await this.#ticking;
    await this.#saveCheckpoint(memory);
  }

  async #recall(): Promise<ForecastMemory> {
    const { database, live, clock } = this.#services;
    const counts = new RollingCounts();
    counts.expire(clock.now());
    const recalled = await recall({
      database,
      live,
      timeZone: this.#timeZone,
      onChange: (change) => {
        counts.apply(change);
      },
    });
    const windows = recalled.parts.find(({ part }) => part === WINDOWS);
    this.#counts = windows === undefined ? counts : decodeCounts(windows);
    this.#position = { epoch: recalled.epoch, seq: recalled.seq };
    return recalled.memory;
  }

  /** Counts what LIVE tells of, in its order; an issue that falls due is made before what became known after it. */
  async #follow(
    memory: ForecastMemory,
    changes: Subject<IncidentChange>,
    signal: AbortSignal,
  ): Promise<void> {
    const { live } = this.#services;
    const { epoch, seq } = this.#position;
    for await (const message of live.read({ epoch, afterSeq: seq, subjects: 'stored.v1.>', signal })) {
      const { announcement } = message;
      if (announcement.type === 'incidents.stored') {
        await this.#issueDue(memory, latestReceivedMs(announcement.changes));
        // From here to the new position nothing waits: a checkpoint has all of a message, or nothing.
        for (const change of memory.newChanges(announcement)) {
          memory.count(change);
          changes.next(change);
        }
      }
      this.#position = { epoch, seq: message.seq };
    }
  }

  async #tick(memory: ForecastMemory, { nowMs, counts }: WindowTick, signal: AbortSignal): Promise<void> {
    await this.#issueDue(memory, nowMs);
    for (const [force] of memory.histories) {
      for (const theme of THEMES) {
        for (const horizonHours of HORIZONS) {
          if (signal.aborted) return;
          const ranked = await this.#rank(memory, counts, { force, theme, horizonHours, nowMs });
          for (const announcement of ranked) await this.#services.live.announce(announcement);
        }
      }
    }
    await drainOutbox(this.#services.database, this.#services.live);
    if (performance.now() - this.#savedAtMs > CHECKPOINT_EVERY_MS) await this.#saveCheckpoint(memory);
  }

  async #rank(
    memory: ForecastMemory,
    counts: RollingCounts,
    {
      force,
      theme,
      horizonHours,
      nowMs,
    }: { force: Force; theme: Theme; horizonHours: HorizonHours; nowMs: number },
  ): Promise<HotspotsRanked[]> {
    const { model } = this.#services;
    const history = memory.histories.get(force);
    if (history === undefined) return [];
    const subject = { at: formatInstant(nowMs), force, theme, horizonHours };
    if ('unavailable' in model) return [unavailableAnnouncement(subject, model.unavailable, nowMs)];
    const forecast = await forecastForce(model.loaded, history, theme, {
      horizonHours,
      fromMs: nowMs,
      nowMs,
    });
    const dispersion = model.loaded.dispersionOf(theme);
    const key = `${force}|${theme}|${horizonHours}`;
    const moved = this.#moved.get(key) ?? new MovedCells();
    this.#moved.set(key, moved);
    return rankedAnnouncements({
      ...subject,
      forecast,
      moved: moved.take(forecast.cells, forecast.expected),
      interval: (expected) => ({
        lower: countQuantile(expected, dispersion, 0.1),
        upper: countQuantile(expected, dispersion, 0.9),
      }),
      observed: (cell) => counts.count(horizonHours, theme, cell),
      // The fine cells of `vawg` go to cleared accounts only.
      observedFinely: (cell) =>
        theme === 'vawg'
          ? counts.count(horizonHours, theme, cell)
          : counts.countPlaceable(horizonHours, theme, cell),
    });
  }

  /** One issue at a time, so that nothing is counted before what fell due ahead of it is issued. */
  #issueDue(memory: ForecastMemory, nowMs: number): Promise<void> {
    return (this.#issuing = this.#issuing.then(() => this.#issue(memory, nowMs)));
  }

  /** Issues what falls due by `nowMs`; under a clock in haste at most once per interval of real time. */
  async #issue(memory: ForecastMemory, nowMs: number): Promise<void> {
    const { model, config, clock } = this.#services;
    // An incident that claims to be from the future does not take the schedule there.
    const due = this.#schedule.advance(Math.min(nowMs, clock.now()));
    if (due.length === 0) return;
    const intervalMs = config.forecastIntervalSeconds * 1_000;
    if ('unavailable' in model || performance.now() - this.#issuedAtMs < intervalMs) {
      this.#schedule.skip(due);
      return;
    }
    this.#issuedAtMs = performance.now();
    for (const [force, history] of memory.histories) {
      for (const theme of THEMES) {
        for (const { horizonHours, issueMs } of due) {
          const span = { horizonHours, fromMs: issueMs, nowMs: issueMs };
          const { window, modelId, cells, expected } = await forecastForce(
            model.loaded,
            history,
            theme,
            span,
          );
          await storeForecast(this.#services.database, {
            force,
            theme,
            horizonHours,
            issuedAt: window.from,
            window,
            modelId,
            cells: cells.slice(0, expected.length),
            expected,
          });
        }
      }
    }
  }

  async #saveCheckpoint(memory: ForecastMemory): Promise<void> {
    const windows: Checkpoint = { part: WINDOWS, state: Buffer.from(JSON.stringify(this.#counts.encode())) };
    this.#savedAtMs = performance.now();
    await saveCheckpoints(this.#services.database, {
      ...this.#position,
      parts: [windows, ...memory.encode()],
    });
  }
}

function decodeCounts({ state }: Checkpoint): RollingCounts {
  return RollingCounts.decode(JSON.parse(Buffer.from(state).toString()) as EncodedCounts);
}

function latestReceivedMs(changes: readonly IncidentChange[]): number {
  return changes.reduce(
    (latest, { incident }) => Math.max(latest, Date.parse(incident.receivedAt)),
    -Infinity,
  );
}
