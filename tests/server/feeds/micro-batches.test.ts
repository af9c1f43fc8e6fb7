/** Batches lose nothing, keep to their limits, and pull no more than they are asked for. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { microBatches } from '../../../server/feeds/micro-batches.ts';

const LIMITS = { maxCount: 3, maxWaitMs: 50 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A source that a test feeds by hand; counts what was asked of it. */
class HandFed implements AsyncIterableIterator<number> {
  asked = 0;
  returned = false;
  readonly #waiting: ((result: IteratorResult<number>) => void)[] = [];
  readonly #ready: number[] = [];

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<number>> {
    this.asked++;
    const value = this.#ready.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<number>> {
    this.returned = true;
    return Promise.resolve({ done: true, value: undefined });
  }

  feed(value: number): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#ready.push(value);
    else waiting({ done: false, value });
  }

  end(): void {
    this.#waiting.shift()?.({ done: true, value: undefined });
  }
}

async function* listed(values: readonly number[], error?: Error): AsyncGenerator<number> {
  for (const value of values) yield await Promise.resolve(value);
  if (error !== undefined) throw error;
}

describe('micro-batches', () => {
  it('hold at most so many messages, in order', async () => {
    const batches: number[][] = [];
    for await (const batch of microBatches(listed([1, 2, 3, 4, 5, 6, 7]), LIMITS)) batches.push(batch);
    expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('hold at most so much, but for one message that is too large by itself', async () => {
    const limits = { ...LIMITS, maxSize: 10, sizeOf: (value: number) => value };
    const batches: number[][] = [];
    for await (const batch of microBatches(listed([5, 5, 1, 12, 9, 2, 1, 1]), limits)) batches.push(batch);
    expect(batches).toEqual([[5, 5], [1], [12], [9], [2, 1, 1]]);
  });

  it('go out when the wait is over, counted from the first message, though not full', async () => {
    const source = new HandFed();
    const batches = microBatches(source, LIMITS);
    let batch: number[] | undefined;
    void batches.next().then(({ value }) => (batch = value as number[]));
    await vi.advanceTimersByTimeAsync(10_000);
    source.feed(1);
    await vi.advanceTimersByTimeAsync(49);
    source.feed(2);
    expect(batch).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(batch).toEqual([1, 2]);
  });

  it('carry what came just after the wait into the next batch', async () => {
    const source = new HandFed();
    const batches = microBatches(source, LIMITS);
    const first = batches.next();
    source.feed(1);
    await vi.advanceTimersByTimeAsync(50);
    expect((await first).value).toEqual([1]);
    const second = batches.next();
    source.feed(2);
    await vi.advanceTimersByTimeAsync(50);
    expect((await second).value).toEqual([2]);
  });

  it('ask for one message ahead at most while the consumer is busy', async () => {
    const source = new HandFed();
    for (let value = 1; value <= 100; value++) source.feed(value);
    const batches = microBatches(source, LIMITS);
    await batches.next();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.asked).toBe(LIMITS.maxCount + 1);
  });

  it('end with the source, after what is left', async () => {
    const source = new HandFed();
    const batches = microBatches(source, LIMITS);
    const last = batches.next();
    source.feed(1);
    await vi.advanceTimersByTimeAsync(1);
    source.end();
    expect(await last).toEqual({ done: false, value: [1] });
    expect((await batches.next()).done).toBe(true);
  });

  it('leave no timer behind, and tell the source when nobody wants more', async () => {
    const source = new HandFed();
    for (const value of [1, 2, 3]) source.feed(value);
    for await (const batch of microBatches(source, LIMITS)) {
      expect(batch).toEqual([1, 2, 3]);
      break;
    }
    expect(source.returned).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fail as their source fails, after what it gave before', async () => {
    const batches = microBatches(listed([1], new Error('gone')), LIMITS);
    expect((await batches.next()).value).toEqual([1]);
    await expect(batches.next()).rejects.toThrow('gone');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lose nothing and reorder nothing, however messages come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 10 }),
        async (gapsMs, busyMs) => {
          const source = new HandFed();
          let at = 0;
          gapsMs.forEach((gapMs, index) => {
            at += gapMs;
            setTimeout(() => {
              source.feed(index);
            }, at);
          });
          setTimeout(() => {
            source.end();
          }, at + 60_000);
          const got: number[] = [];
          const consume = async (): Promise<void> => {
            for await (const batch of microBatches(source, LIMITS)) {
              expect(batch.length).toBeLessThanOrEqual(LIMITS.maxCount);
              expect(batch.length).toBeGreaterThan(0);
              got.push(...batch);
              await new Promise((resolve) => setTimeout(resolve, busyMs[got.length % busyMs.length]));
            }
          };
          const consumed = consume();
          await vi.runAllTimersAsync();
          await consumed;
          expect(got).toEqual(gapsMs.map((_, index) => index));
        },
      ),
      { numRuns: 50 },
    );
  });
});
