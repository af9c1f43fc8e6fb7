/** Near-repeats: what repeats is found with its distance, days and rise; what does not is not claimed to. */
import { describe, expect, it } from 'vitest';
import { knoxRatios, type KnoxBands, type KnoxRatio } from '../../../models/emerging/knox.ts';
import { metresBetween, type PlacedIncident } from '../../../models/emerging/close-pairs.ts';
import { NearRepeatRisk, repeatersOf } from '../../../models/emerging/near-repeat.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';
import { Places } from '../../../server/simulator/places.ts';
import { SimulatedCity } from '../../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../../server/simulator/telling.ts';
import { DAY_MS, parseInstant } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 0, 5);
const DAYS = 120;
const END_MS = START_MS + DAYS * DAY_MS;
const BANDS: KnoxBands = { metres: [100, 200, 400], days: [2, 7, 14] };
const METRES_PER_DEGREE = 111_320;
const SQUARE_METRES = 4_000;

function at(x: number, y: number, atMs: number): PlacedIncident {
  const lat = 51.5 + y / METRES_PER_DEGREE;
  return { lat, lon: -0.1 + x / (METRES_PER_DEGREE * Math.cos((51.5 * Math.PI) / 180)), atMs };
}

/** Busy places and busy days, which have nothing to do with each other; and children of some, close by and soon after. */
function town(seed: number, { parents, children }: { parents: number; children: number }): PlacedIncident[] {
  const random = seededRandom(seed);
  const centres = Array.from({ length: 12 }, () => [random() * SQUARE_METRES, random() * SQUARE_METRES]);
  const points = Array.from({ length: parents }, () => {
    const [x = 0, y = 0] = centres[Math.floor(random() * centres.length)] ?? [];
    const spread = random() < 0.5 ? 500 : SQUARE_METRES;
    // More in each later month.
    const day = DAYS * Math.sqrt(random());
    return { x: x + (random() - 0.5) * spread, y: y + (random() - 0.5) * spread, day };
  });
  for (let child = 0; child < children; child++) {
    const { x, y, day } = points[Math.floor(random() * parents)] ?? { x: 0, y: 0, day: 0 };
    const [angle, metres] = [random() * 2 * Math.PI, 99 * Math.sqrt(random())];
    const later = day + random() * 1.99;
    points.push({ x: x + metres * Math.cos(angle), y: y + metres * Math.sin(angle), day: later });
  }
  return points.map(({ x, y, day }) => at(x, y, START_MS + day * DAY_MS));
}

const inBand = (ratios: readonly KnoxRatio[], metres: number, days: number): KnoxRatio | undefined =>
  ratios.find(({ toMetres, toDays }) => toMetres === metres && toDays === days);

describe('the Knox ratio', () => {
  it('counts pairs by distance and time as counting them one by one does', () => {
    const incidents = town(1, { parents: 150, children: 20 });
    const ratios = knoxRatios(incidents, { bands: BANDS, permutations: 1, seed: 1 });
    for (const band of ratios) {
      let pairs = 0;
      incidents.forEach((one, i) => {
        for (const other of incidents.slice(i + 1)) {
          const metres = metresBetween(one, other);
          const days = Math.abs(one.atMs - other.atMs) / DAY_MS;
          const isIn = metres >= band.fromMetres && metres < band.toMetres;
          if (isIn && days >= band.fromDays && days < band.toDays) pairs++;
        }
      });
      expect(band.observed).toBe(pairs);
    }
  });

  it('is the rise that was put in, within its interval nearly always', () => {
    let holds = 0;
    const seeds = 40;
    for (let seed = 1; seed <= seeds; seed++) {
      const children = 60;
      const incidents = town(seed, { parents: 500, children });
      const found = inBand(knoxRatios(incidents, { bands: BANDS, permutations: 99, seed }), 100, 2);
      const { observed = 0, expected = 0, lower = 0, upper = 0 } = found ?? {};
      // Beside its parent a child has the parent's other neighbours; these pairs are what chance brings.
      const truth = 1 + children / expected;
      expect(observed).toBeGreaterThan(children - 1);
      if (lower <= truth && truth <= upper) holds++;
    }
    expect(holds).toBeGreaterThanOrEqual(seeds * 0.85);
  });
});

describe('what does not repeat', () => {
  it('is claimed to no more often than promised, in busy places and busy months', () => {
    const significance = 0.05;
    const measurements = 120;
    let claims = 0;
    for (let seed = 1; seed <= measurements; seed++) {
      const risk = new NearRepeatRisk('burglary', { significance, permutations: 199 });
      for (const incident of town(seed, { parents: 250, children: 0 })) risk.add(incident, END_MS);
      if (risk.measure(END_MS, seed).raised.length > 0) claims++;
    }
    // Six are promised; P(more than 11) is 2 %.
    expect(claims).toBeLessThanOrEqual(11);
  });
});

describe('after an incident', () => {
  const repeating = (): NearRepeatRisk => {
    const risk = new NearRepeatRisk('burglary', { permutations: 199 });
    for (const incident of town(3, { parents: 500, children: 90 })) risk.add(incident, END_MS);
    return risk;
  };

  it('nothing is claimed before the data were measured', () => {
    expect(repeating().add(at(0, 0, END_MS), END_MS)).toBeUndefined();
  });

  it('the risk is raised so far, so long and by so much as was measured, and then no more', () => {
    const risk = repeating();
    const { raised } = risk.measure(END_MS, 1);
    expect(raised.map(({ toMetres, toDays }) => [toMetres, toDays])).toEqual([[100, 2]]);
    const told = risk.add(at(10, 10, END_MS), END_MS);
    expect(told).toMatchObject({ kind: 'near-repeat', repeater: 'burglary', metres: 100, atMs: END_MS });
    expect(told?.untilMs).toBe(END_MS + 2 * DAY_MS);
    expect(told?.rise).toBeCloseTo(raised[0]?.ratio ?? 0, 10);
    expect(told?.lower).toBeGreaterThan(1);
    expect(told?.bands).toMatchObject([
      { fromMetres: 0, toMetres: 100, fromMs: END_MS, untilMs: END_MS + 2 * DAY_MS, rise: told?.rise },
    ]);
    expect(told?.upper).toBeGreaterThan(told?.rise ?? 0);
    expect(risk.risks(END_MS + DAY_MS)).toContainEqual(told);
    expect(risk.riskAfter(at(10, 10, END_MS), END_MS + 2 * DAY_MS)).toBeUndefined();
  });

  it('that was taken back, nothing is raised', () => {
    const risk = repeating();
    risk.measure(END_MS, 1);
    const before = risk.risks(END_MS);
    risk.add(at(10, 10, END_MS), END_MS);
    risk.remove(at(10, 10, END_MS));
    expect(risk.risks(END_MS)).toEqual(before);
  });

  it('it goes on after a restart as if there had been none', () => {
    const risk = repeating();
    risk.measure(END_MS, 1);
    const again = NearRepeatRisk.decode(risk.encode(), 'burglary', { permutations: 199 });
    expect(again.measured).toEqual(risk.measured);
    expect(again.risks(END_MS)).toEqual(risk.risks(END_MS));
    expect(again.measure(END_MS, 2)).toEqual(risk.measure(END_MS, 2));
  });
});

it('finds the burglaries of the self-exciting city to repeat, and those of the city without to stand for themselves', () => {
  const places = new Places(1);
  const measured = [true, false].map((nearRepeats) => {
    const span = { startMs: START_MS, endMs: START_MS + 60 * DAY_MS, ratePerSecond: weeklyRate(0.01) };
    const risk = new NearRepeatRisk('burglary', { permutations: 299 });
    const seen = new Set<string>();
    for (const { incident } of new SimulatedCity(1, { places, nearRepeats }).messages(span)) {
      if (seen.has(incident.id) || incident.category !== 'burglary') continue;
      seen.add(incident.id);
      const { lat, lon } = incident.location;
      risk.add({ lat, lon, atMs: parseInstant(incident.occurredAt) ?? NaN }, span.endMs);
    }
    return risk.measure(span.endMs, 1);
  });
  const [repeating, alone] = measured;
  const nearest = inBand(repeating?.raised ?? [], 100, 2);
  expect(nearest?.ratio).toBeGreaterThan(2);
  expect(nearest?.lower).toBeGreaterThan(1.5);
  expect(alone?.raised).toEqual([]);
}, 60_000);

it('knows what an incident may repeat', () => {
  expect(repeatersOf({ category: 'burglary', markers: [] })).toEqual(['burglary']);
  expect(repeatersOf({ category: 'robbery', markers: ['knife'] })).toEqual(['robbery', 'knife']);
  expect(repeatersOf({ category: 'shoplifting', markers: ['youth'] })).toEqual([]);
});
