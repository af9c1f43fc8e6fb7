/** `alert.power`: which share of clusters is detected, and how soon, beside the best plain count with as many false alarms. */
import { calibrate } from '../../models/emerging/calibrate.ts';
import { EmergingDetector } from '../../models/emerging/detector.ts';
import { chanceIncidents } from '../../models/emerging/replicas.ts';
import { WeeklyExpectation } from '../../models/emerging/weekly-field.ts';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { Intensity } from '../../server/simulator/intensity.ts';
import { Places } from '../../server/simulator/places.ts';
import { DAY_MS, HOUR_MS } from '../../shared/time.ts';
import { emergingCity, LONDON, type EmergingCity } from '../support/emerging-city.ts';
import { detectorsAt, powers, type TrialOptions } from '../support/emerging-trials.ts';
import { distribution, round, type Benchmark, type Figure } from './bench.ts';

const SIZES = [4, 5, 6, 8, 12];
const TRIALS = 200;
const INCIDENTS = 60_000;
/** The shipped model's for all incidents together. */
const DISPERSION = 0.085;
const PER_SECOND = 0.015;
const FALSE_ALARM_SEEDS = 8;
const FALSE_ALARM_DAYS = 25;
const START_MS = Date.UTC(2026, 0, 5);

/** What the city is and what the scan takes it for. */
const CASES = [
  { name: 'alert.power', dispersion: DISPERSION },
  { name: 'alert.power.independent', dispersion: 0 },
  // What it costs to take a city for more bursty than it is.
  { name: 'alert.power.overstated', dispersion: 0, assumedDispersion: DISPERSION },
] satisfies ({ name: string } & Partial<TrialOptions>)[];

export const alertPower: Benchmark = {
  names: [
    'alert.power.false',
    ...CASES.flatMap(({ name }) => [
      name,
      ...SIZES.flatMap((size) => [`${name}.${size}`, `${name}.delay.${size}`]),
    ]),
  ],
  run: (report) => {
    const city = emergingCity(new Intensity(new Places(1), PER_SECOND));
    report(`${city.grid.cells.length} cells, one false alarm a day is promised`);
    const figures: Figure[] = [falseAlarms(city)];
    for (const { name, ...dispersions } of CASES) {
      const options = { city, ...dispersions, promisedDays: 1, incidents: INCIDENTS };
      const trials = { sizes: SIZES, durationMs: HOUR_MS, trials: TRIALS, seed: 1 };
      const { bySize, plainCount } = powers(detectorsAt(options), trials);
      report(`${name}: the best plain count is about ${plainCount}`);
      const mean = (of: (power: (typeof bySize)[number]) => number): number =>
        round((100 * bySize.reduce((sum, one) => sum + of(one), 0)) / bySize.length);
      const [ours, theirs] = [mean(({ scan }) => scan), mean(({ plain }) => plain)];
      const all = { name, value: ours, unit: '%', n: TRIALS * SIZES.length };
      figures.push({ ...all, baseline: theirs, ratio: round(ours / theirs) });
      for (const { size, scan, plain, scanDelays, plainDelays } of bySize) {
        const share = { name: `${name}.${size}`, value: round(scan * 100), unit: '%', n: TRIALS };
        figures.push({ ...share, baseline: round(plain * 100), ratio: round(scan / plain) });
        const delay = distribution(`${name}.delay.${size}`, 'min', scanDelays);
        const baseline = distribution('', 'min', plainDelays).value;
        figures.push({ ...delay, baseline, ratio: round(delay.value / baseline) });
      }
    }
    return Promise.resolve(figures);
  },
};

/** False alarms a day, over seeds that the calibration has not seen; the baseline is what is promised. */
function falseAlarms(city: EmergingCity): Figure {
  const options = { ...city, timeZone: LONDON, dispersion: DISPERSION, seed: 1, incidents: INCIDENTS };
  const tail = calibrate(options);
  const perDay = Array.from({ length: FALSE_ALARM_SEEDS }, (_, seed) => {
    const expectation = new WeeklyExpectation(city.field, LONDON);
    const detector = new EmergingDetector({ ...options, expectation, tail, promisedDays: 1 });
    const span = {
      fromMs: START_MS - DAY_MS,
      toMs: START_MS + FALSE_ALARM_DAYS * DAY_MS,
      timeZone: LONDON,
    };
    let alarms = 0;
    for (const { cell, atMs } of chanceIncidents(city.field, span, DISPERSION, seededRandom(1_000 + seed))) {
      const told = detector.add({ cell: city.grid.cells[cell] ?? '', occurredAtMs: atMs }, atMs);
      if (told?.change === 'opened' && atMs >= START_MS) alarms++;
    }
    return alarms / FALSE_ALARM_DAYS;
  });
  const mean = perDay.reduce((sum, alarms) => sum + alarms, 0) / perDay.length;
  const figure = distribution('alert.power.false', 'false alarms/day', perDay);
  return { ...figure, value: round(mean), baseline: 1, ratio: round(mean) };
}
