/** Cuts days into equal parts, in each of which something happens once, at a time that chance decides. */
import { DAY_MS } from '../../shared/time.ts';
import type { Random } from './random.ts';

export class DayParts {
  readonly #partMs: number;

  /** `perDay` may be 0, for never, and need not be a whole number. */
  constructor(perDay: number) {
    this.#partMs = DAY_MS / perDay;
  }

  /** The numbers of the parts that a span touches. */
  *touching(fromMs: number, toMs: number): Generator<number> {
    if (this.#partMs === Infinity) return;
    for (let part = Math.floor(fromMs / this.#partMs); part * this.#partMs < toMs; part++) yield part;
  }

  someTimeIn(part: number, random: Random): number {
    return Math.floor((part + random.next()) * this.#partMs);
  }
}
