/** What still has to go to one socket: a slow reader gets the latest, or a new snapshot, and slows nobody. */

/** The part of a WebSocket that the queue needs. */
export interface Sink {
  readonly bufferedAmount: number;
  send(text: string): void;
}

const MAX_BACKLOG_BYTES = 1_000_000;
/** Beyond so much in the socket's own buffer the reader is slow: frames wait here, where they can collapse. */
const SOCKET_BUFFER_BYTES = 64_000;

export class SendQueue {
  readonly #sink: Sink;
  readonly #waiting = new Map<string, string>();
  #bytes = 0;
  #unnamed = 0;
  /** The backlog was dropped: the client needs a new snapshot once its socket has drained. */
  overflowed = false;
  /** Frames that were replaced by a later one, or dropped for a snapshot. */
  dropped = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Sends now where the socket takes it; of waiting frames with the same key only the latest stays. */
  push(text: string, key?: string): void {
    if (this.overflowed) {
      this.dropped++;
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
      this.dropped++;
      // Behind all that waits, so that seqs go on rising.
      this.#waiting.delete(name);
    }
    this.#waiting.set(name, text);
    this.#bytes += text.length;
    if (this.#bytes > MAX_BACKLOG_BYTES) {
      this.dropped += this.#waiting.size;
      this.clear();
      this.overflowed = true;
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

  clear(): void {
    this.#waiting.clear();
    this.#bytes = 0;
  }
}
