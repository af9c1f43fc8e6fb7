/** The scan finds what is put into a city of chance, more often and sooner than a plain count that alarms as often for nothing. */
import { beforeAll, expect, it } from 'vitest';
import { Intensity } from '../../../server/simulator/intensity.ts';
import { Places } from '../../../server/simulator/places.ts';
import { HOUR_MS } from '../../../shared/time.ts';
import { median } from '../../bench/bench.ts';
import { emergingCity } from '../../support/emerging-city.ts';
import { detectorsAt, powers, type Powers } from '../../support/emerging-trials.ts';

/** The city as bursty as the shipped model found its own. */
const DISPERSION = 0.085;
const TRIALS = 30;

let found: Powers;
beforeAll(() => {
  const city = emergingCity(new Intensity(new Places(1), 0.015));
  const options = { city, dispersion: DISPERSION, promisedDays: 1, incidents: 15_000 };
  found = powers(detectorsAt(options), {
    sizes: [5, 6, 8, 12],
    durationMs: HOUR_MS,
    trials: TRIALS,
    seed: 1,
  });
}, 240_000);

it('detects more clusters than the best plain count, at the same rate of false alarms', () => {
  const mean = (of: (power: Powers['bySize'][number]) => number): number =>
    found.bySize.reduce((sum, power) => sum + of(power), 0) / found.bySize.length;
  // 95 % of the difference of two shares of 120 trials is within 0.12.
  expect(mean(({ scan }) => scan)).toBeGreaterThan(mean(({ plain }) => plain) + 0.12);
  for (const { scan, plain } of found.bySize) expect(scan).toBeGreaterThan(plain - 0.04);
});

it('detects the large ones all but always', () => {
  expect(found.bySize.at(-1)?.scan).toBeGreaterThanOrEqual(0.95);
});

it('detects them sooner', () => {
  for (const { size, scanDelays, plainDelays } of found.bySize) {
    if (size >= 8) expect(median(scanDelays)).toBeLessThan(median(plainDelays));
  }
});
