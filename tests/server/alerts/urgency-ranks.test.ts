/** How urgent an alert is, among what its force has been called for. */
import { describe, expect, it } from 'vitest';
import { nearRepeatPriority, UrgencyRanks, urgencyOf } from '../../../server/alerts/priority.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';

const USUAL = { harmDays: 30, severity: 2 };

describe('the priorities of emerging hotspots', () => {
  it.each([
    ['chance alone', (random: number) => 1 / (1 - random)],
    ['clusters far beyond chance', (random: number) => 10 ** (2 + 6 * random)],
  ])('are high for about 5 and medium for about 15 of 100, by %s', (_, draw) => {
    const [ranks, random] = [new UrgencyRanks(), seededRandom(1)];
    const counts = { high: 0, medium: 0, low: 0 };
    for (let i = 0; i < 2_000; i++) counts[ranks.priorityOf(`place-${i}`, draw(random()))]++;
    expect(counts.high / 2_000).toBeCloseTo(0.05, 1);
    expect(counts.medium / 2_000).toBeCloseTo(0.15, 1);
    expect(counts.low / 2_000).toBeGreaterThan(0.75);
  });

  it('of a young force are those among what chance would have brought, and go on after a restart', () => {
    const ranks = new UrgencyRanks();
    expect(ranks.priorityOf('first', 1)).toBe('low');
    expect(ranks.priorityOf('second', 1_000)).toBe('high');
    const again = new UrgencyRanks(ranks.encode());
    expect(again.priorityOf('third', 500)).toBe('medium');
    expect(again.priorityOf('second', 2_000)).toBe('high');
  });
});

it('what is grave is more urgent than what is not, and an immediate threat most', () => {
  const usual = urgencyOf(10, USUAL);
  expect(urgencyOf(10, { ...USUAL, harmDays: 1 })).toBeCloseTo(usual / 3);
  expect(urgencyOf(10, { ...USUAL, harmDays: 365 })).toBeCloseTo(usual * 3);
  expect(urgencyOf(10, { ...USUAL, severity: 5 })).toBeCloseTo(usual * 2);
});

it('a near-repeat is low unless the rise is great beyond doubt', () => {
  expect([1.2, 3.9, 4.1].map(nearRepeatPriority)).toEqual(['low', 'low', 'medium']);
});
