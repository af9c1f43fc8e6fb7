/** One socket's life: hello, subscribe, snapshot or missed deltas, deltas, heartbeats. */
import { Compile } from 'typebox/compile';
import type { Announcement } from '../../shared/announcement.ts';
import { PROTOCOL, Subscribe, type Hello, type ServerMessage } from '../../shared/messages.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { visibleForces, type Principal } from '../access/policy.ts';
import { parseJsonOrUndefined } from '../parse-json.ts';
import { collapseKey, viewKey, type View } from './frames.ts';
import { SendQueue, type Sink } from './send-queue.ts';

/** What a session asks of the gateway. */
export interface Frames {
  /** What the view missed after `resume.seq`, or `undefined` where only a snapshot helps. */
  missedSince(
    resume: { epoch: string; seq: number },
    view: View,
  ): { frame: string; key?: string }[] | undefined;
  /** `undefined` where the gateway has no picture. */
  snapshotFrame(key: string, view: View): string | undefined;
}

export interface Socket extends Sink {
  close(code: number, reason: string): void;
}

const POLICY_VIOLATION = 1008;
/** A client may change its mind, not flood the server with snapshots. */
const MAX_SUBSCRIBES_PER_MINUTE = 60;
const MAX_MESSAGE_CHARACTERS = 10_000;

const subscribeSchema = Compile(Subscribe);

export class Session {
  readonly #socket: Socket;
  readonly #principal: Principal;
  readonly #gateway: Frames;
  readonly #queue: SendQueue;
  #view: View | undefined;
  #viewKey = '';
  #subscribes = 0;

  constructor(socket: Socket, principal: Principal, gateway: Frames) {
    this.#socket = socket;
    this.#principal = principal;
    this.#gateway = gateway;
    this.#queue = new SendQueue(socket);
  }

  greet(hello: Omit<Hello, 'type' | 'protocol' | 'forces' | 'themes'>): void {
    const forces = visibleForces(this.#principal);
    this.#send({ type: 'hello', protocol: PROTOCOL, ...hello, forces, themes: [...THEMES] });
  }

  /** Takes one frame from the client; what is no frame of ours ends the session, with the reason. */
  receive(text: string): void {
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

  /** Called for each announcement; `frameFor` makes a frame once for all with an equal view. */
  announce(announcement: Announcement, frameFor: (key: string, view: View) => string | undefined): void {
    if (this.#view === undefined) return;
    const frame = frameFor(this.#viewKey, this.#view);
    if (frame !== undefined) this.#queue.push(frame, collapseKey(announcement));
  }

  /** Called often: goes on where a slow socket has drained. */
  flush(): void {
    if (this.#queue.drain() && this.#queue.overflowed) this.#sendSnapshot();
  }

  heartbeat(seq: number, serverTimeMs: number, clockSpeed: number): void {
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
    this.#view = {
      principal: this.#principal,
      forces: visibleForces(this.#principal, forces),
      themes: [...new Set(themes)],
      horizonHours,
    };
    this.#viewKey = viewKey(this.#view);
    const missed = resume === undefined ? undefined : this.#gateway.missedSince(resume, this.#view);
    if (missed === undefined) this.#sendSnapshot();
    else for (const { frame, key } of missed) this.#queue.push(frame, key);
  }

  #sendSnapshot(): void {
    if (this.#view === undefined) return;
    const frame = this.#gateway.snapshotFrame(this.#viewKey, this.#view);
    // The gateway is going away: its socket is being closed, and the client comes back.
    if (frame === undefined) return;
    this.#queue.clear();
    this.#queue.overflowed = false;
    this.#queue.push(frame);
  }

  #refuse(reason: string): void {
    // Past what waits: nothing of that is sent any more.
    const refused: ServerMessage = { type: 'refused', reason };
    this.#socket.send(JSON.stringify(refused));
    this.#socket.close(POLICY_VIOLATION, reason.slice(0, 100));
  }

  #send(message: ServerMessage, key?: string): void {
    this.#queue.push(JSON.stringify(message), key);
  }
}
