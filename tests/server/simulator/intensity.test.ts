/** A city without clusters and near-repeats is a Poisson process of known intensity: what false alarms are counted on. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Intensity } from '../../../server/simulator/intensity.ts';
import { Places } from '../../../server/simulator/places.ts';
import { SimulatedCity } from '../../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../../server/simulator/telling.ts';
import { cellAt } from '../../../shared/cell.ts';
import { DAY_MS, HOURS_PER_WEEK, parseInstant, TimeZone } from '../../../shared/time.ts';

const PER_SECOND = 0.015;
const WEEKS = 6;
const START_MS = Date.UTC(2026, 0, 5);
/** What happened before is told within the first week; what happened within is told in the last. */
const WINDOW = { fromMs: START_MS + 7 * DAY_MS, toMs: START_MS + (1 + WEEKS) * 7 * DAY_MS };
const STRETCH = { startMs: START_MS, endMs: WINDOW.toMs + 7 * DAY_MS, ratePerSecond: weeklyRate(PER_SECOND) };
const london = new TimeZone('Europe/London');

let places: Places;
let intensity: Intensity;
beforeAll(() => {
  places = new Places(1);
  intensity = new Intensity(places, PER_SECOND);
});

interface Counts {
  total: number;
  perHour: number[];
  perCell: Map<string, number>;
}

function observe(nearRepeats: boolean): Counts {
  const counts: Counts = { total: 0, perHour: new Array<number>(HOURS_PER_WEEK).fill(0), perCell: new Map() };
  const seen = new Set<string>();
  for (const { incident } of new SimulatedCity(1, { places, nearRepeats }).messages(STRETCH)) {
    const atMs = parseInstant(incident.occurredAt) ?? NaN;
    const isFirst = incident.revision === undefined && !seen.has(incident.id);
    if (!isFirst || atMs < WINDOW.fromMs || atMs >= WINDOW.toMs) continue;
    seen.add(incident.id);
    counts.total++;
    const { hourOfWeek } = london.localTime(atMs);
    counts.perHour[hourOfWeek] = (counts.perHour[hourOfWeek] ?? 0) + 1;
    const cell = cellAt(incident.location.lat, incident.location.lon);
    counts.perCell.set(cell, (counts.perCell.get(cell) ?? 0) + 1);
  }
  return counts;
}

function expectedIn(hour: number): number {
  return (
    WEEKS *
    intensity
      .inHour(hour)
      .values()
      .reduce((sum, count) => sum + count, 0)
  );
}

function expectedPerCell(): Map<string, number> {
  const expected = new Map<string, number>();
  for (let hour = 0; hour < HOURS_PER_WEEK; hour++) {
    for (const [cell, count] of intensity.inHour(hour))
      expected.set(cell, (expected.get(cell) ?? 0) + WEEKS * count);
  }
  return expected;
}

/** 1 on average where counts are Poisson with these means. */
function dispersion(pairs: readonly (readonly [observed: number, expected: number])[]): number {
  return (
    pairs.reduce((sum, [observed, expected]) => sum + (observed - expected) ** 2 / expected, 0) / pairs.length
  );
}

describe('without near-repeats', () => {
  let counts: Counts;
  beforeAll(() => {
    counts = observe(false);
  });

  it('as much happens as is expected', () => {
    const expected = PER_SECOND * ((WINDOW.toMs - WINDOW.fromMs) / 1_000);
    expect(Math.abs(counts.total - expected)).toBeLessThan(3 * Math.sqrt(expected));
  });

  it('each hour of the week has its share', () => {
    const pairs = counts.perHour.map((observed, hour) => [observed, expectedIn(hour)] as const);
    expect(dispersion(pairs)).toBeLessThan(1 + 4 * Math.sqrt(2 / pairs.length));
  });

  it('each cell has its share, no more scattered than chance has it', () => {
    const expected = expectedPerCell();
    const pairs = [...expected]
      .filter(([, count]) => count > 5)
      .map(([cell, count]) => [counts.perCell.get(cell) ?? 0, count] as const);
    expect(pairs.length).toBeGreaterThan(1_000);
    expect(dispersion(pairs)).toBeGreaterThan(1 - 4 * Math.sqrt(2 / pairs.length));
    expect(dispersion(pairs)).toBeLessThan(1 + 4 * Math.sqrt(2 / pairs.length));
    expect([...counts.perCell.keys()].filter((cell) => !expected.has(cell))).toEqual([]);
  });
});

it('counts are far more scattered with near-repeats', () => {
  const { perCell } = observe(true);
  const pairs = [...expectedPerCell()]
    .filter(([, count]) => count > 5)
    .map(([cell, count]) => [perCell.get(cell) ?? 0, count] as const);
  expect(dispersion(pairs)).toBeGreaterThan(1.5);
});

it('tells what is expected of one kind alone', () => {
  const all = intensity.inHour(100);
  const burglaries = intensity.inHour(100, ({ happening }) => (happening.category === 'burglary' ? 1 : 0));
  const [cell] = [...all].sort(([, one], [, other]) => other - one)[0] ?? [''];
  expect(burglaries.get(cell)).toBeGreaterThan(0);
  expect(burglaries.get(cell)).toBeLessThan(all.get(cell) ?? 0);
});
