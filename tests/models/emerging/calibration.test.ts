/** Alerts come no more often than promised where nothing is at work, and the scan beats a plain count where something is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate, calibrationSlices } from '../../../models/emerging/calibrate.ts';
import { onceInDays, scoreOnceIn, type ChanceTail } from '../../../models/emerging/chance.ts';
import { Clusters, levelsFor } from '../../../models/emerging/clusters.ts';
import { EmergingDetector } from '../../../models/emerging/detector.ts';
import { chanceIncidents } from '../../../models/emerging/replicas.ts';
import { Scan } from '../../../models/emerging/scan.ts';
import { WeeklyExpectation } from '../../../models/emerging/weekly-field.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { Intensity } from '../../../server/simulator/intensity.ts';
import { Places } from '../../../server/simulator/places.ts';
import { SimulatedCity } from '../../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../../server/simulator/telling.ts';
import { cellAt, type Cell } from '../../../shared/cell.ts';
import { DAY_MS, parseInstant } from '../../../shared/time.ts';
import { emergingCity, LONDON, type EmergingCity } from '../../support/emerging-city.ts';

const PER_SECOND = 0.004;
const START_MS = Date.UTC(2026, 0, 5);

const SEEDS = 6;
const DAYS = 20;
/** Of replicas: about ten seconds of work in all. */
const INCIDENTS = 20_000;

let places: Places;
let city: EmergingCity;
let tail: ChanceTail;
let cities: Told[][];
beforeAll(() => {
  places = new Places(1);
  city = emergingCity(new Intensity(places, PER_SECOND));
  tail = calibrate({ ...city, timeZone: LONDON, dispersion: 0, seed: 1, incidents: INCIDENTS });
  cities = Array.from({ length: SEEDS }, (_, seed) => told(seed + 1));
}, 240_000);

interface Told {
  cell: Cell;
  occurredAtMs: number;
  knownAtMs: number;
}

/** The city's own messages, in which nothing draws the next and nobody has put a cluster. */
function told(seed: number): Told[] {
  const span = {
    startMs: START_MS - 4 * DAY_MS,
    endMs: START_MS + (DAYS + 1) * DAY_MS,
    ratePerSecond: weeklyRate(PER_SECOND),
  };
  const seen = new Set<string>();
  const list: Told[] = [];
  for (const { incident, knownAtMs } of new SimulatedCity(seed, { places, nearRepeats: false }).messages(
    span,
  )) {
    if (seen.has(incident.id)) continue;
    seen.add(incident.id);
    const { lat, lon } = incident.location;
    const occurredAtMs = parseInstant(incident.occurredAt) ?? NaN;
    list.push({ cell: cellAt(lat, lon), occurredAtMs, knownAtMs });
  }
  return list;
}

/** Alerts that are opened where nothing is at work, by what is promised, when incidents become known as `at` says. */
function opened(at: (incident: Told) => number): Record<'daily' | 'tenDaily', number> {
  const enters = { daily: scoreOnceIn(tail, 1), tenDaily: scoreOnceIn(tail, 10) };
  const alerts = { daily: 0, tenDaily: 0 };
  for (const incidents of cities) {
    const expectation = new WeeklyExpectation(city.field, LONDON);
    const scan = new Scan({ grid: city.grid, expectation, dispersion: 0 });
    const sets = (['daily', 'tenDaily'] as const).map(
      (promise) => [promise, new Clusters(city.grid, levelsFor(enters[promise]))] as const,
    );
    for (const incident of [...incidents].sort((one, other) => at(one) - at(other))) {
      const nowMs = at(incident);
      if (nowMs < START_MS - DAY_MS || nowMs >= START_MS + DAYS * DAY_MS) continue;
      const cell = city.grid.take(incident.cell);
      scan.add(cell, incident.occurredAtMs, nowMs);
      const candidate = scan.strongest(cell, nowMs, levelsFor(enters.daily).stay);
      if (candidate === undefined) continue;
      for (const [promise, clusters] of sets) {
        clusters.expire(nowMs);
        if (clusters.take(candidate, nowMs)?.isNew === true && nowMs >= START_MS) alerts[promise]++;
      }
    }
  }
  return alerts;
}

describe('where nothing is at work', () => {
  const spread = (expected: number, ofCalibration: number): number =>
    1.96 * Math.sqrt(expected + (ofCalibration * expected) ** 2);

  it('false alerts come as often as promised, over many seeds', () => {
    const alerts = opened(({ occurredAtMs }) => occurredAtMs);
    const expected = SEEDS * DAYS;
    expect(Math.abs(alerts.daily - expected)).toBeLessThan(spread(expected, 0.15));
    expect(Math.abs(alerts.tenDaily - expected / 10)).toBeLessThan(spread(expected / 10, 0.3));
  }, 240_000);

  it('what is told late brings fewer, never more', () => {
    const alerts = opened(({ knownAtMs }) => knownAtMs);
    const expected = SEEDS * DAYS;
    expect(alerts.daily).toBeLessThan(expected + spread(expected, 0));
  }, 240_000);

  it('bursts are no more often taken for clusters than promised, where the model knows how bursty it is', () => {
    const dispersion = 0.5;
    const bursty = calibrate({ ...city, timeZone: LONDON, dispersion, seed: 1, incidents: INCIDENTS });
    const expectation = new WeeklyExpectation(city.field, LONDON);
    const days = 40;
    const span = { fromMs: START_MS - DAY_MS, toMs: START_MS + days * DAY_MS, timeZone: LONDON };
    const alertsWith = (own: ChanceTail, theta: number): number => {
      const options = { grid: city.grid, expectation, dispersion: theta, tail: own, promisedDays: 1 };
      const detector = new EmergingDetector(options);
      let alerts = 0;
      for (const { cell, atMs } of chanceIncidents(city.field, span, dispersion, seededRandom(99))) {
        const detection = detector.add({ cell: city.grid.cells[cell] ?? '', occurredAtMs: atMs }, atMs);
        if (detection?.change === 'opened' && atMs >= START_MS) alerts++;
      }
      return alerts;
    };
    expect(alertsWith(bursty, dispersion)).toBeLessThan(days + spread(days, 0.15));
    // Who takes bursts for independent incidents is called for nothing all day.
    expect(alertsWith(tail, 0)).toBeGreaterThan(3 * days);
  }, 240_000);
});

it('says how often chance brings a score, and which score it brings so often', () => {
  for (const days of [0.5, 7, 30]) expect(onceInDays(tail, scoreOnceIn(tail, days))).toBeCloseTo(days, 8);
});

it('can be learnt in slices, and is the same', () => {
  const options = { ...city, timeZone: LONDON, dispersion: 0, seed: 3, incidents: 2_000 };
  const slices = calibrationSlices(options);
  let [slice, count] = [slices.next(), 1];
  for (; slice.done !== true; slice = slices.next()) count++;
  expect(count).toBeGreaterThan(20);
  expect(slice.value).toEqual(calibrate(options));
});

it('another seed tells about the same tail', () => {
  const other = calibrate({ ...city, timeZone: LONDON, dispersion: 0, seed: 2, incidents: INCIDENTS });
  const ratio = onceInDays(tail, scoreOnceIn(other, 1));
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
}, 240_000);
