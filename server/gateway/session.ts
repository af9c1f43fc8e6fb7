/** One socket's life: hello, subscribe, snapshot or missed deltas, deltas, heartbeats. */
import { Compile } from 'typebox/compile';
import type { Announcement } from '../../shared/announcement.ts';
import { PROTOCOL, Subscribe, type Hello, type ServerMessage } from '../../shared/messages.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { visibleForces, type Principal } from '../access/policy.ts';
import { parseJsonOrUndefined } from '../parse-json.ts';
import { collapseKey, viewKey, type View } from './frames.ts';
import type { LiveCounters } from './live-counters.ts';
import { SendQueue, type Sink } from './send-queue.ts';

/** What a session asks of the gateway. */
export interface Frames {
  /** What the view missed after `resume.seq`, or `undefined` where only a snapshot helps. */
  missedSince(
    resume: { epoch: string; seq: number },
    key: string,
    view: View,
  ): { frame: string; key?: string }[] | undefined;
  /** `undefined` where the gateway has no picture. */
  snapshotFrame(key: string, view: View): string | undefined;
}

export interface Socket extends Sink {
  close(code: number, reason: string): void;
  /** Asks for a sign of life. */
  ping(): void;
  /** Ends it without a word. */
  terminate(): void;
}

const POLICY_VIOLATION = 1008;
/** A client may change its mind, not flood the server with snapshots. */
const MAX_SUBSCRIBES_PER_MINUTE = 60;
const MAX_MESSAGE_CHARACTERS = 10_000;
/** So many heartbeats without a sign of life, five minutes: what lies in the way may hold megabytes of a snapshot. */
const STALLED_HEARTBEATS = 60;

const subscribeSchema = Compile(Subscribe);

export class Session {
  readonly #socket: Socket;
  readonly principal: Principal;
  readonly #gateway: Frames;
  readonly #counters: LiveCounters;
  readonly #queue: SendQueue;
  #view: View | undefined;
  #viewKey = '';
  #subscribes = 0;
  #refused = false;
  #silentHeartbeats = 0;
  #bufferedBefore = 0;

  constructor(socket: Socket, principal: Principal, gateway: Frames, counters: LiveCounters) {
    this.#socket = socket;
    this.principal = principal;
    this.#gateway = gateway;
    this.#counters = counters;
    this.#queue = new SendQueue(socket, counters);
  }

  get backlogBytes(): number {
    return this.#queue.backlogBytes;
  }

  greet(hello: Omit<Hello, 'type' | 'protocol' | 'forces' | 'themes'>): void {
    const forces = visibleForces(this.principal);
    this.#send({ type: 'hello', protocol: PROTOCOL, ...hello, forces, themes: [...THEMES] });
  }

  /** Takes one frame from the client; what is no frame of ours ends the session, with the reason. */
  receive(text: string): void {
    // What was sent before the client heard of it.
    if (this.#refused) return;
    const message = text.length > MAX_MESSAGE_CHARACTERS ? undefined : parseJsonOrUndefined(text);
    if (typeof message !== 'object' || message === null || !('type' in message)) {
      this.#refuse('not a message: JSON with a type is expected');
    } else if (message.type === 'subscribe') {
      if (!subscribeSchema.Check(message)) {
        const [error] = subscribeSchema.Errors(message);
        this.#refuse(`subscribe: ${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`);
      } else this.#subscribe(message);
    }
    // Other types may come from a newer client: as it ignores ours, we ignore them.
  }

  /** The other end is there: it said something, or answered a ping. */
  alive(): void {
    this.#silentHeartbeats = 0;
  }

  /** Called for each announcement; `frameFor` makes a frame once for all with an equal view. */
  announce(announcement: Announcement, frameFor: (key: string, view: View) => string | undefined): void {
    if (this.#view === undefined) return;
    const frame = frameFor(this.#viewKey, this.#view);
    if (frame !== undefined) this.#queue.push(frame, collapseKey(announcement));
  }

  /** Called often: goes on where a slow socket has drained, or where another view was asked for. */
  flush(): void {
    if (this.#queue.drain() && this.#queue.awaitsSnapshot) this.#sendSnapshot();
  }

  /** Ends the socket where nobody has been there, or has read, for so long. */
  heartbeat(seq: number, serverTimeMs: number, clockSpeed: number): void {
    const { bufferedAmount } = this.#socket;
    if (bufferedAmount < this.#bufferedBefore) this.#silentHeartbeats = 0;
    this.#bufferedBefore = bufferedAmount;
    if (++this.#silentHeartbeats > STALLED_HEARTBEATS) {
      this.#counters.stalled++;
      this.#socket.terminate();
      return;
    }
    this.#socket.ping();
    // Before it has said from where it goes on, nothing was sent: it would take what it missed for known.
    if (this.#view === undefined) return;
    this.#send({ type: 'heartbeat', seq, serverTime: formatInstant(serverTimeMs), clockSpeed }, 'heartbeat');
  }

  resetSubscribes(): void {
    this.#subscribes = 0;
  }

  #subscribe({ forces, themes, horizonHours, resume }: Subscribe): void {
    if (++this.#subscribes > MAX_SUBSCRIBES_PER_MINUTE) {
      this.#refuse('too many subscribes in a minute');
      return;
    }
    const isFirst = this.#view === undefined;
    this.#view = {
      principal: this.principal,
      forces: visibleForces(this.principal, forces),
      themes: [...new Set(themes)],
      horizonHours,
    };
    this.#viewKey = viewKey(this.#view);
    // Of several choices in a row the last one counts: it gets its snapshot with the next flush.
    if (!isFirst) this.#queue.awaitSnapshot();
    else if (resume === undefined || !this.#resume(resume, this.#view)) this.#sendSnapshot();
  }

  #resume(resume: { epoch: string; seq: number }, view: View): boolean {
    const missed = this.#gateway.missedSince(resume, this.#viewKey, view);
    if (missed === undefined) return false;
    this.#counters.resumed++;
    for (const { frame, key } of missed) this.#queue.push(frame, key);
    return true;
  }

  #sendSnapshot(): void {
    if (this.#view === undefined) return;
    const frame = this.#gateway.snapshotFrame(this.#viewKey, this.#view);
    // The gateway is going away: its socket is being closed, and the client comes back.
    if (frame === undefined) return;
    this.#counters.snapshots++;
    this.#queue.restart(frame);
  }

  #refuse(reason: string): void {
    this.#refused = true;
    this.#counters.refused++;
    // Past what waits: nothing of that is sent any more.
    const refused: ServerMessage = { type: 'refused', reason };
    this.#socket.send(JSON.stringify(refused));
    this.#socket.close(POLICY_VIOLATION, reason.slice(0, 100));
  }

  #send(message: ServerMessage, key?: string): void {
    this.#queue.push(JSON.stringify(message), key);
  }
}
