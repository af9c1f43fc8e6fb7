/** Moves a picture through the past: to a moment, event by event, or playing at a speed; nothing that happened is skipped. */
import type { Delta } from '../../shared/messages.ts';
import type { ReplayDetail } from '../../shared/replay.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';
import { LatestAsked } from './latest-asked.ts';
import type { Subscription } from './picture-counts.ts';
import { ReplayAhead, type Coming } from './replay-ahead.ts';
import { eventsBefore, type PassedEvent } from './replay-events.ts';
import type { ReplayRange } from './replay-query.ts';
import type { ReplaySource, ReplayWhere } from './replay-source.ts';
import { mergeSecondsAt, speedBeside, type ReplaySpeed } from './replay-speed.ts';
import { ReplayStage, type StageDeps } from './replay-stage.svelte.ts';

const TICK_MS = 100;
/** Seconds of playing that are fetched before they are due; what a second holds follows from the speed. */
const AHEAD_SECONDS = 4;
/** One question covers so much more, so that a quiet night needs few. */
const ASKED_SECONDS = 20;
const AGAIN_MS = 1_000;
/** The archive follows LIVE so closely; what is not yet in it is not skipped, but waited for. */
const ARCHIVE_LAG_MS = 2_000;
/** Whoever plays up to here has come to now. */
const NEAR_END_MS = 3_000;

/** @see ReplayStage.showState */
interface Place {
  where: ReplayWhere;
  standAt: 'at' | 'stamp';
}

interface Deps extends StageDeps {
  source: ReplaySource;
  timers: Timers;
  /** Now, by the room's clock, how fast that goes, and since when anything is kept (`-Infinity`: nobody has said). */
  room: () => { nowMs: number; speed: number; earliestMs: number };
}

export class ReplayPlayer {
  /** Where it has been asked to go. */
  wantedMs = $state<number | null>(null);
  isPlaying = $state(false);
  speed = $state<ReplaySpeed>(60);
  /** Played again and again; null: up to the end. */
  range = $state.raw<ReplayRange | null>(null);
  /** Whether it plays faster than what is to be shown comes. */
  isWaiting = $state(false);
  /** Whether the end of what is kept stopped it. */
  isAtEnd = $state(false);
  /** Why the last question had no answer; `reason` null: the server does not answer. */
  fault = $state.raw<{ reason: string | null } | null>(null);
  /** The moment that could not be shown, where one was asked for. */
  refusedMs = $state<number | null>(null);
  /** What the last step brought. */
  stepped = $state.raw<Delta | null>(null);
  /** That no event lies in the direction of the last step. */
  hasNoMore = $state(false);

  readonly #deps: Deps;
  readonly #ahead: ReplayAhead;
  readonly #stage: ReplayStage;
  #of: Subscription;
  readonly #seeks: LatestAsked<Place>;
  #isStepping = false;
  #fetching: Promise<unknown> | undefined;
  #retryAt = -Infinity;
  /** Whether all that is kept up to now has been fetched. */
  #isLast = false;
  #tickedAt: number;
  #cancelTick: () => void;

  constructor(deps: Deps, of: Subscription) {
    this.#deps = deps;
    this.#of = of;
    this.#stage = new ReplayStage(deps);
    this.#seeks = new LatestAsked((place) => this.#read(place));
    this.#ahead = new ReplayAhead({ source: deps.source, endMs: () => this.#endMs() });
    this.#tickedAt = deps.timers.now();
    this.#cancelTick = deps.timers.after(TICK_MS, this.#tick);
  }

  /** Where the picture stands, in epoch milliseconds; null before the first. */
  get atMs(): number | null {
    return this.#stage.atMs;
  }

  get detail(): ReplayDetail {
    return this.#stage.detail;
  }

  /** When what is shown was kept, where that is one picture an hour. */
  get keptMs(): number {
    return this.#stage.keptMs;
  }

  stop(): void {
    this.#cancelTick();
    this.isPlaying = false;
    this.#ahead.letGo();
  }

  /** How many deltas are held for what comes next. */
  get held(): number {
    return this.#ahead.held;
  }

  /** Another theme, horizon or force, at the same moment. */
  async choose(of: Subscription): Promise<void> {
    const isSame =
      of.theme === this.#of.theme && of.horizonHours === this.#of.horizonHours && of.force === this.#of.force;
    if (isSame) return;
    this.#of = of;
    if (this.atMs !== null || this.wantedMs !== null) await this.seek(this.wantedMs ?? this.atMs ?? 0);
  }

  /** Goes to a moment; playing goes on from there. Of several at once, the last is gone to. True once it is there. */
  async seek(atMs: number): Promise<boolean> {
    this.wantedMs = atMs;
    this.#stage.forgetEvents();
    this.stepped = null;
    this.hasNoMore = false;
    return this.#goTo({ atMs });
  }

  /** The same, and on to where it holds, which is soon after: what is raised is told a moment later. */
  async seekUntil(atMs: number, holds: () => boolean, withinMs: number): Promise<void> {
    if (!(await this.seek(atMs))) return;
    await this.#stepping(async () => {
      while (!holds() && (this.atMs ?? Infinity) < atMs + withinMs) {
        if ((await this.#nextEvent(atMs + withinMs)) === undefined) break;
      }
      this.hasNoMore = false;
      this.#stage.changed('picture');
    });
  }

  play(): void {
    if (this.isPlaying) return;
    this.isAtEnd = this.#isLast = false;
    this.#retryAt = -Infinity;
    this.isPlaying = true;
    this.hasNoMore = false;
    this.#tickedAt = this.#deps.timers.now();
    const { range, atMs } = this;
    if (range !== null && atMs !== null && (atMs < range.fromMs || atMs >= range.toMs))
      void this.seek(range.fromMs);
    else this.#refine(mergeSecondsAt(this.speed));
  }

  /** Stops where it is. What came merged is then read anew, so that the picture is exactly that of the moment. */
  async pause(): Promise<void> {
    if (!this.isPlaying) return;
    this.isPlaying = this.isWaiting = false;
    if (this.#ahead.mergeSeconds > 0 && this.atMs !== null && !this.#seeks.isRunning)
      await this.seek(this.atMs);
  }

  async toggle(): Promise<void> {
    if (this.isPlaying) await this.pause();
    else this.play();
  }

  changeSpeed(step: 1 | -1): void {
    this.setSpeed(speedBeside(this.speed, step));
  }

  setSpeed(speed: ReplaySpeed): void {
    this.speed = speed;
    if (this.isPlaying) this.#refine(mergeSecondsAt(speed));
  }

  /** To the next event, or where there is none, not at all. */
  async stepOn(): Promise<void> {
    await this.#stepping(async () => {
      await this.#fetching;
      const next = await this.#nextEvent();
      this.stepped = next?.delta ?? null;
      this.#stage.changed('picture');
    });
  }

  /** To the event before. */
  async stepBack(): Promise<void> {
    await this.#stepping(async () => {
      const { atMs } = this;
      if (atMs === null) return;
      if (this.detail === 'hourly') {
        await this.#goTo({ atMs: this.#stage.keptMs - 1 }, 'stamp');
        return;
      }
      const { standsOn: on, trail } = this.#stage;
      const isBefore = (event: PassedEvent): boolean =>
        on !== undefined && event.epoch === on.epoch ? event.seq < on.seq : event.stampMs < atMs;
      let event = trail.back(isBefore);
      if (event === undefined) {
        trail.prepend(
          await eventsBefore(this.#deps.source, this.#of, {
            toMs: atMs,
            earliestMs: this.#deps.room().earliestMs,
            isBefore,
          }),
        );
        event = trail.back(isBefore);
      }
      this.hasNoMore = event === undefined;
      if (event === undefined) return;
      if (await this.#goTo({ epoch: event.epoch, seq: event.seq })) this.#stage.standsOn = event;
    });
  }

  /** Shows all up to the next event, and that; undefined where there is none, or where one went elsewhere meanwhile. */
  async #nextEvent(toMs: number | null = null): Promise<Coming | undefined> {
    for (;;) {
      const coming = this.#ahead.takeOne();
      if (coming === undefined) {
        const fetched = await this.#fetch(toMs);
        this.hasNoMore = fetched === 'end';
        if (fetched !== 'more' || this.#seeks.isRunning) return undefined;
      } else if (this.#stage.show(coming, this.#ahead.mergeSeconds > 0)) return coming;
    }
  }

  async #stepping(act: () => Promise<void>): Promise<void> {
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      await this.#seeks.settled();
      await this.pause();
      this.hasNoMore = false;
      this.stepped = null;
      await act();
    } finally {
      this.#isStepping = false;
    }
  }

  /** True once it is there; false where it was asked to go elsewhere meanwhile, or could not. */
  async #goTo(where: ReplayWhere, standAt: 'at' | 'stamp' = 'at'): Promise<boolean> {
    this.isAtEnd = this.#isLast = false;
    const isThere = await this.#seeks.ask({ where, standAt });
    this.wantedMs = null;
    this.#tickedAt = this.#deps.timers.now();
    return isThere;
  }

  async #read({ where, standAt }: Place): Promise<boolean> {
    const of = this.#of;
    const answer = await this.#deps.source.state(where, of);
    if (answer.kind === 'answered') {
      this.fault = null;
      this.#stage.showState(answer.value, standAt);
      this.#ahead.followState(answer.value, of, this.isPlaying ? mergeSecondsAt(this.speed) : 0);
      return true;
    }
    this.fault = { reason: answer.kind === 'refused' ? answer.reason : null };
    this.refusedMs = 'atMs' in where ? where.atMs : null;
    this.isPlaying = this.isWaiting = false;
    return false;
  }

  /** Lets what comes next come merged so far and no farther. */
  #refine(mergeSeconds: number): void {
    const { position } = this.#stage;
    if (this.#ahead.mergeSeconds === mergeSeconds) return;
    if (this.detail === 'hourly') this.#ahead.mergeSeconds = mergeSeconds;
    else if (position !== undefined && this.atMs !== null) {
      this.#stage.trail.clear();
      this.#ahead.follow({ ...position, atMs: this.atMs, mergeSeconds }, this.#of);
    }
  }

  readonly #tick = (): void => {
    const { timers } = this.#deps;
    this.#cancelTick = timers.after(TICK_MS, this.#tick);
    const passedMs = timers.now() - this.#tickedAt;
    this.#tickedAt = timers.now();
    if (this.isPlaying && !this.#seeks.isRunning && this.atMs !== null) this.#playOn(this.atMs, passedMs);
  };

  #playOn(atMs: number, passedMs: number): void {
    const toMs = Math.min(atMs + passedMs * this.speed, this.range?.toMs ?? Infinity);
    const untilMs = Math.max(atMs, Math.min(toMs, this.#ahead.reachMs));
    for (const coming of this.#ahead.take(untilMs)) this.#stage.show(coming, this.#ahead.mergeSeconds > 0);
    this.#stage.stand(untilMs);
    this.#stage.changed('delta');
    this.isWaiting = untilMs < toMs;
    if (this.range !== null && untilMs >= this.range.toMs) void this.seek(this.range.fromMs);
    else if (this.isWaiting && this.#isLast && this.#fetching === undefined) {
      void this.pause().then(() => {
        this.isAtEnd = true;
      });
    } else void this.#fetchAhead(untilMs);
  }

  async #fetchAhead(fromMs: number): Promise<void> {
    const { timers } = this.#deps;
    const isFar = this.#ahead.reachMs >= fromMs + AHEAD_SECONDS * 1_000 * this.speed;
    if (isFar || this.#fetching !== undefined || timers.now() < this.#retryAt) return;
    const fetched = await this.#fetch(fromMs + ASKED_SECONDS * 1_000 * this.speed);
    const isLast = this.#ahead.reachMs >= this.#endMs() - this.#inRoom(NEAR_END_MS);
    // Not at once the end: what has just been fetched is to be shown first.
    this.#isLast = isLast && (fetched === 'more' || fetched === 'end');
    if (fetched === 'end' || fetched === 'failed' || isLast) this.#retryAt = timers.now() + AGAIN_MS;
  }

  /** A refusal ends the playing; a server that does not answer is asked again. */
  async #fetch(toMs: number | null): Promise<'more' | 'end' | 'superseded' | 'failed'> {
    const fetching = (this.#fetching = this.#ahead.fetch(toMs));
    const fetched = await fetching;
    this.#fetching = undefined;
    if (typeof fetched === 'object') {
      this.fault = { reason: fetched.kind === 'refused' ? fetched.reason : null };
      if (fetched.kind === 'refused') this.isPlaying = this.isWaiting = false;
      return 'failed';
    }
    if (fetched === 'more') this.fault = null;
    return fetched;
  }

  /** Up to when all is in the archive for sure. */
  #endMs(): number {
    return this.#deps.room().nowMs - this.#inRoom(ARCHIVE_LAG_MS);
  }

  /** What passes on the room's clock in so much real time. */
  #inRoom(realMs: number): number {
    return Math.min(HOUR_MS, realMs * Math.max(1, this.#deps.room().speed));
  }
}
