/** The intervals of a backtest: they hold the truth as often as they say, and differences are paired. */
import { describe, expect, it } from 'vitest';
import { difference, interval95, Resamples } from '../../../models/evaluation/bootstrap.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';

const DAYS = 90;
const resamples = new Resamples(DAYS, 400);

function ratio(total: Float64Array): { hitRate: number } {
  return { hitRate: (total[1] ?? 0) / (total[0] ?? 0) };
}

describe('Resamples', () => {
  it('gives intervals that hold the true hit rate in about 95 of 100 tests, though days differ', () => {
    const random = seededRandom(1);
    const tests = 300;
    let held = 0;
    for (let test = 0; test < tests; test++) {
      const days = Array.from({ length: DAYS }, () => {
        // A day's incidents share its luck, which single incidents drawn again would not show.
        const incidents = 5 + Math.floor(30 * random());
        const chance = 0.2 + 0.2 * random();
        let hits = 0;
        for (let i = 0; i < incidents; i++) if (random() < chance) hits++;
        return Float64Array.of(incidents, hits);
      });
      const [low, high] = interval95(resamples.measure(days, ratio).hitRate);
      if (low <= 0.3 && 0.3 <= high) held++;
    }
    expect(held / tests).toBeGreaterThan(0.9);
    expect(held / tests).toBeLessThan(0.985);
  });

  it('gives the figure itself beside the interval, and both the same each time', () => {
    const days = Array.from({ length: DAYS }, (_, day) => Float64Array.of(10, day % 5));
    const { hitRate } = resamples.measure(days, ratio);
    expect(hitRate.value).toBeCloseTo(0.2, 12);
    expect(interval95(new Resamples(DAYS, 400).measure(days, ratio).hitRate)).toEqual(interval95(hitRate));
  });

  it('pairs differences: a method that hits one more each day is ahead by exactly that', () => {
    const random = seededRandom(2);
    const one = Array.from({ length: DAYS }, () => Float64Array.of(10, Math.floor(8 * random())));
    const better = one.map(([incidents = 0, hits = 0]) => Float64Array.of(incidents, hits + 1));
    const ahead = difference(resamples.measure(better, ratio).hitRate, resamples.measure(one, ratio).hitRate);
    expect(ahead.value).toBeCloseTo(0.1, 12);
    for (const end of interval95(ahead)) expect(end).toBeCloseTo(0.1, 12);
    const [low, high] = interval95(resamples.measure(one, ratio).hitRate);
    expect(high - low).toBeGreaterThan(0.03);
  });

  it('leaves out drawings in which a figure has no value', () => {
    const days = [Float64Array.of(0, 0), Float64Array.of(4, 1)];
    const { hitRate } = new Resamples(2, 200).measure(days, ratio);
    expect(interval95(hitRate)).toEqual([0.25, 0.25]);
  });
});
