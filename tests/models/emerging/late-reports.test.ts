/** A feed that tells late neither raises more false alerts than promised nor hides what is emerging. */
import { beforeAll, expect, it } from 'vitest';
import { calibrate } from '../../../models/emerging/calibrate.ts';
import type { ChanceTail } from '../../../models/emerging/chance.ts';
import { EmergingDetector, type Detection } from '../../../models/emerging/detector.ts';
import { chanceIncidents, type ChanceIncident } from '../../../models/emerging/replicas.ts';
import { TIMELY_MS, toldLate } from '../../../models/emerging/told-late.ts';
import { WeeklyExpectation } from '../../../models/emerging/weekly-field.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { Intensity } from '../../../server/simulator/intensity.ts';
import { Places } from '../../../server/simulator/places.ts';
import { DELAY_EDGES_HOURS, knownShare, type Completeness } from '../../../shared/reporting-delay.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts';
import { emergingCity, LONDON, type EmergingCity } from '../../support/emerging-city.ts';

const START_MS = Date.UTC(2026, 0, 5);
const DAYS = 40;
/** One a day. */
const SIZE = 4;
/** Half is known within half an hour, a quarter after more than one. */
const LATE: Completeness = DELAY_EDGES_HOURS.map((hours) => 1 - 0.5 ** (hours / 0.5));

let city: EmergingCity;
/** With the delays allowed for, and without. */
let tails: { allowed: ChanceTail; not: ChanceTail };
beforeAll(() => {
  city = emergingCity(new Intensity(new Places(1), 0.004));
  const options = { ...city, timeZone: LONDON, dispersion: 0, seed: 1, incidents: 15_000 };
  tails = { allowed: calibrate({ ...options, completeness: LATE }), not: calibrate(options) };
}, 120_000);

/** What is opened of incidents that are told late. */
function opened(incidents: Iterable<ChanceIncident>, how: keyof typeof tails): Told[] {
  const reportedShare = how === 'allowed' ? (ageMs: number) => knownShare(LATE, ageMs) : undefined;
  const options = {
    grid: city.grid,
    expectation: new WeeklyExpectation(city.field, LONDON, reportedShare),
    ...{ dispersion: 0, tail: tails[how], promisedDays: 1 },
  };
  const detector = new EmergingDetector(options);
  const told: Told[] = [];
  for (const { cell, occurredMs, atMs } of toldLate(incidents, LATE, seededRandom(5))) {
    const happening = { cell: city.grid.cells[cell] ?? '', occurredAtMs: occurredMs };
    if (atMs - occurredMs > TIMELY_MS) detector.count(happening, atMs);
    else {
      const detection = detector.add(happening, atMs);
      if (detection?.change === 'opened' && atMs >= START_MS) told.push({ detection, atMs });
    }
  }
  return told;
}

interface Told {
  detection: Detection;
  atMs: number;
}

const usual = (): Generator<ChanceIncident> =>
  chanceIncidents(
    city.field,
    { fromMs: START_MS - DAY_MS, toMs: START_MS + DAYS * DAY_MS, timeZone: LONDON },
    0,
    seededRandom(77),
  );

it('keeps the promised rate where the learnt delays are allowed for, and is far below where not', () => {
  const [allowed, not] = (['allowed', 'not'] as const).map((how) => opened(usual(), how).length);
  // 95 % of a Poisson count, and 15 % of what the calibration does not know.
  const spread = 1.96 * Math.sqrt(DAYS + (0.15 * DAYS) ** 2);
  expect(Math.abs((allowed ?? 0) - DAYS)).toBeLessThan(spread);
  expect(not).toBeLessThan(DAYS - spread);
}, 120_000);

it('finds more of what is emerging where they are allowed for', () => {
  const random = seededRandom(13);
  const background = [...usual()];
  const clusters = Array.from({ length: DAYS }, (_, i) => ({
    cell: background[Math.floor(random() * background.length)]?.cell ?? 0,
    fromMs: START_MS + (i + 0.9 * random()) * DAY_MS,
  }));
  const extras = clusters.flatMap(({ cell, fromMs }) =>
    Array.from({ length: SIZE }, () => ({ cell, atMs: fromMs + random() * HOUR_MS })),
  );
  const incidents = [...background, ...extras].sort((one, other) => one.atMs - other.atMs);
  const [allowed, not] = (['allowed', 'not'] as const).map((how) => {
    const told = opened(incidents, how);
    return clusters.filter(({ cell, fromMs }) =>
      told.some(
        ({ detection, atMs }) =>
          atMs >= fromMs &&
          atMs < fromMs + 2 * HOUR_MS &&
          detection.cells.includes(city.grid.cells[cell] ?? ''),
      ),
    ).length;
  });
  expect(allowed).toBeGreaterThan((not ?? DAYS) + 2);
}, 120_000);
