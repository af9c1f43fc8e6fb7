/** The incidents of the last 24 hours by cell, counted in all windows at once. */
import { MINUTE_MS } from '../../shared/time.ts';
import { LONGEST_WINDOW_MS, WINDOW_COUNT, WINDOW_MS } from './scan-windows.ts';

const END = -1;
const MINUTES_KEPT = LONGEST_WINDOW_MS / MINUTE_MS + 1;

export class RecentIncidents {
  /** By cell: the latest incident's node, or `END`; grows as cells are met. */
  #heads = new Int32Array(0);
  #times = new Float64Array(256);
  #next = new Int32Array(256);
  #cellOf = new Int32Array(256);
  #free = END;
  #nodes = 0;
  /** All cells' incidents, by the minute, in a ring. */
  readonly #perMinute = new Int32Array(MINUTES_KEPT);
  #minute = -Infinity;
  /** All cells' incidents within each window, kept as the minutes pass. */
  readonly #all = new Int32Array(WINDOW_COUNT);

  /** Counts an incident; one older than the longest window is left out. */
  add(cell: number, occurredMs: number, nowMs: number): void {
    if (occurredMs <= nowMs - LONGEST_WINDOW_MS) return;
    this.#reserveCells(cell + 1);
    const node = this.#takeNode();
    this.#times[node] = occurredMs;
    this.#cellOf[node] = cell;
    let before = END;
    let after = this.#heads[cell] ?? END;
    while (after !== END && (this.#times[after] ?? 0) > occurredMs) {
      before = after;
      after = this.#next[after] ?? END;
    }
    this.#next[node] = after;
    if (before === END) this.#heads[cell] = node;
    else this.#next[before] = node;
    this.#countMinute(occurredMs, nowMs, 1);
  }

  /** Takes one back that was added with this time; none where it has been forgotten. */
  remove(cell: number, occurredMs: number, nowMs: number): void {
    let before = END;
    let node = this.#heads[cell] ?? END;
    while (node !== END && this.#times[node] !== occurredMs) {
      before = node;
      node = this.#next[node] ?? END;
    }
    if (node === END) return;
    const after = this.#next[node] ?? END;
    if (before === END) this.#heads[cell] = after;
    else this.#next[before] = after;
    this.#giveBack(node);
    this.#countMinute(occurredMs, nowMs, -1);
  }

  /** Adds the cell's counts in each window that ends now to `into`, from `offset` on; returns that of the longest. */
  countInto(into: Float64Array, offset: number, cell: number, nowMs: number): number {
    let counted = 0;
    let before = END;
    let node = this.#heads[cell] ?? END;
    while (node !== END) {
      const ageMs = nowMs - (this.#times[node] ?? 0);
      if (ageMs >= LONGEST_WINDOW_MS) {
        this.#cutOff(cell, before, node);
        break;
      }
      // What claims to be from the future counts as of now.
      for (let window = WINDOW_COUNT - 1; window >= 0 && ageMs < (WINDOW_MS[window] ?? 0); window--) {
        into[offset + window] = (into[offset + window] ?? 0) + 1;
      }
      counted++;
      before = node;
      node = this.#next[node] ?? END;
    }
    return counted;
  }

  /** All cells' counts in each window, to the minute. */
  countAll(into: Float64Array, nowMs: number): void {
    this.#advance(nowMs);
    into.set(this.#all);
  }

  /** Pairs of cell and time of what happened within the longest window, oldest first. */
  list(nowMs: number): { cell: number; occurredMs: number }[] {
    const listed = [];
    for (const head of this.#heads) {
      for (let node = head; node !== END; node = this.#next[node] ?? END) {
        const occurredMs = this.#times[node] ?? 0;
        if (occurredMs > nowMs - LONGEST_WINDOW_MS)
          listed.push({ cell: this.#cellOf[node] ?? 0, occurredMs });
      }
    }
    return listed.sort((one, other) => one.occurredMs - other.occurredMs);
  }

  #cutOff(cell: number, before: number, node: number): void {
    if (before === END) this.#heads[cell] = END;
    else this.#next[before] = END;
    for (let old = node; old !== END;) {
      const next = this.#next[old] ?? END;
      this.#giveBack(old);
      old = next;
    }
  }

  #takeNode(): number {
    const node = this.#free;
    if (node !== END) {
      this.#free = this.#next[node] ?? END;
      return node;
    }
    if (this.#nodes === this.#times.length) {
      this.#times = grown(this.#times, this.#nodes * 2);
      this.#next = grown(this.#next, this.#nodes * 2);
      this.#cellOf = grown(this.#cellOf, this.#nodes * 2);
    }
    return this.#nodes++;
  }

  #giveBack(node: number): void {
    this.#next[node] = this.#free;
    this.#free = node;
  }

  #reserveCells(cells: number): void {
    const known = this.#heads.length;
    if (cells <= known) return;
    this.#heads = grown(this.#heads, Math.max(cells, Math.ceil(known * 1.5)));
    this.#heads.fill(END, known);
  }

  #countMinute(occurredMs: number, nowMs: number, sign: 1 | -1): void {
    this.#advance(nowMs);
    const minute = Math.min(this.#minute, Math.floor(occurredMs / MINUTE_MS));
    if (minute <= this.#minute - MINUTES_KEPT) return;
    const place = ringPlace(minute);
    this.#perMinute[place] = (this.#perMinute[place] ?? 0) + sign;
    for (let window = 0; window < WINDOW_COUNT; window++) {
      const minutes = (WINDOW_MS[window] ?? 0) / MINUTE_MS;
      if (this.#minute - minute < minutes) this.#all[window] = (this.#all[window] ?? 0) + sign;
    }
  }

  /** Each minute that passes brings an empty one into every window, and takes one out of it. */
  #advance(nowMs: number): void {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute - this.#minute >= MINUTES_KEPT) {
      this.#perMinute.fill(0);
      this.#all.fill(0);
      this.#minute = minute;
    }
    while (this.#minute < minute) {
      this.#minute++;
      for (let window = 0; window < WINDOW_COUNT; window++) {
        const passed = this.#minute - (WINDOW_MS[window] ?? 0) / MINUTE_MS;
        this.#all[window] = (this.#all[window] ?? 0) - (this.#perMinute[ringPlace(passed)] ?? 0);
      }
      this.#perMinute[ringPlace(this.#minute)] = 0;
    }
  }
}

function ringPlace(minute: number): number {
  return ((minute % MINUTES_KEPT) + MINUTES_KEPT) % MINUTES_KEPT;
}

function grown<Numbers extends Float64Array | Int32Array>(array: Numbers, length: number): Numbers {
  const Kind = array.constructor as new (length: number) => Numbers;
  const larger = new Kind(length);
  larger.set(array);
  return larger;
}
