/** The client's side of the talk on `/live`: says what it wants, and brings every answer into the picture. */
import type { Force } from '../../shared/force.ts';
import { PROTOCOL, type Hello, type Subscribe } from '../../shared/messages.ts';
import { parseInstant } from '../../shared/time.ts';
import type { FeedClock } from '../state/feed-clock.ts';
import type { Picture } from '../state/picture.ts';
import type { Subscription } from '../state/picture-counts.ts';
import type { Connection } from '../state/connection.ts';
import { LiveSocket, type LiveSocketOptions } from './live-socket.ts';
import { throttle, type Throttled } from '../state/throttle.ts';
import { receive, type Handlers } from './receive.ts';

const SUBSCRIBE_MS = 1_100;

/** Who is told of it: the view. */
export interface Onlooker {
  hello(hello: Hello): void;
  heard(): void;
  connected(connection: Connection): void;
  changed(what: 'picture' | 'delta'): void;
  refused(reason: string): void;
  /** The server speaks a protocol that this page does not: the page is older than the server. */
  outdated(protocol: number): void;
  /** A frame that could not be applied; the client goes on with a new snapshot. */
  broken(error: unknown): void;
}

export interface LiveFollowerOptions extends Pick<LiveSocketOptions, 'open' | 'timers' | 'random' | 'renew'> {
  picture: Picture;
  clock: FeedClock;
  wanted: Subscription;
  onlooker: Onlooker;
}

export class LiveFollower {
  readonly #options: LiveFollowerOptions;
  readonly #socket: LiveSocket;
  readonly #handlers: Handlers;
  /** The server allows sixty subscribes a minute: a key held down must not cost the connection. */
  readonly #subscribeSoon: Throttled;
  #wanted: Subscription;
  /** What this socket asked for last. */
  #asked: Subscription | undefined;
  #epoch: string | undefined;
  /** By the latest hello. */
  #forces: readonly Force[] = [];

  constructor(options: LiveFollowerOptions) {
    this.#options = options;
    this.#wanted = options.wanted;
    this.#subscribeSoon = throttle(options.timers, SUBSCRIBE_MS, () => {
      const isNew = !same(this.#wanted, this.#asked);
      if (this.#epoch !== undefined && isNew) this.#subscribe();
    });
    this.#handlers = this.#handlersOf(options);
    this.#socket = new LiveSocket({
      ...options,
      onText: (text) => {
        this.#receive(text);
      },
      onDown: () => {
        this.#epoch = undefined;
        options.onlooker.connected(options.picture.subscription === undefined ? 'connecting' : 'stale');
      },
    });
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#subscribeSoon.stop();
    this.#socket.stop();
  }

  /** Asks for another picture; the one shown stays until it comes. */
  choose(wanted: Subscription): void {
    this.#wanted = this.#within(wanted);
    this.#subscribeSoon();
  }

  /** Asks for no force that it may not see, and by name for the only one that it may. */
  #within(wanted: Subscription): Subscription {
    const [only, ...others] = this.#forces;
    if (only === undefined) return wanted;
    const isMine = wanted.force !== null && this.#forces.includes(wanted.force);
    return { ...wanted, force: others.length === 0 ? only : isMine ? wanted.force : null };
  }

  #receive(text: string): void {
    this.#options.onlooker.heard();
    try {
      receive(text, this.#handlers);
    } catch (error) {
      // Half-applied, the picture may be wrong: better a new one than a wrong one.
      this.#options.picture.distrust();
      this.#options.onlooker.broken(error);
      this.#socket.restart();
    }
  }

  #subscribe(resume?: { epoch: string; seq: number }): void {
    const { theme, horizonHours, force } = (this.#asked = this.#wanted);
    const subscribe: Subscribe = {
      type: 'subscribe',
      forces: force === null ? [] : [force],
      themes: [theme],
      horizonHours,
      ...(resume && { resume: { epoch: resume.epoch, seq: resume.seq } }),
    };
    this.#socket.send(subscribe);
  }

  #handlersOf({ picture, clock, onlooker }: LiveFollowerOptions): Handlers {
    const sync = (serverTime: string, speed: number): void => {
      const at = parseInstant(serverTime);
      if (at !== undefined) clock.sync(at, speed);
    };
    return {
      hello: (hello) => {
        const spoken: number = hello.protocol;
        if (spoken !== PROTOCOL) {
          onlooker.outdated(spoken);
          return;
        }
        sync(hello.serverTime, hello.clockSpeed);
        this.#epoch = hello.epoch;
        onlooker.hello(hello);
        this.#forces = hello.forces;
        this.#wanted = this.#within(this.#wanted);
        const [first] = hello.themes;
        if (first !== undefined && !hello.themes.includes(this.#wanted.theme)) {
          this.#wanted = { ...this.#wanted, theme: first };
        }
        const resumes = picture.canResume(this.#wanted, hello.epoch);
        this.#subscribe(resumes ? picture.position : undefined);
        // What was missed follows at once: there is nothing to wait for that a reader would see.
        if (resumes) onlooker.connected('live');
      },
      snapshot: (snapshot) => {
        sync(snapshot.serverTime, clock.speed);
        picture.applySnapshot(snapshot, this.#epoch ?? '');
        onlooker.connected('live');
        onlooker.changed('picture');
      },
      'incidents.stored': (delta) => {
        picture.applyStored(delta);
        onlooker.changed('delta');
      },
      'hotspots.ranked': (delta) => {
        picture.applyRanked(delta);
        onlooker.changed('delta');
      },
      'feeds.changed': (delta) => {
        picture.applyFeed(delta);
        onlooker.changed('delta');
      },
      'alert.changed': (delta) => {
        picture.applyAlert(delta);
        onlooker.changed('delta');
      },
      'tasking.changed': (delta) => {
        picture.applyWork(delta);
        onlooker.changed('delta');
      },
      'action.changed': (delta) => {
        picture.applyWork(delta);
        onlooker.changed('delta');
      },
      'forecasts.issued': ({ seq }) => {
        picture.advance(seq);
      },
      heartbeat: ({ seq, serverTime, clockSpeed }) => {
        sync(serverTime, clockSpeed);
        picture.advance(seq);
      },
      refused: ({ reason }) => {
        picture.distrust();
        onlooker.refused(reason);
      },
    };
  }
}

function same(one: Subscription, other: Subscription | undefined): boolean {
  return one.theme === other?.theme && one.horizonHours === other.horizonHours && one.force === other.force;
}
