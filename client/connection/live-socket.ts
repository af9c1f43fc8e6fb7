/** Keeps one socket to `/live` open: closes one that falls silent, and opens the next within two seconds. */
import type { Timers } from '../timers.ts';

/** What is used of an open connection. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface LiveSocketOptions {
  /** Opens one; never calls back before it has returned. */
  open: (hear: (data: unknown) => void, closed: () => void) => Socket;
  timers: Timers;
  /** Uniform in [0, 1). */
  random: () => number;
  onText: (text: string) => void;
  onDown: () => void;
  /** Called where a socket closed without a word; true once the session is renewed and trying again makes sense. */
  renew: () => Promise<boolean>;
}

/** A heartbeat comes every 5 s: two missed ones, and time on the way. */
export const SILENCE_MS = 12_000;
/** A machine that is away may leave an attempt hanging for minutes. */
export const OPENING_MS = 2_500;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 2_000;

/** Waits twice as long each time, up to two seconds; the random half keeps many walls from coming back at once. */
export function retryDelayMs(attempt: number, random: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2);
}

export class LiveSocket {
  readonly #options: LiveSocketOptions;
  #socket: Socket | undefined;
  #attempt = 0;
  #lastHeardAt = 0;
  #heard = false;
  #stopped = false;
  #cancel: () => void = () => undefined;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  start(): void {
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#letGo();
  }

  send(message: unknown): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** Gives this socket up and opens another. */
  restart(): void {
    this.#fail();
  }

  #connect(): void {
    this.#letGo();
    this.#heard = false;
    const socket = this.#options.open(
      (data) => {
        if (this.#socket !== socket) return;
        this.#hear();
        if (typeof data === 'string') this.#options.onText(data);
      },
      () => {
        if (this.#socket === socket) this.#fail();
      },
    );
    this.#socket = socket;
    this.#wait(OPENING_MS, () => {
      this.#fail();
    });
  }

  #hear(): void {
    this.#lastHeardAt = this.#options.timers.now();
    this.#attempt = 0;
    if (!this.#heard) this.#watch(SILENCE_MS);
    this.#heard = true;
  }

  // One timer that looks back, not one set anew for each of a thousand frames a second.
  #watch(delayMs: number): void {
    this.#wait(delayMs, () => {
      const silentMs = this.#options.timers.now() - this.#lastHeardAt;
      if (silentMs >= SILENCE_MS) this.#fail();
      else this.#watch(SILENCE_MS - silentMs);
    });
  }

  #fail(): void {
    const mute = !this.#heard;
    this.#letGo();
    this.#options.onDown();
    this.#wait(retryDelayMs(this.#attempt, this.#options.random()), () => {
      this.#connect();
    });
    this.#attempt += 1;
    if (mute) void this.#renew();
  }

  async #renew(): Promise<void> {
    const renewed = await this.#options.renew();
    if (!renewed || this.#stopped || this.#socket !== undefined) return;
    this.#wait(0, () => {
      this.#connect();
    });
  }

  #wait(delayMs: number, act: () => void): void {
    this.#cancel();
    this.#cancel = this.#options.timers.after(delayMs, act);
  }

  #letGo(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }
}
