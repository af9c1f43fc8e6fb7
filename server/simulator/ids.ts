/** Identities of simulated incidents, which do not tell what made them. */

const HALF = 0x8000_0000;

/** Counts two kinds apart, so that a city with clusters has the same other incidents as one without. */
export class Ids {
  readonly #prefix: string;
  readonly #salt: number;
  #usual = 0;
  #extra = 0;

  /** The ids of runs that begin at different times never meet. */
  constructor(startMs: number) {
    this.#prefix = `sim-${startMs.toString(36)}-`;
    this.#salt = mix(startMs % HALF); // else the first of a cluster would have the same name in every run
  }

  next(kind: 'usual' | 'extra'): string {
    const number = kind === 'usual' ? this.#usual++ : this.#extra++;
    const round = Math.floor(number / HALF); // of five days at 5,000 a second
    const mixed = mix(((number % HALF) + (kind === 'extra' ? HALF : 0)) ^ this.#salt).toString(36);
    return `${this.#prefix}${mixed}${round === 0 ? '' : `-${round}`}`;
  }
}

/** Any 32 bits to others, no two to the same (the end of MurmurHash3, each step of which can be undone). */
function mix(number: number): number {
  let value = number | 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
