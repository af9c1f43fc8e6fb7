/** Messages of a recording in memory, packed so that a million take a quarter of a gigabyte, in known-at order. */
import type { FeedName } from '../subjects.ts';

const BLOCK_BYTES = 4 << 20;

export interface RecordedMessage {
  knownAtMs: number;
  feed: FeedName;
  payload: Uint8Array;
}

export class RecordedMessages {
  readonly #encoder = new TextEncoder();
  readonly #blocks: Uint8Array[] = [];
  #used = BLOCK_BYTES;
  readonly #feeds = new Map<string, number>();
  readonly #feedNames: FeedName[] = [];
  // Columns: one typed number per message instead of one object.
  #knownAt = new Float64Array(1024);
  #block = new Uint32Array(1024);
  #start = new Uint32Array(1024);
  #length = new Uint32Array(1024);
  #feed = new Uint32Array(1024);
  #order: Uint32Array | undefined;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(knownAtMs: number, feed: FeedName, message: object): void {
    if (this.#count === this.#knownAt.length) this.#grow();
    const payload = this.#encoder.encode(JSON.stringify(message));
    if (this.#used + payload.length > BLOCK_BYTES) {
      this.#blocks.push(new Uint8Array(Math.max(BLOCK_BYTES, payload.length)));
      this.#used = 0;
    }
    this.#blocks.at(-1)?.set(payload, this.#used);
    this.#knownAt[this.#count] = knownAtMs;
    this.#block[this.#count] = this.#blocks.length - 1;
    this.#start[this.#count] = this.#used;
    this.#length[this.#count] = payload.length;
    this.#feed[this.#count] = this.#feedNumber(feed);
    this.#used += payload.length;
    this.#count++;
    this.#order = undefined;
  }

  /** When the message at this place in known-at order became known; `NaN` beyond the last. */
  knownAtMs(place: number): number {
    return this.#knownAt[this.#ordered()[place] ?? -1] ?? NaN;
  }

  /** Messages of one instant keep the order in which they were added. Throws `RangeError` beyond the last. */
  at(place: number): RecordedMessage {
    const row = this.#ordered()[place] ?? -1;
    const block = this.#blocks[this.#block[row] ?? -1];
    const feed = this.#feedNames[this.#feed[row] ?? -1];
    const start = this.#start[row] ?? 0;
    if (block === undefined || feed === undefined) throw new RangeError(`there is no message ${place}`);
    return {
      knownAtMs: this.#knownAt[row] ?? NaN,
      feed,
      payload: block.subarray(start, start + (this.#length[row] ?? 0)),
    };
  }

  #ordered(): Uint32Array {
    if (this.#order !== undefined) return this.#order;
    const knownAt = this.#knownAt;
    const time = (row: number): number => knownAt[row] ?? 0;
    this.#order = Uint32Array.from({ length: this.#count }, (_, row) => row);
    return this.#order.sort((one, other) => time(one) - time(other) || one - other);
  }

  #feedNumber(feed: FeedName): number {
    const key = `${feed.agency}/${feed.feed}`;
    const known = this.#feeds.get(key);
    if (known !== undefined) return known;
    this.#feeds.set(key, this.#feedNames.length);
    return this.#feedNames.push(feed) - 1;
  }

  #grow(): void {
    const doubled = <Column extends Float64Array | Uint32Array>(column: Column, larger: Column): Column => {
      larger.set(column);
      return larger;
    };
    const length = this.#count * 2;
    this.#knownAt = doubled(this.#knownAt, new Float64Array(length));
    this.#block = doubled(this.#block, new Uint32Array(length));
    this.#start = doubled(this.#start, new Uint32Array(length));
    this.#length = doubled(this.#length, new Uint32Array(length));
    this.#feed = doubled(this.#feed, new Uint32Array(length));
  }
}
