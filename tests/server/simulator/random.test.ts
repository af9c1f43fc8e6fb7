/** Random numbers: the same for the same seed, evenly spread, and different for neighbouring seeds. */
import { expect, it } from 'vitest';
import { Random } from '../../../server/simulator/random.ts';
import { TimeQueue } from '../../../server/simulator/time-queue.ts';
import { WeightedChoice } from '../../../server/simulator/weighted-choice.ts';

const numbers = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.next());

it('repeats for the same seed and differs for the next', () => {
  expect(numbers(new Random(1, 'a'), 5)).toEqual(numbers(new Random(1, 'a'), 5));
  expect(numbers(new Random(2, 'a'), 5)).not.toEqual(numbers(new Random(1, 'a'), 5));
  expect(numbers(new Random(1, 'b'), 5)).not.toEqual(numbers(new Random(1, 'a'), 5));
});

it('spreads evenly, within a seed and over the first numbers of many', () => {
  const within = numbers(new Random(7), 100_000);
  const across = Array.from({ length: 100_000 }, (_, seed) => new Random(seed).next());
  for (const sample of [within, across]) {
    const tenths = new Array<number>(10).fill(0);
    for (const value of sample) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    const chiSquared = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
  }
});

it('chooses in proportion to the weights, and never what weighs nothing', () => {
  const choice = new WeightedChoice([
    ['a', 1],
    ['b', 0],
    ['c', 3],
  ] as const);
  const random = new Random(1);
  const chosen = Array.from({ length: 10_000 }, () => choice.choose(random));
  expect(chosen).not.toContain('b');
  expect(chosen.filter((item) => item === 'c').length / 10_000).toBeCloseTo(0.75, 1);
  expect(() => new WeightedChoice([['a', 0]])).toThrow(RangeError);
});

it('gives back what was queued in order of time', () => {
  const random = new Random(3);
  const queue = new TimeQueue<{ knownAtMs: number }>();
  const taken: number[] = [];
  for (let round = 0; round < 1_000; round++) queue.add({ knownAtMs: random.next() });
  expect(queue.next).toBeDefined();
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item.knownAtMs);
  expect(taken).toHaveLength(1_000);
  expect(taken).toEqual(taken.toSorted((one, other) => one - other));
});
