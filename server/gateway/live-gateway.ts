/** Follows LIVE and hands every announcement to the sessions, each in its own view. */
import type { Basemap } from '../../shared/messages.ts';
import { HEARTBEAT_SECONDS } from '../../shared/messages.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import type { Principal } from '../access/policy.ts';
import { readingOf, type Clock } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import type { LiveMessage, LiveStream } from '../live/live-stream.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import type { Database } from '../store/database.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { foldKnownIncidents } from '../store/known-incidents.ts';
import { collapseKey, deltaOf, snapshotOf, type View } from './frames.ts';
import { LiveLog } from './live-log.ts';
import { LivePicture } from './live-picture.ts';
import { Session, type Frames, type Socket } from './session.ts';

export interface GatewayOptions {
  database: Database;
  live: LiveStream;
  clock: Clock;
  basemap: Basemap;
  timeZone: string;
}

/** So many of LIVE's last announcements are read at start, for clients that come back after a restart. */
const RESUMABLE = 5_000;
const FLUSH_MS = 100;
const TRY_AGAIN_LATER = 1013;

/** The client should come back, here or at another gateway. */
const GOING_AWAY = 1001;

export class LiveGateway implements Frames {
  readonly #options: GatewayOptions;
  readonly #sessions = new Map<Session, Socket>();
  #picture: LivePicture | undefined;
  #log = new LiveLog(0);
  #seen = new SeenBatches();
  #epoch = '';
  readonly #snapshots = new Map<string, { seq: number; frame: string }>();

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** The picture as of its seq; undefined until the gateway has read it. */
  get picture(): LivePicture | undefined {
    return this.#picture;
  }

  /** Runs until the signal is aborted. */
  async run(signal: AbortSignal, working: () => void): Promise<void> {
    const { live } = this.#options;
    const timers = this.#startTimers();
    try {
      const start = await live.position();
      const picture = await this.#readPicture();
      // What the database held is announced by now, up to here: from then on the picture equals LIVE.
      const { epoch, firstSeq, lastSeq } = await live.position();
      const afterSeq = Math.max(firstSeq - 1, start.lastSeq - RESUMABLE, 0);
      this.#log = new LiveLog(afterSeq);
      this.#epoch = epoch;
      picture.seq = afterSeq;
      const messages = live.read({ epoch, afterSeq, signal });
      if (lastSeq === afterSeq) this.#open(picture, working);
      for await (const message of messages) {
        this.#take(picture, message);
        if (this.#picture === undefined && message.seq >= lastSeq) this.#open(picture, working);
      }
    } finally {
      for (const timer of timers) clearInterval(timer);
      this.#picture = undefined;
      this.#closeAll(GOING_AWAY, 'the gateway is going away: come back');
    }
  }

  /** A new socket of someone whom the policy lets in. */
  join(socket: Socket, principal: Principal): Session | undefined {
    if (this.#picture === undefined) {
      socket.close(TRY_AGAIN_LATER, 'the gateway is not ready: come back');
      return undefined;
    }
    const session = new Session(socket, principal, this);
    this.#sessions.set(session, socket);
    const { clock, basemap, timeZone } = this.#options;
    session.greet({
      epoch: this.#epoch,
      serverTime: formatInstant(clock.now()),
      clockSpeed: clock.speed,
      basemap,
      timeZone,
    });
    return session;
  }

  leave(session: Session): void {
    this.#sessions.delete(session);
  }

  missedSince(resume: { epoch: string; seq: number }, view: View): ReturnType<Frames['missedSince']> {
    if (resume.epoch !== this.#epoch || this.#picture === undefined || resume.seq > this.#picture.seq)
      return undefined;
    return this.#log.after(resume.seq)?.flatMap(({ seq, announcement }) => {
      const delta = deltaOf(seq, announcement, view);
      if (delta === undefined) return [];
      const key = collapseKey(announcement);
      return [{ frame: JSON.stringify(delta), ...(key !== undefined && { key }) }];
    });
  }

  /** Made once per seq for all who ask for an equal view. */
  snapshotFrame(key: string, view: View): string | undefined {
    const picture = this.#picture;
    if (picture === undefined) return undefined;
    const made = this.#snapshots.get(key);
    if (made?.seq === picture.seq) return made.frame;
    const frame = JSON.stringify(snapshotOf(picture, view, this.#options.clock.now()));
    this.#snapshots.set(key, { seq: picture.seq, frame });
    return frame;
  }

  async #readPicture(): Promise<LivePicture> {
    const { database, clock } = this.#options;
    const picture = new LivePicture();
    const reading = readingOf(clock);
    const { nowMs } = reading;
    picture.prune(nowMs);
    const batches = await foldKnownIncidents(database, nowMs - DAY_MS, (change) => {
      picture.change(change);
    });
    this.#seen = new SeenBatches();
    for (const batch of batches) this.#seen.addBatch(batch);
    for (const account of await selectFeeds(database)) {
      picture.feeds.set(`${account.agency}/${account.feed}`, feedStateOf(account, reading));
    }
    return picture;
  }

  #open(picture: LivePicture, working: () => void): void {
    this.#picture = picture;
    working();
  }

  #take(picture: LivePicture, { seq, announcement }: LiveMessage): void {
    picture.seq = seq;
    const isCounted = announcement.type === 'incidents.stored' && !this.#seen.isNew(announcement);
    if (!isCounted) picture.apply(announcement);
    // Read before the picture was whole, it may be what a client missed that saw another gateway.
    if (isCounted && this.#picture !== undefined) return;
    this.#log.add({ seq, announcement });
    const frames = new Map<string, string | undefined>();
    const frameFor = (key: string, view: View): string | undefined => {
      if (frames.has(key)) return frames.get(key);
      const delta = deltaOf(seq, announcement, view);
      const frame = delta === undefined ? undefined : JSON.stringify(delta);
      frames.set(key, frame);
      return frame;
    };
    for (const session of this.#sessions.keys()) session.announce(announcement, frameFor);
  }

  #startTimers(): NodeJS.Timeout[] {
    const { clock } = this.#options;
    const flush = setInterval(() => {
      for (const session of this.#sessions.keys()) session.flush();
    }, FLUSH_MS);
    const heartbeat = setInterval(() => {
      const picture = this.#picture;
      if (picture === undefined) return;
      const nowMs = clock.now();
      picture.prune(nowMs);
      this.#snapshots.clear();
      for (const session of this.#sessions.keys()) session.heartbeat(picture.seq, nowMs, clock.speed);
    }, HEARTBEAT_SECONDS * 1_000);
    const minute = setInterval(() => {
      for (const session of this.#sessions.keys()) session.resetSubscribes();
    }, 60_000);
    return [flush, heartbeat, minute];
  }

  #closeAll(code: number, reason: string): void {
    for (const socket of this.#sessions.values()) socket.close(code, reason);
    this.#sessions.clear();
  }
}
