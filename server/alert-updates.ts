/** Feeds the watch for alerts with what is stored, forecast and passes, and records what it finds at once. */
import { setImmediate } from 'node:timers/promises';
import { profileAt } from '../models/features/area-level.ts';
import { CellHistory } from '../models/features/cell-history.ts';
import { repeatersOf } from '../models/emerging/near-repeat.ts';
import type { IncidentChange } from '../shared/announcement.ts';
import type { Force } from '../shared/force.ts';
import { THEMES, type Theme } from '../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, type TimeZone } from '../shared/time.ts';
import { AlertWatch, type EncodedWatch } from './alerts/alert-watch.ts';
import type { IssuedWindow } from './alerts/emerging-force.ts';
import { recordFinding } from './alerts/record-finding.ts';
import { forecastForce } from './forecast/forecast-force.ts';
import type { OnIssued } from './forecast/issuer.ts';
import type { ForecastMemory } from './forecast/memory.ts';
import { ArrivingPast } from './alerts/arriving-past.ts';
import { LastHour } from './last-hour.ts';
import { drainOutbox } from './live/outbox.ts';
import type { Services } from './services.ts';
import { selectRules, selectRulesStamp } from './store/alert-rule-store.ts';
import { reportingDelays } from './feeds/reporting-delays.ts';
import type { Checkpoint } from './store/checkpoint-store.ts';
import { sampleDelays } from './store/delay-sample.ts';
import { selectIssuedLately } from './store/issued-expectations.ts';
import { selectRepeatingPast } from './store/repeating-past.ts';

const PART = 'alerts';
/** With less of a past no expectation is worth holding anything against. */
const FEWEST_KNOWN_MS = 2 * DAY_MS;
/** A stand-in for a forecast that was not issued is made as if so long ago. */
const STAND_IN_AGE_MS = HOUR_MS;
const STAND_IN_HOURS = 24;
const ASK_AGAIN_MS = MINUTE_MS;
/** Delays change with shifts and seasons, not with minutes. */
const LEARN_DELAYS_MS = 10 * MINUTE_MS;

type UsedServices = Pick<Services, 'clock' | 'database' | 'live' | 'model'>;
type Forecasts = Parameters<OnIssued>[0]['forecasts'];

export class AlertUpdates {
  readonly #services: UsedServices;
  readonly #timeZone: TimeZone;
  readonly #onFailure: (error: unknown) => void;
  readonly #past = new ArrivingPast();
  readonly #lastHour = new LastHour();
  #watch: AlertWatch;
  #rulesStamp = -1;
  #askedMs = 0;
  #delaysLearntMs = -Infinity;
  #recording = Promise.resolve();
  #isRecording = false;
  #learning = Promise.resolve();
  #isLearning = false;
  readonly #stop = new AbortController();

  /** `onFailure` is told of what went wrong beside the calls that are awaited. */
  constructor(services: UsedServices, timeZone: TimeZone, onFailure: (error: unknown) => void) {
    this.#services = services;
    this.#timeZone = timeZone;
    this.#onFailure = onFailure;
    this.#watch = new AlertWatch(timeZone);
  }

  /** Counts an incident of before, while the state is made anew from the database. */
  recall(change: IncidentChange): void {
    const nowMs = this.#services.clock.now();
    this.#lastHour.apply(change, nowMs);
    if (Date.parse(change.incident.occurredAt) > nowMs - DAY_MS) this.#watch.recall(change);
  }

  /** Goes on from a checkpoint's parts, if it is among them, with what the database knows of expectations and repeats. */
  async resume(memory: ForecastMemory, parts: readonly Checkpoint[]): Promise<void> {
    const { database, clock } = this.#services;
    const saved = parts.find(({ part }) => part === PART);
    if (saved !== undefined) {
      const { watch, lastHour } = JSON.parse(Buffer.from(saved.state).toString()) as {
        watch: EncodedWatch;
        lastHour: ReturnType<LastHour['encode']>;
      };
      this.#watch = new AlertWatch(this.#timeZone, watch);
      this.#lastHour.decode(lastHour);
    }
    const nowMs = clock.now();
    for (const [force, history] of memory.histories) {
      const issued = Map.groupBy(
        await selectIssuedLately(database, force, nowMs),
        ({ issuedMs, toMs }) => `${issuedMs} ${toMs}`,
      );
      for (const together of issued.values()) {
        const [first] = together;
        if (first === undefined) continue;
        const { issuedMs, fromMs, toMs } = first;
        const forecasts = new Map(together.map((one) => [one.theme, one]));
        this.#expect(force, history, { issuedMs, fromMs, toMs }, forecasts, false);
      }
    }
    for (const { force, atMs, lat, lon, ...kind } of (await selectRepeatingPast(database, nowMs)).reverse()) {
      for (const repeater of repeatersOf(kind))
        this.#watch.nearRepeatOf(force).recall(repeater, { lat, lon, atMs });
    }
    await this.#loadRules();
    this.#recordSoon();
  }

  /** Counts what LIVE tells of; what is found is recorded as soon as may be. */
  take(change: IncidentChange): void {
    const nowMs = this.#services.clock.now();
    this.#past.note(change, nowMs);
    this.#lastHour.apply(change, nowMs);
    this.#watch.take(change, nowMs);
    this.#recordSoon();
  }

  /** What was issued is expected from now on, unless the past that it looked back on was still arriving. */
  readonly issued: OnIssued = ({ force, history, issueMs, horizonHours, forecasts }) => {
    if (this.#past.isArriving(force) || !knowsEnough(history, issueMs)) return;
    const window = { issuedMs: issueMs, fromMs: issueMs, toMs: issueMs + horizonHours * HOUR_MS };
    this.#expect(force, history, window, forecasts, false);
  };

  async tick(memory: ForecastMemory): Promise<void> {
    const { clock } = this.#services;
    await this.#loadRules();
    const nowMs = clock.now();
    this.#lastHour.expire(nowMs);
    this.#past.tick();
    await this.#standIn(memory, nowMs);
    this.#watch.tick(clock.now());
    if (performance.now() - this.#askedMs > ASK_AGAIN_MS) {
      this.#askedMs = performance.now();
      this.#watch.askAgain();
    }
    this.#learnSoon();
    this.#recordSoon();
  }

  /** Stops learning, and resolves once all that was found is recorded. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#recording, this.#learning]);
  }

  encode(): Checkpoint {
    const state = { watch: this.#watch.encode(), lastHour: this.#lastHour.encode() };
    return { part: PART, state: Buffer.from(JSON.stringify(state)) };
  }

  #expect(
    force: Force,
    history: CellHistory,
    window: IssuedWindow,
    forecasts: Forecasts,
    isStandIn: boolean,
  ): void {
    const profiled = [...forecasts].map(([theme, { cells, expected }]) => {
      const profile = profileAt(history, history.countsOf(theme), window.issuedMs);
      return [theme, { cells, expected, profile }] as const;
    });
    this.#watch.emergingOf(force).expect(new Map(profiled), window, isStandIn);
  }

  /**
   * Where no whole day was forecast lately, as on a first day, one is forecast as of an hour ago, from a copy of the
   * history that has nothing in it of what happened since: windows that opened since then have not been seen by it.
   */
  async #standIn(memory: ForecastMemory, nowMs: number): Promise<void> {
    const { model } = this.#services;
    if ('unavailable' in model) return;
    const issuedMs = nowMs - STAND_IN_AGE_MS;
    for (const [force, history] of memory.histories) {
      const emerging = this.#watch.emergingOf(force).themes.get('all');
      if (emerging?.isWithoutDay(nowMs) !== true) continue;
      if (this.#past.isArriving(force) || !knowsEnough(history, issuedMs)) continue;
      const before = CellHistory.decode(history.encode(), { timeZone: this.#timeZone });
      for (const incident of this.#lastHour.since(force, issuedMs)) before.remove(incident);
      const span = { horizonHours: STAND_IN_HOURS, fromMs: issuedMs, nowMs: issuedMs } as const;
      const forecasts = new Map<Theme, Awaited<ReturnType<typeof forecastForce>>>();
      for (const theme of THEMES)
        forecasts.set(theme, await forecastForce(model.loaded, before, theme, span));
      const window = { issuedMs, fromMs: issuedMs, toMs: issuedMs + STAND_IN_HOURS * HOUR_MS };
      this.#expect(force, before, window, forecasts, true);
    }
  }

  async #loadRules(): Promise<void> {
    const { database } = this.#services;
    const stamp = await selectRulesStamp(database);
    if (stamp === this.#rulesStamp) return;
    this.#watch.rules.load(await selectRules(database));
    this.#rulesStamp = stamp;
  }

  /** What chance does, and how incidents repeat, is found out beside all else, and seldom. */
  #learnSoon(): void {
    if (this.#isLearning || this.#stop.signal.aborted) return;
    this.#isLearning = true;
    this.#learning = this.#learn()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.#onFailure(error);
      })
      .finally(() => {
        this.#isLearning = false;
      });
  }

  async #learn(): Promise<void> {
    const { clock, model } = this.#services;
    const giveWay = async (): Promise<void> => {
      await setImmediate();
      this.#stop.signal.throwIfAborted();
    };
    await this.#learnDelays();
    for (const [force, emerging] of this.#watch.forces) {
      for (const [theme, one] of emerging.themes) {
        if ('unavailable' in model || !one.needsCalibration(model.loaded.id, clock.now())) continue;
        const { loaded } = model;
        const calibrated = {
          modelId: loaded.id,
          dispersion: loaded.dispersionOf(theme),
          nowMs: () => clock.now(),
        };
        const found = await one.calibrate(calibrated, giveWay);
        const nowMs = clock.now();
        this.#watch.note(force, emerging.note(theme, found, nowMs), nowMs);
        this.#recordSoon();
      }
    }
    for (const nearRepeats of this.#watch.nearRepeats.values()) {
      if (nearRepeats.needsMeasuring(clock.now())) await nearRepeats.measure(clock.now(), giveWay);
    }
  }

  /** How late each force's incidents become known: what cannot be known yet is not missing. */
  async #learnDelays(): Promise<void> {
    if (performance.now() - this.#delaysLearntMs < LEARN_DELAYS_MS) return;
    this.#delaysLearntMs = performance.now();
    const { database, clock } = this.#services;
    const sample = await sampleDelays(database, formatInstant(clock.now()));
    for (const [force, emerging] of this.#watch.forces) {
      for (const curve of reportingDelays(sample, [force], THEMES).themes)
        emerging.themes.get(curve.theme)?.toldAs(curve);
    }
  }

  #recordSoon(): void {
    if (this.#isRecording || this.#watch.next === undefined) return;
    this.#isRecording = true;
    this.#recording = this.#record()
      .catch(this.#onFailure)
      .finally(() => {
        this.#isRecording = false;
      });
  }

  async #record(): Promise<void> {
    const { database, live } = this.#services;
    for (let pending = this.#watch.next; pending !== undefined; pending = this.#watch.next) {
      const ranks = this.#watch.ranksOf(pending.force);
      this.#watch.settle(pending, await recordFinding(this.#services, pending, ranks));
      await drainOutbox(database, live);
    }
  }
}

function knowsEnough({ coverage }: CellHistory, nowMs: number): boolean {
  return coverage.firstMs <= nowMs - FEWEST_KNOWN_MS;
}
