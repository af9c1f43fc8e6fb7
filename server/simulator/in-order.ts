/** Two streams as one, in order of time. */

interface Timed {
  knownAtMs: number;
}

/** Each must be in order itself; of two at the same time the first stream's comes first. Reads one item ahead. */
export function* inOrder<Item extends Timed>(one: Iterable<Item>, other: Iterable<Item>): Generator<Item> {
  const [ones, others] = [one[Symbol.iterator](), other[Symbol.iterator]()];
  let [left, right] = [ones.next(), others.next()];
  for (;;) {
    if (left.done !== true && (right.done === true || left.value.knownAtMs <= right.value.knownAtMs)) {
      yield left.value;
      left = ones.next();
    } else if (right.done !== true) {
      yield right.value;
      right = others.next();
    } else return;
  }
}
