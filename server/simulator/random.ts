/** Random numbers that are the same for the same seed, on every machine. */

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Equal parts give equal numbers; parts in another order give others. */
  constructor(...seed: readonly (number | string)[]) {
    this.#a = hash(0x9e3779b9, seed);
    this.#b = hash(0x243f6a88, seed);
    this.#c = hash(0xb7e15162, seed);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** Evenly from 0 to below 1: sfc32 (Doty-Humphrey 2010), which passes PractRand. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Half of all values lie below the median. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }
}

/** FNV-1a over the parts, mixed as in MurmurHash3, so that neighbouring seeds share nothing. */
function hash(start: number, parts: readonly (number | string)[]): number {
  let value = start;
  for (const character of parts.join('\n')) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
