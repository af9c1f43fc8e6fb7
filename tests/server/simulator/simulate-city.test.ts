/** The simulated city is repeatable, lies where a city would, and repeats itself nearby more than chance would have it. */
import { Compile } from 'typebox/compile';
import { beforeAll, describe, expect, it } from 'vitest';
import { CENTRES, NIGHT_LIFE } from '../../../server/simulator/geography.ts';
import { weeklyRate } from '../../../server/simulator/rhythm.ts';
import { isBuiltUp } from '../../../server/simulator/land.ts';
import { distance, toPlane } from '../../../server/simulator/plane.ts';
import {
  SimulatedCity,
  simulateCity,
  type SimulatedMessage,
} from '../../../server/simulator/simulate-city.ts';
import { AGENCIES, CATEGORIES, MARKERS } from '../../../shared/category.ts';
import { IncidentMessage } from '../../../shared/incident.ts';
import { DAY_MS, parseInstant, TimeZone } from '../../../shared/time.ts';

const START_MS = Date.UTC(2026, 2, 2);
const isIncident = Compile(IncidentMessage);
const london = new TimeZone('Europe/London');

function first(count: number, seed = 1): SimulatedMessage[] {
  return simulateCity({ seed, ratePerSecond: 50, startMs: START_MS }).take(count).toArray();
}

const occurredMs = ({ incident }: SimulatedMessage): number => parseInstant(incident.occurredAt) ?? NaN;
const pointOf = ({ incident }: SimulatedMessage) => toPlane(incident.location.lat, incident.location.lon);
const isFirst = ({ incident }: SimulatedMessage): boolean => incident.revision === undefined;

/** Eight weeks at the pace of a real city. */
let weeks: SimulatedMessage[];
beforeAll(() => {
  const days = 56;
  const stretch = {
    startMs: START_MS,
    endMs: START_MS + days * DAY_MS,
    ratePerSecond: weeklyRate(40_000 / (days * 86_400)),
  };
  weeks = new SimulatedCity(1).messages(stretch).toArray();
});

describe('repeatability', () => {
  it('tells the same twice for one seed, and something else for another', () => {
    expect(first(2_000)).toEqual(first(2_000));
    expect(first(200, 2).map(({ incident }) => incident.location)).not.toEqual(
      first(200).map(({ incident }) => incident.location),
    );
  });

  it('never gives an id of another run to another incident', () => {
    const later = simulateCity({ seed: 1, ratePerSecond: 50, startMs: START_MS + 1 }).take(2_000);
    const ids = new Set(first(2_000).map(({ incident }) => incident.id));
    expect(later.some(({ incident }) => ids.has(incident.id))).toBe(false);
  });
});

describe('messages', () => {
  it('all are valid incidents, marked as simulated, in the order in which they become known', () => {
    expect(weeks.filter(({ incident }) => !isIncident.Check(incident))).toEqual([]);
    expect(weeks.every(({ incident }) => incident.origin === 'simulated')).toBe(true);
    expect(weeks.every(({ knownAtMs }, at) => knownAtMs >= (weeks[at - 1]?.knownAtMs ?? 0))).toBe(true);
    expect(weeks.filter((message) => occurredMs(message) > message.knownAtMs)).toEqual([]);
  });

  it('cover every agency, category and marker', () => {
    expect(new Set(weeks.map(({ feed }) => feed.agency))).toEqual(new Set(AGENCIES));
    expect(new Set(weeks.map(({ incident }) => incident.category))).toEqual(new Set(CATEGORIES));
    expect(new Set(weeks.flatMap(({ incident }) => incident.markers ?? []))).toEqual(new Set(MARKERS));
  });

  it('hold small shares of duplicates, corrections, cancellations and late reports', () => {
    const seen = new Map<string, string>();
    const counts = { duplicates: 0, corrections: 0, cancelled: 0, closed: 0, swapped: 0, late: 0 };
    for (const message of weeks) {
      const { incident, feed, knownAtMs } = message;
      const key = `${feed.feed} ${incident.id}`;
      const content = JSON.stringify(incident);
      const before = seen.get(key);
      if (before === content) counts.duplicates++;
      if (before === undefined && incident.revision === 2) counts.swapped++;
      if (incident.status === 'cancelled') counts.cancelled++;
      else if (incident.status === 'closed') counts.closed++;
      else if (incident.revision === 2) counts.corrections++;
      if (knownAtMs - occurredMs(message) > 2 * DAY_MS) counts.late++;
      seen.set(key, content);
    }
    for (const [kind, count] of Object.entries(counts)) {
      expect(count / weeks.length, kind).toBeGreaterThan(0.0005);
      expect(count / weeks.length, kind).toBeLessThan(0.08);
    }
  });

  it('come at the rate asked for, at any hour', () => {
    const incidents = first(30_000).filter(isFirst);
    const seconds = ((incidents.at(-1)?.knownAtMs ?? 0) - START_MS) / 1_000;
    expect(incidents.length / seconds).toBeGreaterThan(48);
    expect(incidents.length / seconds).toBeLessThan(52);
  });
});

describe('places', () => {
  it('leave river, docks and parks empty', () => {
    const originals = weeks.filter(isFirst);
    // Coordinates are rounded to a metre, so an address on a bank may fall just outside.
    expect(originals.filter((message) => !isBuiltUp(pointOf(message))).length).toBeLessThan(20);
  });

  it('crowd in centres, where a fraction of the area has a large share of the incidents', () => {
    const middles = [...CENTRES, ...NIGHT_LIFE].map(({ centre }) => centre);
    const isCentral = (message: SimulatedMessage): boolean =>
      middles.some((middle) => distance(middle, pointOf(message)) < 400);
    const share = weeks.filter(isCentral).length / weeks.length;
    // 41 circles of 400 m are under 5 % of the frame.
    expect(share).toBeGreaterThan(5 * 0.05);
    expect(share).toBeLessThan(0.75);
  });

  it('are busiest where people go out in the nights to Saturday and Sunday', () => {
    const soho = NIGHT_LIFE[0]?.centre ?? { x: 0, y: 0 };
    const perHour = new Map<number, number>();
    for (const message of weeks.filter(isFirst)) {
      if (distance(soho, pointOf(message)) > 500) continue;
      const { hourOfWeek } = london.localTime(occurredMs(message));
      perHour.set(hourOfWeek, (perHour.get(hourOfWeek) ?? 0) + 1);
    }
    const at = (day: number, hour: number): number => perHour.get(day * 24 + hour) ?? 0;
    expect(at(4, 23) + at(5, 0) + at(5, 23) + at(6, 0)).toBeGreaterThan(
      3 * (at(0, 23) + at(1, 0) + at(1, 23) + at(2, 0)),
    );
  });
});

it('repeats burglaries close in space and time beyond chance (Knox 1964)', () => {
  const burglaries = weeks
    .filter(isFirst)
    .filter(({ incident }) => incident.category === 'burglary')
    .map((message) => ({ atMs: message.knownAtMs, point: pointOf(message) }));
  const closePairs = (atMs: number[]): number => {
    let pairs = 0;
    for (const [one, { point }] of burglaries.entries()) {
      for (let other = one + 1; other < burglaries.length; other++) {
        const isNear = distance(point, burglaries[other]?.point ?? point) < 200;
        if (isNear && Math.abs((atMs[one] ?? 0) - (atMs[other] ?? 0)) < 2 * DAY_MS) pairs++;
      }
    }
    return pairs;
  };
  const times = burglaries.map(({ atMs }) => atMs);
  // The same places with times dealt out anew, always the same way.
  const dealt = times.map((_, at) => times[(at * 7919) % times.length] ?? 0);
  expect(closePairs(times)).toBeGreaterThan(1.5 * closePairs(dealt));
});

describe('a stretch of time', () => {
  it('has about as many incidents as its rate asks for, and none from beyond its ends', () => {
    const options = { startMs: START_MS, endMs: START_MS + 7 * DAY_MS, ratePerSecond: weeklyRate(0.05) };
    const week = new SimulatedCity(1).messages(options).filter(isFirst).toArray();
    const asked = 7 * 86_400 * 0.05;
    expect(week.length).toBeGreaterThan(0.85 * asked);
    expect(week.length).toBeLessThan(1.15 * asked);
    expect(week.every(({ knownAtMs }) => knownAtMs <= options.endMs)).toBe(true);
  });
});
