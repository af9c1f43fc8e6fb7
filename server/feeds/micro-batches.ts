/** Gathers messages into batches: as many as came within a short while, never more than a limit. */

export interface MicroBatchLimits<T> {
  maxCount: number;
  /** Of a batch's messages together, in units of `sizeOf`; one that is larger by itself goes out alone. */
  maxSize?: number;
  sizeOf?: (message: T) => number;
  /** Counted from the first message of the batch, in real milliseconds. */
  maxWaitMs: number;
}

/** Pulls from `source` only while the consumer asks for more, so that a slow store slows the feed and fills no memory. */
export async function* microBatches<T>(
  source: AsyncIterable<T>,
  { maxCount, maxWaitMs, maxSize = Infinity, sizeOf = () => 0 }: MicroBatchLimits<T>,
): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const first = await next;
      if (first.done === true) return;
      const batch = [first.value];
      let size = sizeOf(first.value);
      const { promise: timeUp, cancel } = deadline(maxWaitMs);
      next = iterator.next();
      while (batch.length < maxCount) {
        // Should the source fail, what it gave before goes out first; the next round meets the failure.
        const arrived = await Promise.race([next, timeUp]).catch(() => undefined);
        if (arrived === undefined || arrived.done === true) break;
        // What has no more room is the first of the next batch.
        if ((size += sizeOf(arrived.value)) > maxSize) break;
        batch.push(arrived.value);
        next = iterator.next();
      }
      cancel();
      yield batch;
    }
  } finally {
    // A message already asked for is left to the source: unacknowledged, it comes again.
    next.catch(() => undefined);
    await iterator.return?.();
  }
}

function deadline(ms: number): { promise: Promise<undefined>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  return {
    promise,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
