/** The forecast stage: rolling windows, then features and the model, then the ranking, then what is announced. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { exhaustMap, map, Subject, tap, timer } from 'rxjs';
import type { IncidentChange } from '../shared/announcement.ts';
import { TimeZone } from '../shared/time.ts';
import { answerExplanations } from './explanation/explain-wire.ts';
import { Issuer } from './forecast/issuer.ts';
import type { ForecastMemory } from './forecast/memory.ts';
import { recall } from './forecast/recall.ts';
import { TouchedCells } from './forecast/touched-cells.ts';
import { HotspotUpdates } from './hotspot-updates.ts';
import { drainOutbox } from './live/outbox.ts';
import { DriftSwitch } from './scorecard/drift-switch.ts';
import { AlertUpdates } from './alert-updates.ts';
import type { Services } from './services.ts';
import { saveCheckpoints, type Checkpoint } from './store/checkpoint-store.ts';
import { RollingCounts, type EncodedCounts } from './windows/rolling-counts.ts';
import { rollingWindows, type WindowTick } from './windows/rolling-windows.ts';

const WINDOWS = 'windows';
const CHECKPOINT_EVERY_MS = 60_000;
/** So that a flood of incidents leaves most of the machine to what else is to be done: then cells are touched together. */
const REST_PER_WORK = 4;

export class Forecaster {
  readonly #services: Services;
  readonly #timeZone: TimeZone;
  readonly #issuer: Issuer;
  readonly #updates: HotspotUpdates;
  readonly #alerts: AlertUpdates;
  /** A tick that fails ends the following too: it would go on beside that of the next run. */
  readonly #failure = new AbortController();
  readonly #touched = new TouchedCells();
  #counts = new RollingCounts();
  #position = { epoch: '', seq: 0 };
  #savedAtMs = performance.now();
  #ticking = Promise.resolve();
  #touching = Promise.resolve();
  /** The part of it that works; it is followed by a rest. */
  #touchWork = Promise.resolve();
  #isTouching = false;

  constructor(services: Services) {
    this.#services = services;
    this.#timeZone = new TimeZone(services.config.timeZone);
    const driftSwitch = new DriftSwitch(services);
    this.#issuer = new Issuer(services, {
      timeZone: this.#timeZone,
      hotspotsOf: (force, forecast) => this.#updates.hotspotCells(force, forecast),
      onIssued: (issued) => {
        this.#alerts.issued(issued);
      },
      driftSwitch,
    });
    this.#alerts = new AlertUpdates(services, this.#timeZone, (error) => {
      this.#failure.abort(error);
    });
    this.#updates = new HotspotUpdates(services, driftSwitch);
  }

  /** Runs until the signal is aborted; then the state is saved. */
  async run(signal: AbortSignal, working: (notice: string) => void): Promise<void> {
    const { clock, config } = this.#services;
    const memory = await this.#recall();
    const changes = new Subject<IncidentChange>();
    const ticks = timer(0, config.forecastIntervalSeconds * 1_000).pipe(map(() => clock.now()));
    const failure = this.#failure;
    const ended = AbortSignal.any([signal, failure.signal]);
    const forecasts = rollingWindows(changes, ticks, this.#counts).pipe(
      exhaustMap((tick) => (this.#ticking = this.#tick(memory, tick, ended))),
      tap(() => {
        working(this.#notice());
      }),
    );
    const subscription = forecasts.subscribe({
      error: (error: unknown) => {
        failure.abort(error);
      },
    });
    const { connection, log } = this.#services;
    const explanations = answerExplanations(connection, log, (asked) =>
      this.#updates.explain(memory, this.#counts, asked),
    );
    working(this.#notice());
    try {
      await this.#follow(memory, changes, ended, failure);
    } finally {
      explanations.stop();
      subscription.unsubscribe();
      await this.#alerts.stop();
    }
    failure.signal.throwIfAborted();
    await Promise.all([this.#ticking, this.#touching]);
    await this.#saveCheckpoint(memory);
  }

  /** What the clock's haste left out, in one line. */
  #notice(): string {
    const { skipped } = this.#issuer;
    if (skipped === 0 || 'unavailable' in this.#services.model) return '';
    return `issues left out, as the clock runs faster than they are made: ${skipped}`;
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
        this.#alerts.recall(change);
      },
    });
    await this.#alerts.resume(recalled.memory, recalled.parts);
    await this.#updates.resume(recalled.memory, recalled.parts);
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
    failure: AbortController,
  ): Promise<void> {
    const { live } = this.#services;
    const { epoch, seq } = this.#position;
    for await (const message of live.read({ epoch, afterSeq: seq, subjects: 'stored.v1.>', signal })) {
      const { announcement } = message;
      if (announcement.type === 'incidents.stored') {
        await this.#issuer.issueDue(memory, latestReceivedMs(announcement.changes));
        // From here to the new position nothing waits: a checkpoint has all of a message, or nothing.
        for (const change of memory.newChanges(announcement)) {
          memory.count(change);
          changes.next(change);
          this.#alerts.take(change);
          this.#touched.add(change);
        }
        this.#touchSoon(memory, signal, failure);
      }
      this.#position = { epoch, seq: message.seq };
    }
  }

  async #tick(memory: ForecastMemory, { nowMs, counts }: WindowTick, signal: AbortSignal): Promise<void> {
    await this.#issuer.issueDue(memory, nowMs);
    await this.#updates.tick(memory, counts, nowMs, { signal, giveWay: () => this.#giveWay() });
    await this.#alerts.tick(memory);
    await drainOutbox(this.#services.database, this.#services.live);
    if (performance.now() - this.#savedAtMs > CHECKPOINT_EVERY_MS) await this.#saveCheckpoint(memory);
  }

  /** Lets in what has arrived, and waits until what it touches is brought up to date. */
  async #giveWay(): Promise<void> {
    await setImmediate();
    await this.#touchWork;
  }

  /** Brings what was touched up to date, unless that is under way: then it follows. A failure ends the stage's run. */
  #touchSoon(memory: ForecastMemory, signal: AbortSignal, failure: AbortController): void {
    if (this.#isTouching || this.#touched.isEmpty || signal.aborted) return;
    this.#isTouching = true;
    this.#touching = this.#touch(memory, signal)
      .catch((error: unknown) => {
        failure.abort(error);
      })
      .finally(() => {
        this.#isTouching = false;
        this.#touchSoon(memory, signal, failure);
      });
  }

  async #touch(memory: ForecastMemory, signal: AbortSignal): Promise<void> {
    const beganAtMs = performance.now();
    const work = this.#updates.touch(memory, this.#counts, this.#touched);
    this.#touchWork = work.catch(() => undefined);
    await work;
    const restMs = REST_PER_WORK * (performance.now() - beganAtMs);
    await setTimeout(restMs, undefined, { signal }).catch(() => undefined);
  }

  async #saveCheckpoint(memory: ForecastMemory): Promise<void> {
    await this.#updates.settled();
    const windows: Checkpoint = { part: WINDOWS, state: Buffer.from(JSON.stringify(this.#counts.encode())) };
    this.#savedAtMs = performance.now();
    await saveCheckpoints(this.#services.database, {
      ...this.#position,
      parts: [windows, this.#alerts.encode(), ...this.#updates.encode(), ...memory.encode()],
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
