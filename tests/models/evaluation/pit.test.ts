/** The randomised PIT: flat for the right distribution of counts, and for no other. */
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../../models/evaluation/bootstrap.ts';
import { Pit, PIT_BINS, pitFigures } from '../../../models/evaluation/pit.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { countQuantile } from '../../../models/interval.ts';

const DISPERSION = 0.5;
const FORECASTS = 20_000;

/** Counts drawn with mean `truth` times what was forecast, and with a dispersion of their own. */
function figures(truth: number, dispersion: number): Record<string, number> {
  const random = seededRandom(3);
  const pit = new Pit(DISPERSION, 1);
  for (let i = 0; i < FORECASTS; i++) {
    const expected = 0.05 + 3 * random();
    pit.add(0, expected, countQuantile(truth * expected, dispersion, random()));
  }
  return pitFigures(totalOf(pit.sums));
}

describe('Pit', () => {
  it('is flat where the forecast distribution is right, and holds 80 % and 95 %', () => {
    const { coverage80, coverage95, ...bins } = figures(1, DISPERSION);
    expect(Math.abs((coverage80 ?? 0) - 0.8)).toBeLessThan(0.01);
    expect(Math.abs((coverage95 ?? 0) - 0.95)).toBeLessThan(0.01);
    for (const share of Object.values(bins)) expect(Math.abs(share * PIT_BINS - 1)).toBeLessThan(0.2);
  });

  it('shows counts that scatter more than forecast at both ends', () => {
    const { coverage80 = 1, ...bins } = figures(1, 3);
    expect(coverage80).toBeLessThan(0.75);
    expect(bins[String(PIT_BINS - 1)]).toBeGreaterThan(1.5 / PIT_BINS);
  });

  it('shows too low a forecast at the upper end', () => {
    const { [String(PIT_BINS - 1)]: highest = 0, '0': lowest = 1 } = figures(2, DISPERSION);
    expect(highest).toBeGreaterThan(2 * lowest);
  });
});
