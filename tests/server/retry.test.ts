/** Retrying waits longer each time, within bounds, and stops when told to. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { backoffMs, retrying } from '../../server/retry.ts';

describe('the wait before the next attempt', () => {
  it('doubles up to its longest, of which half to all is waited', () => {
    expect([0, 1, 2, 3, 10].map((attempt) => backoffMs(attempt, 100, 1_000, () => 1))).toEqual([
      100, 200, 400, 800, 1_000,
    ]);
    fc.assert(
      fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const wait = backoffMs(attempt, 100, 5_000, () => random);
        expect(wait).toBeGreaterThanOrEqual(50);
        expect(wait).toBeLessThanOrEqual(5_000);
      }),
    );
  });
});

describe('retrying', () => {
  const quiet = { signal: new AbortController().signal, onFailure: () => undefined };
  /** Fails as often as told; each attempt takes so many milliseconds of a clock of its own. */
  const failing = (times: number, tookMs: (attempt: number) => number = () => 1) => {
    let nowMs = 0;
    let attempts = 0;
    const waitsMs: number[] = [];
    const act = (): Promise<string> => {
      attempts++;
      nowMs += tookMs(attempts);
      return attempts <= times ? Promise.reject(new Error(`no ${attempts}`)) : Promise.resolve('yes');
    };
    const wait = (ms: number): Promise<void> => {
      waitsMs.push(ms);
      return Promise.resolve();
    };
    return { act, waitsMs, options: { ...quiet, wait, monotonic: () => nowMs } };
  };

  it('returns the first success, and tells of every failure before it', async () => {
    const { act, options } = failing(3);
    const onFailure = vi.fn();
    expect(await retrying(act, { ...options, onFailure })).toBe('yes');
    expect(onFailure.mock.calls.map(([error]) => String(error))).toEqual([
      'Error: no 1',
      'Error: no 2',
      'Error: no 3',
    ]);
  });

  it('waits longer each time, up to the longest wait', async () => {
    const { act, waitsMs, options } = failing(20);
    await retrying(act, { ...options, firstWaitMs: 100, longestWaitMs: 1_000 });
    expect(waitsMs).toHaveLength(20);
    waitsMs.forEach((waitMs, attempt) => {
      const ceiling = Math.min(1_000, 100 * 2 ** attempt);
      expect(waitMs).toBeGreaterThanOrEqual(ceiling / 2);
      expect(waitMs).toBeLessThanOrEqual(ceiling);
    });
  });

  it('begins with the shortest wait again after it went well for long', async () => {
    const { act, waitsMs, options } = failing(9, (attempt) => (attempt === 9 ? 3_600_000 : 1));
    await retrying(act, { ...options, firstWaitMs: 100 });
    expect(waitsMs.at(-1)).toBeLessThanOrEqual(100);
    expect(waitsMs.at(-2)).toBeGreaterThan(1_000);
  });

  it('stops in the middle of a wait', async () => {
    const stop = new AbortController();
    const act = (): Promise<never> => Promise.reject(new Error('away'));
    const options = { signal: stop.signal, firstWaitMs: 1e9, longestWaitMs: 1e9 };
    const onFailure = (): void => {
      queueMicrotask(() => {
        stop.abort();
      });
    };
    await expect(retrying(act, { ...options, onFailure })).rejects.toThrow('abort');
  });

  it('does not begin where it is told to stop already', async () => {
    const act = vi.fn(() => Promise.resolve());
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(retrying(act, { ...quiet, signal })).rejects.toThrow('stopped');
    expect(act).not.toHaveBeenCalled();
  });
});
