/** Connections that a test speaks through, in the server's place. */
import type { Socket } from '../../client/connection/live-socket.ts';

export class FakeSocket implements Socket {
  readonly sent: unknown[] = [];
  heard = false;
  closed = false;
  readonly #hear: (data: unknown) => void;
  readonly #closed: () => void;

  constructor(hear: (data: unknown) => void, closed: () => void) {
    this.#hear = hear;
    this.#closed = closed;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
    this.#closed();
  }

  /** The server says something. */
  hear(frame: unknown): void {
    this.heard = true;
    this.#hear(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }
}

export class FakeSockets {
  readonly #all: FakeSocket[] = [];

  readonly open = (hear: (data: unknown) => void, closed: () => void): FakeSocket => {
    const socket = new FakeSocket(hear, closed);
    this.#all.push(socket);
    return socket;
  };

  get opened(): number {
    return this.#all.length;
  }

  get last(): FakeSocket {
    const last = this.#all.at(-1);
    if (last === undefined) throw new Error('no socket was opened');
    return last;
  }
}
