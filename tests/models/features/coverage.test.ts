/** From when on a history counts: stragglers from long before do not stretch it. */
import { describe, expect, it } from 'vitest';
import { Coverage } from '../../../models/features/coverage.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 0, 10, 9);

function coverageOf(...occurredAtMs: number[]): Coverage {
  const coverage = new Coverage();
  for (const at of occurredAtMs) coverage.add(at);
  return coverage;
}

function steady(days: number, perDay: number): number[] {
  return Array.from({ length: days * perDay }, (_, i) => START_MS + (i * DAY_MS) / perDay);
}

describe('coverage', () => {
  it('begins with the first incident of a steady feed', () => {
    expect(coverageOf(...steady(30, 24)).firstMs).toBe(START_MS);
    expect(coverageOf(START_MS + 40 * DAY_MS, START_MS).firstMs).toBe(START_MS);
  });

  it('does not begin with what a new feed tells of weeks before', () => {
    const stragglers = [1, 2, 3, 5, 9, 17].map((days) => START_MS - days * DAY_MS);
    const coverage = coverageOf(...steady(3, 1_000), ...stragglers);
    expect(coverage.firstMs).toBe(START_MS);
    expect(coverage.latestMs).toBeGreaterThan(START_MS + 2 * DAY_MS);
  });

  it('has no beginning without incidents, nor once all are taken back', () => {
    expect(new Coverage().firstMs).toBe(Infinity);
    const coverage = coverageOf(START_MS);
    coverage.remove(START_MS);
    expect(coverage.firstMs).toBe(Infinity);
  });

  it('goes on from its checkpoint', () => {
    const coverage = coverageOf(...steady(5, 10), START_MS - 30 * DAY_MS);
    const restored = new Coverage();
    restored.restore(coverage.encode());
    for (const one of [coverage, restored]) one.add(START_MS + 6 * DAY_MS + HOUR_MS);
    expect(restored.encode()).toEqual(coverage.encode());
    expect(restored.firstMs).toBe(coverage.firstMs);
  });
});
