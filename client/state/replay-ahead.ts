/** What a replay shows next: fetched in chunks before it is due, and never more of it than a few seconds need. */
import type { Delta } from '../../shared/messages.ts';
import type { ReplayState } from '../../shared/replay.ts';
import { parseInstant } from '../../shared/time.ts';
import type { Subscription } from './picture-counts.ts';
import type { ReplaySource } from './replay-source.ts';

/** A whole new picture stands where LIVE began anew, and where no more than one an hour is kept. */
export type Coming =
  { stampMs: number; delta: Delta } | { stampMs: number; state: ReplayState; delta?: undefined };

/** What came of fetching: `more` is known than before; `end`: nothing more is kept yet. */
export type Fetched =
  'more' | 'end' | 'superseded' | { kind: 'refused'; reason: string } | { kind: 'unreachable' };

interface From {
  epoch: string;
  seq: number;
  /** All up to this moment is on the screen. */
  atMs: number;
  mergeSeconds: number;
}

export interface AheadOptions {
  source: ReplaySource;
  /** Up to when the archive can have anything; epoch milliseconds. */
  endMs: () => number;
}

export class ReplayAhead {
  /** All that happened up to here has been fetched. */
  reachMs = -Infinity;
  mergeSeconds = 0;
  readonly #options: AheadOptions;
  #of: Subscription | undefined;
  #coming: Coming[] = [];
  #cursor: { epoch: string; seq: number } | undefined;
  /** Where only a picture an hour is kept: when the next one follows. */
  #nextPicture: string | null | undefined;
  #life = 0;

  constructor(options: AheadOptions) {
    this.#options = options;
  }

  /** How much is held: what it is in memory follows from this. */
  get held(): number {
    return this.#coming.length;
  }

  /** Lets go of everything, and goes on behind this state. */
  followState(state: ReplayState, of: Subscription, mergeSeconds: number): void {
    const { epoch, seq, at, detail, nextStamp } = state;
    this.follow({ epoch, seq, atMs: parseInstant(at) ?? 0, mergeSeconds }, of);
    this.#nextPicture = detail === 'hourly' ? nextStamp : undefined;
  }

  /** The same, behind a place within full detail. */
  follow({ epoch, seq, atMs, mergeSeconds }: From, of: Subscription): void {
    this.#life += 1;
    this.#of = of;
    this.#coming = [];
    this.#cursor = { epoch, seq };
    this.#nextPicture = undefined;
    this.reachMs = atMs;
    this.mergeSeconds = mergeSeconds;
  }

  letGo(): void {
    this.#life += 1;
    this.#coming = [];
    this.#cursor = undefined;
  }

  /** Takes out what is due by then, in its order. */
  take(untilMs: number): Coming[] {
    const later = this.#coming.findIndex(({ stampMs }) => stampMs > untilMs);
    return this.#coming.splice(0, later < 0 ? this.#coming.length : later);
  }

  takeOne(): Coming | undefined {
    return this.#coming.shift();
  }

  /** Fetches the next chunk. @param toMs no farther than this, or as far as one chunk goes */
  async fetch(toMs: number | null): Promise<Fetched> {
    const life = this.#life;
    const fetched = this.#nextPicture === undefined ? this.#chunk(toMs, life) : this.#picture(life);
    const result = await fetched;
    return life === this.#life ? result : 'superseded';
  }

  async #chunk(toMs: number | null, life: number): Promise<Fetched> {
    const { source, endMs } = this.#options;
    if (this.#cursor === undefined || this.#of === undefined) return 'end';
    const keptMs = endMs();
    const answer = await source.announced(
      { after: this.#cursor, toMs, mergeSeconds: this.mergeSeconds },
      this.#of,
    );
    if (life !== this.#life) return 'superseded';
    if (answer.kind !== 'answered') return answer;
    const { epoch, frames, upTo, next } = answer.value;
    for (const { stamp, delta } of frames) this.#coming.push({ stampMs: parseInstant(stamp) ?? 0, delta });
    if (upTo !== null) this.#cursor = { epoch: upTo.epoch, seq: upTo.seq };
    const toldMs = upTo === null ? -Infinity : (parseInstant(upTo.stamp) ?? -Infinity);
    if (next === null) {
      const before = this.reachMs;
      // What is quiet up to the end has been told, too.
      this.reachMs = Math.max(before, toldMs, Math.min(toMs ?? Infinity, keptMs));
      return frames.length > 0 || this.reachMs > before ? 'more' : 'end';
    }
    if (next.anew || next.epoch !== epoch) return this.#turn(next, life);
    this.#cursor = { epoch: next.epoch, seq: next.afterSeq };
    this.reachMs = Math.max(this.reachMs, toldMs);
    return 'more';
  }

  /** LIVE or its archive began anew: what was known there is another picture. */
  async #turn({ epoch, afterSeq }: { epoch: string; afterSeq: number }, life: number): Promise<Fetched> {
    return this.#bring(await this.#state({ epoch, seq: afterSeq }), life);
  }

  async #picture(life: number): Promise<Fetched> {
    if (this.#nextPicture === null || this.#nextPicture === undefined) return 'end';
    return this.#bring(await this.#state({ atMs: parseInstant(this.#nextPicture) ?? 0 }), life);
  }

  #state(where: Parameters<ReplaySource['state']>[0]): ReturnType<ReplaySource['state']> {
    if (this.#of === undefined) return Promise.resolve({ kind: 'unreachable' });
    return this.#options.source.state(where, this.#of);
  }

  #bring(answer: Awaited<ReturnType<ReplaySource['state']>>, life: number): Fetched {
    if (life !== this.#life) return 'superseded';
    if (answer.kind !== 'answered') return answer;
    const { value: state } = answer;
    const stampMs = Math.max(this.reachMs, parseInstant(state.at) ?? 0);
    this.#coming.push({ stampMs, state });
    this.#cursor = { epoch: state.epoch, seq: state.seq };
    this.#nextPicture = state.detail === 'hourly' ? state.nextStamp : undefined;
    this.reachMs = stampMs;
    return 'more';
  }
}
