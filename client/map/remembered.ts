/** Remembers what a function gave, in bounded space: what is true of a cell stays true. */

const MOST = 200_000;

export class Remembered<Key, Value> {
  readonly #find: (key: Key) => Value;
  readonly #found = new Map<Key, Value>();

  constructor(find: (key: Key) => Value) {
    this.#find = find;
  }

  of(key: Key): Value {
    let value = this.#found.get(key);
    if (value === undefined) {
      value = this.#find(key);
      if (this.#found.size >= MOST) this.#found.clear();
      this.#found.set(key, value);
    }
    return value;
  }
}
