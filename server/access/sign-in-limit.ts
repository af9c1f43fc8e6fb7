/** Slows down guessing: after a few wrong passwords a name has to wait. */
import { MINUTE_MS } from '../../shared/time.ts';

const FREE_ATTEMPTS = 5;
const WINDOW_MS = 5 * MINUTE_MS;
const MAX_NAMES = 10_000;

export class SignInLimit {
  readonly #failures = new Map<string, number[]>();
  readonly #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Seconds to wait before the next attempt; 0 where it may be made now. */
  waitSeconds(name: string): number {
    const failures = this.#recent(name);
    const oldest = failures.at(-FREE_ATTEMPTS);
    return oldest === undefined ? 0 : Math.ceil((oldest + WINDOW_MS - this.#monotonic()) / 1_000);
  }

  failed(name: string): void {
    const failures = this.#recent(name);
    if (this.#failures.size >= MAX_NAMES) this.#failures.clear();
    this.#failures.set(name, [...failures, this.#monotonic()].slice(-FREE_ATTEMPTS));
  }

  succeeded(name: string): void {
    this.#failures.delete(name);
  }

  #recent(name: string): number[] {
    const since = this.#monotonic() - WINDOW_MS;
    return (this.#failures.get(name) ?? []).filter((at) => at > since);
  }
}
