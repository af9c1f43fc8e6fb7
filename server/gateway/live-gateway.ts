/** Follows LIVE and hands every announcement to the sessions, each in its own view. */
import type { Basemap } from '../../shared/messages.ts';
import { HEARTBEAT_SECONDS } from '../../shared/messages.ts';
import { formatInstant, TimeZone } from '../../shared/time.ts';
import type { Principal } from '../access/policy.ts';
import type { Clock } from '../clock.ts';
import type { LiveMessage, LiveStream } from '../live/live-stream.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import type { Database } from '../store/database.ts';
import { deltaOf, type View } from './frames.ts';
import { liveCounters, type LiveCounters } from './live-counters.ts';
import { LiveLog } from './live-log.ts';
import type { LivePicture } from './live-picture.ts';
import { MissedFrames, type MissedFrame } from './missed-frames.ts';
import { readPicture } from './read-picture.ts';
import { Session, type Frames, type Socket } from './session.ts';
import { SnapshotFrames } from './snapshot-frames.ts';

export interface GatewayOptions {
  database: Database;
  live: LiveStream;
  clock: Clock;
  basemap: Basemap;
  timeZone: string;
  /** Of the client that is handed out at present. */
  build: () => string | null;
  pace?: Partial<GatewayPace>;
}

/** How often the gateway does what it does again and again; tests are in more of a hurry. */
export interface GatewayPace {
  heartbeatMs: number;
  flushMs: number;
  /** So many of LIVE's last announcements are read at start, for clients that come back after a restart. */
  resumable: number;
}

const PACE: GatewayPace = { heartbeatMs: HEARTBEAT_SECONDS * 1_000, flushMs: 100, resumable: 5_000 };

const TRY_AGAIN_LATER = 1013;
/** The client should come back, here or at another gateway. */
const GOING_AWAY = 1001;

export class LiveGateway implements Frames {
  readonly counters: LiveCounters = liveCounters();
  readonly #options: GatewayOptions;
  readonly #timeZone: TimeZone;
  readonly #pace: GatewayPace;
  readonly #sessions = new Map<Session, Socket>();
  #picture: LivePicture | undefined;
  #missed: MissedFrames;
  #seen = new SeenBatches();
  #epoch = '';
  readonly #snapshots = new SnapshotFrames();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#timeZone = new TimeZone(options.timeZone);
    this.#missed = new MissedFrames(new LiveLog(0), this.#timeZone);
    this.#pace = { ...PACE, ...options.pace };
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  /** Who has a socket open. */
  get principals(): Principal[] {
    return [...this.#sessions.keys()].map(({ principal }) => principal);
  }

  /** What waits for slow readers, of all sockets together. */
  get backlogBytes(): number {
    return [...this.#sessions.keys()].reduce((sum, session) => sum + session.backlogBytes, 0);
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
      const { picture, seen, epoch, lastSeq } = await readPicture(this.#options, this.#pace.resumable);
      const afterSeq = picture.seq;
      this.#seen = seen;
      this.#epoch = epoch;
      this.#missed = new MissedFrames(new LiveLog(afterSeq), this.#timeZone);
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
    const session = new Session(socket, principal, this, this.counters);
    this.#sessions.set(session, socket);
    const { clock, basemap, timeZone, build } = this.#options;
    session.greet({
      epoch: this.#epoch,
      serverTime: formatInstant(clock.now()),
      clockSpeed: clock.speed,
      basemap,
      timeZone,
      build: build(),
    });
    return session;
  }

  leave(session: Session): void {
    this.#sessions.delete(session);
  }

  missedSince(resume: { epoch: string; seq: number }, key: string, view: View): MissedFrame[] | undefined {
    const seq = this.#picture?.seq;
    if (seq === undefined || resume.epoch !== this.#epoch || resume.seq > seq) return undefined;
    return this.#missed.after(resume.seq, key, view);
  }

  snapshotFrame(key: string, view: View): string | undefined {
    const picture = this.#picture;
    if (picture === undefined) return undefined;
    const nowMs = this.#options.clock.now();
    picture.prune(nowMs);
    return this.#snapshots.frame(picture, key, view, nowMs);
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
    this.#missed.log.add({ seq, announcement });
    const frames = new Map<string, string | undefined>();
    const frameFor = (key: string, view: View): string | undefined => {
      if (frames.has(key)) return frames.get(key);
      const delta = deltaOf(seq, announcement, view, this.#timeZone);
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
    }, this.#pace.flushMs);
    const heartbeat = setInterval(() => {
      const picture = this.#picture;
      if (picture === undefined) return;
      const nowMs = clock.now();
      picture.prune(nowMs);
      this.#snapshots.clear();
      this.#missed.clear();
      for (const session of this.#sessions.keys()) session.heartbeat(picture.seq, nowMs, clock.speed);
    }, this.#pace.heartbeatMs);
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
