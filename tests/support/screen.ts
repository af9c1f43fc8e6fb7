/** A screen without its drawing: the client's own connection and state, over a real socket. */
import { WebSocket } from 'ws';
import { LiveFollower } from '../../client/connection/follow-live.ts';
import { FeedClock } from '../../client/state/feed-clock.ts';
import type { Connection } from '../../client/state/connection.ts';
import { Picture } from '../../client/state/picture.ts';
import type { Subscription } from '../../client/state/picture-counts.ts';
import { browserTimers } from '../../client/timers.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { HotspotRanking, ServerMessage, ShownIncident } from '../../shared/messages.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { until } from './until.ts';

export interface ScreenOptions {
  /** Of the servers that it may be connected to: read at each attempt. */
  url: () => string;
  token: string;
  wanted?: Subscription;
  /** Given every frame it sends, for tests that lie on its behalf. */
  says?: (frame: Record<string, unknown>) => Record<string, unknown>;
}

/** What is seen on it. */
export interface Seen {
  /** Incidents per cell within the window from each quarter of an hour of the last day on. */
  counts: Record<string, [cell: string, count: number][]>;
  rankings: Pick<HotspotRanking, 'at' | 'force' | 'theme' | 'horizonHours' | 'hotspots'>[];
  feeds: FeedState[];
  incidents: ShownIncident[];
  origins: string[];
}

export class Screen {
  readonly clock = new FeedClock(() => performance.now());
  readonly picture = new Picture(this.clock);
  readonly follower: LiveFollower;
  connection: Connection = 'connecting';
  /** Whatever it could not apply. */
  readonly errors: unknown[] = [];
  /** Why the server refused it. */
  readonly refusals: string[] = [];
  /** How many frames of each type came. */
  readonly heard: Partial<Record<ServerMessage['type'], number>> = {};
  /** Since its last snapshot it was told of a crowd by counts alone: of those incidents it knows no more. */
  knowsCrowd = false;
  /** Sockets opened so far. */
  sockets = 0;
  #socket: WebSocket | undefined;
  #wanted: Subscription;

  constructor({
    url,
    token,
    wanted = { theme: 'all', horizonHours: 1, force: null },
    says = (frame) => frame,
  }: ScreenOptions) {
    this.#wanted = wanted;
    this.follower = new LiveFollower({
      picture: this.picture,
      clock: this.clock,
      timers: browserTimers,
      random: Math.random,
      renew: () => Promise.resolve(false),
      wanted,
      open: (hear, closed) => {
        this.sockets++;
        const socket = (this.#socket = new WebSocket(`${url().replace(/^http/, 'ws')}/live`, {
          headers: { authorization: `Bearer ${token}` },
        }));
        socket.on('message', (data: Buffer) => {
          const text = data.toString('utf8');
          this.#note(text);
          hear(text);
        });
        socket.on('close', closed);
        // It closes, too.
        socket.on('error', () => undefined);
        return {
          send: (text) => {
            socket.send(JSON.stringify(says(JSON.parse(text) as Record<string, unknown>)));
          },
          close: () => {
            socket.terminate();
          },
        };
      },
      onlooker: {
        hello: () => undefined,
        heard: () => undefined,
        connected: (connection) => {
          this.connection = connection;
        },
        changed: () => undefined,
        refused: (reason) => this.refusals.push(reason),
        outdated: (protocol) => this.errors.push(new Error(`protocol ${protocol}`)),
        broken: (error) => this.errors.push(error),
      },
    });
    this.follower.start();
  }

  get wanted(): Subscription {
    return this.#wanted;
  }

  /** Its place in LIVE, once it shows what it wants; 0 before. */
  get seq(): number {
    const { subscription, position } = this.picture;
    const isShown =
      this.connection === 'live' &&
      subscription?.theme === this.#wanted.theme &&
      subscription.horizonHours === this.#wanted.horizonHours;
    return isShown ? (position?.seq ?? 0) : 0;
  }

  choose(wanted: Subscription): void {
    this.#wanted = wanted;
    this.follower.choose(wanted);
  }

  /** Cuts the connection; the client comes back by itself. */
  cut(): void {
    this.#socket?.terminate();
  }

  stopReading(): void {
    // One that is being closed has nothing left to pause, and would throw.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.pause();
  }

  readAgain(): void {
    if (this.#socket?.isPaused === true) this.#socket.resume();
  }

  /** From now on it takes one frame in so many milliseconds, until told to stop that. */
  readOneByOne(everyMs: number): () => void {
    const socket = this.#socket;
    const pause = (): void => socket?.pause();
    socket?.on('message', pause);
    const reading = setInterval(() => socket?.resume(), everyMs);
    return () => {
      clearInterval(reading);
      socket?.off('message', pause);
      socket?.resume();
    };
  }

  stop(): void {
    this.follower.stop();
  }

  #note(text: string): void {
    const type = /^\{"type":"([^"]+)"/.exec(text)?.[1] as ServerMessage['type'];
    this.heard[type] = (this.heard[type] ?? 0) + 1;
    if (type === 'snapshot') this.knowsCrowd = false;
    if (type === 'incidents.stored' && !text.includes('"changes":[')) this.knowsCrowd = true;
  }

  /** Waits until it has been told all up to `seq`. */
  async reaches(seq: number, limitMs?: number): Promise<void> {
    await until(
      () => this.seq,
      (own) => own >= seq,
      limitMs,
    );
  }

  /** What is seen on it at this time, epoch milliseconds. */
  seen(nowMs: number): Seen {
    this.picture.totals(24);
    const counts: Seen['counts'] = {};
    const now = Math.floor(nowMs / COUNT_STEP_MS);
    // A day has 96 steps; of the first, some may have let go already.
    for (let from = now - 95; from <= now + 1; from++) {
      const cells = [...this.picture.counts.totals(from)].sort();
      if (cells.length > 0) counts[from] = cells;
    }
    const { incidents, feeds } = this.picture;
    const rankings = inOrder(this.picture.rankings).map(({ at, force, theme, horizonHours, hotspots }) => ({
      ...{ at, force, theme, horizonHours, hotspots },
    }));
    return {
      counts,
      rankings,
      feeds: inOrder(feeds),
      incidents,
      origins: this.picture.origins(),
    };
  }
}

function inOrder<Value>(named: ReadonlyMap<string, Value>): Value[] {
  return [...named].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}
