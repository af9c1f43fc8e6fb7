/** Hit rate over cell-hours: the best of a week's cells × hours, and the weeks themselves. */
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../models/evaluation/bootstrap.ts';
import { cellHourFigures, CellHourScorer } from '../../../models/evaluation/cell-hour-scorer.ts';
import { daysIn, weeksOf } from '../../../models/evaluation/weeks.ts';
import { HOUR_MS, TimeZone } from '../../../shared/time.ts';

describe('CellHourScorer', () => {
  it('chooses among all cells and hours of the week together', () => {
    const scorer = new CellHourScorer(2);
    // Ten hours × ten cells; the best ten cell-hours lie in the first and in the last hour.
    const expected = Float32Array.from({ length: 100 }, (_, i) => (i < 5 || i >= 95 ? 1 + i : 0.1));
    const observed = new Uint16Array(100);
    observed.set([3], 2); // in the first hour, chosen
    observed.set([1], 50); // not chosen
    observed.set([2], 99); // in the last hour, chosen, and the best of all
    scorer.add(expected, { days: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], observed });
    expect(cellHourFigures(totalOf(scorer.sums))).toEqual({
      'cellHourHitRate@0.01': 2 / 6,
      'cellHourHitRate@0.02': 2 / 6,
      'cellHourHitRate@0.05': 2 / 6,
      'cellHourHitRate@0.1': 5 / 6,
    });
    expect([...(scorer.sums[0] ?? [])]).toEqual([3, 0, 0, 0, 3]);
    expect([...(scorer.sums[1] ?? [])]).toEqual([3, 2, 2, 2, 2]);
  });

  it('lets equals share the places that are left', () => {
    const scorer = new CellHourScorer(1);
    scorer.add(new Float32Array(200).fill(1), { days: [0, 0], observed: new Uint16Array(200).fill(1) });
    for (const [name, hitRate] of Object.entries(cellHourFigures(totalOf(scorer.sums)))) {
      expect(hitRate).toBeCloseTo(Number(name.split('@')[1]), 12);
    }
  });
});

describe('weeksOf', () => {
  const timeZone = new TimeZone('Europe/London');

  it('has an hour more in the week when clocks go back, and counts it to its day', () => {
    const span = { fromMs: Date.UTC(2024, 9, 24, 23), toMs: Date.UTC(2024, 10, 4) };
    const [first, second] = weeksOf(span, timeZone);
    expect(daysIn(span, timeZone)).toBe(10);
    expect(first?.hours).toHaveLength(7 * 24 + 1);
    expect(first?.days.filter((day) => day === 2)).toHaveLength(25); // Sunday, 27 October
    expect(second?.hours).toHaveLength(3 * 24);
    expect(second?.days.at(-1)).toBe(9);
  });

  it('begins and ends with the test, though that be in the middle of a day', () => {
    const span = { fromMs: Date.UTC(2024, 0, 1, 6), toMs: Date.UTC(2024, 0, 2, 6) };
    const [week] = weeksOf(span, timeZone);
    expect(week?.hours[0]).toEqual({ fromMs: span.fromMs, toMs: span.fromMs + HOUR_MS });
    expect(week?.hours).toHaveLength(24);
    expect(week?.days.filter((day) => day === 1)).toHaveLength(6);
  });
});
