/** What still has to go to one socket: a slow reader gets the latest, or a new snapshot, and slows nobody. */
import type { LiveCounters } from './live-counters.ts';

/** The part of a WebSocket that the queue needs. */
export interface Sink {
  readonly bufferedAmount: number;
  send(text: string): void;
}

export const MAX_BACKLOG_BYTES = 1_000_000;
/** Beyond so much in the socket's own buffer the reader is slow: frames wait here, where they can collapse. */
const SOCKET_BUFFER_BYTES = 64_000;

export class SendQueue {
  readonly #sink: Sink;
  readonly #counters: Pick<LiveCounters, 'dropped' | 'overflows'>;
  readonly #waiting = new Map<string, string>();
  #bytes = 0;
  #unnamed = 0;
  #awaitsSnapshot = false;

  constructor(sink: Sink, counters: Pick<LiveCounters, 'dropped' | 'overflows'>) {
    this.#sink = sink;
    this.#counters = counters;
  }

  /** What waits here and in the socket. */
  get backlogBytes(): number {
    return this.#bytes + this.#sink.bufferedAmount;
  }

  /** Nothing is taken until `restart`: the client needs a new snapshot once its socket has drained. */
  get awaitsSnapshot(): boolean {
    return this.#awaitsSnapshot;
  }

  /** Sends now where the socket takes it; of waiting frames with the same key only the latest stays. */
  push(text: string, key?: string): void {
    if (this.#awaitsSnapshot) {
      this.#counters.dropped++;
      return;
    }
    if (this.#waiting.size === 0 && this.#sink.bufferedAmount < SOCKET_BUFFER_BYTES) {
      this.#sink.send(text);
      return;
    }
    const name = key ?? `#${this.#unnamed++}`;
    const before = this.#waiting.get(name);
    if (before !== undefined) {
      this.#bytes -= before.length;
      this.#counters.dropped++;
      // Behind all that waits, so that seqs go on rising.
      this.#waiting.delete(name);
    }
    this.#waiting.set(name, text);
    this.#bytes += text.length;
    if (this.#bytes > MAX_BACKLOG_BYTES) {
      this.#counters.overflows++;
      this.awaitSnapshot();
    }
  }

  /** Sends what waits while the socket takes it. Returns whether all is sent. */
  drain(): boolean {
    for (const [name, text] of this.#waiting) {
      if (this.#sink.bufferedAmount >= SOCKET_BUFFER_BYTES) return false;
      this.#waiting.delete(name);
      this.#bytes -= text.length;
      this.#sink.send(text);
    }
    return this.#sink.bufferedAmount < SOCKET_BUFFER_BYTES;
  }

  /** Gives up what waits and takes nothing more: a snapshot will say it all. */
  awaitSnapshot(): void {
    this.#counters.dropped += this.#waiting.size;
    this.#waiting.clear();
    this.#bytes = 0;
    this.#awaitsSnapshot = true;
  }

  /** Begins anew with a snapshot, in place of whatever waits. */
  restart(snapshot: string): void {
    this.awaitSnapshot();
    this.#awaitsSnapshot = false;
    this.#sink.send(snapshot);
  }
}
