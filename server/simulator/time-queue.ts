/** Holds what is yet to come and gives it back in order of time: a binary heap. */

export class TimeQueue<Item extends { knownAtMs: number }> {
  readonly #heap: Item[] = [];

  /** The next in time, which stays in the queue. */
  get next(): Item | undefined {
    return this.#heap[0];
  }

  add(item: Item): void {
    const heap = this.#heap;
    let place = heap.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.knownAtMs <= item.knownAtMs) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = item;
  }

  /** Removes and returns the next in time. */
  take(): Item | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const left = heap[below];
      if (left === undefined) break;
      const right = heap[below + 1];
      if (right !== undefined && right.knownAtMs < left.knownAtMs) below++;
      const child = heap[below];
      if (child === undefined || child.knownAtMs >= last.knownAtMs) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
    return first;
  }
}
