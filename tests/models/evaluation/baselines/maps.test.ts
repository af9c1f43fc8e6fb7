/** What each map makes of a handful of incidents, reckoned by hand. */
import { describe, expect, it } from 'vitest';
import type { PlaceMap, TrainingPast, Baseline } from '../../../../models/evaluation/baselines/baseline.ts';
import { relativeMap } from '../../../../models/evaluation/baselines/baseline.ts';
import { Ground } from '../../../../models/evaluation/baselines/ground.ts';
import {
  KERNEL_DENSITY,
  KERNEL_DENSITY_TUNED,
} from '../../../../models/evaluation/baselines/kernel-density.ts';
import { PastOfGroup, type KnownPast } from '../../../../models/evaluation/baselines/known-past.ts';
import { NAIVE_MAP } from '../../../../models/evaluation/baselines/naive-map.ts';
import { PROSPECTIVE_HOTSPOTTING } from '../../../../models/evaluation/baselines/prospective-hotspotting.ts';
import { SPACE_TIME_KERNEL } from '../../../../models/evaluation/baselines/space-time-kernel.ts';
import { ALL, type KnownIncident } from '../../../../models/features/counted-incident.ts';
import { cellAt, cellCentre } from '../../../../shared/cell.ts';
import { DAY_MS } from '../../../../shared/time.ts';
import { knownIncident, patch, START_MS } from '../../../support/known-incidents.ts';

// The middle, its ring, and the ring around that.
const CELLS = patch(2);
const [MIDDLE = '', BESIDE = ''] = CELLS;
const ground = new Ground(CELLS);
const METRES_PER_DEGREE = (6_371_009 * Math.PI) / 180;

function pastOf(...incidents: Partial<KnownIncident>[]): PastOfGroup {
  const known = incidents
    .map((change) => knownIncident({ cell: MIDDLE, ...change }))
    .sort((one, other) => one.knownAtMs - other.knownAtMs);
  return new PastOfGroup(known, ALL, ground, (cell) => CELLS.indexOf(cell));
}

function daysAgo(days: number): { occurredAtMs: number; knownAtMs: number } {
  return { occurredAtMs: START_MS - days * DAY_MS, knownAtMs: START_MS - days * DAY_MS };
}

function training(past: PastOfGroup, change: Partial<TrainingPast> = {}): TrainingPast {
  return { ground, known: past.before(START_MS), untilMs: START_MS, windows: [], ...change };
}

function mapAt(map: PlaceMap, past: PastOfGroup, atMs = START_MS): Float64Array {
  return map.at(past.before(atMs), { fromMs: atMs, toMs: atMs + DAY_MS });
}

/** A training window in which one incident came, in the middle cell or beside it. */
function window(known: KnownPast, cell: number): TrainingPast['windows'][number] {
  const observed = new Uint16Array(CELLS.length);
  observed[cell] = 1;
  return { window: { fromMs: START_MS, toMs: START_MS + DAY_MS }, known, observed };
}

function fitted(baseline: Baseline, past: PastOfGroup, cell: number): ReturnType<Baseline['fit']> {
  return baseline.fit(training(past, { windows: [window(past.before(START_MS), cell)] }));
}

describe('PastOfGroup', () => {
  it('shows only what became known before, however early it happened', () => {
    const past = pastOf(daysAgo(10), { occurredAtMs: START_MS - 9 * DAY_MS, knownAtMs: START_MS });
    expect(past.before(START_MS).count).toBe(1);
    expect(past.before(START_MS).atMs).toHaveLength(1);
    expect(past.before(START_MS + 1).count).toBe(2);
  });

  it('leaves out what officers found, and keeps what happened outside the cells', () => {
    const past = pastOf({ ...daysAgo(1), discovery: 'officer' }, { ...daysAgo(1), cell: cellAt(53, 0) });
    expect([...past.before(START_MS).cell]).toEqual([-1]);
  });
});

describe('Ground', () => {
  it('finds the cells nearer than a radius, and how far away they are', () => {
    const found = new Map<number, number>();
    ground.forEachNear(ground.east[0] ?? 0, ground.north[0] ?? 0, 400, (cell, squared) => {
      found.set(cell, Math.sqrt(squared));
    });
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const [cell, metres] of found) {
      if (cell > 0) expect(Math.abs(metres - 310)).toBeLessThan(40);
    }
  });

  it('finds nothing near a point far away', () => {
    const found: number[] = [];
    ground.forEachNear(-50_000, 90_000, 1_000, (cell) => found.push(cell));
    expect(found).toEqual([]);
  });
});

describe('relativeMap', () => {
  it('has a mean of 1, and the even spread in it', () => {
    const map = relativeMap(Float64Array.of(3, 1, 0, 0), 0.2);
    [2.6, 1, 0.2, 0.2].forEach((value, cell) => {
      expect(map[cell]).toBeCloseTo(value, 12);
    });
    expect([...relativeMap(new Float64Array(3), 0)]).toEqual([1, 1, 1]);
  });
});

describe('the naive map', () => {
  it('counts the last 365 days, and adds one in each cell', () => {
    const past = pastOf(daysAgo(1), daysAgo(364), daysAgo(366), { ...daysAgo(2), cell: BESIDE });
    const map = mapAt(NAIVE_MAP.fit(training(past)).open(), past);
    expect([...map.slice(0, 3)]).toEqual([3, 2, 1]);
  });
});

describe('kernel density', () => {
  it("has PredictCode's quartic kernel of 200 m, from the incident's place to the middle of the cell", () => {
    const [latitude, longitude] = cellCentre(MIDDLE);
    const hundredMetresNorth: [number, number] = [latitude + 100 / METRES_PER_DEGREE, longitude];
    const past = pastOf({ ...daysAgo(1), place: hundredMetresNorth });
    const { open, parameters } = KERNEL_DENSITY.fit(training(past));
    expect(parameters).toEqual({ bandwidthMetres: 200, days: 60 });
    // (1 − (100 / 200)²)²
    expect(mapAt(open(), past)[0]).toBeCloseTo(0.5625, 6);
  });

  it('forgets an incident after 60 days, in a map that goes on as in one begun then', () => {
    const past = pastOf(daysAgo(30), daysAgo(1));
    const { open } = KERNEL_DENSITY.fit(training(past));
    const map = open();
    expect(mapAt(map, past)[0]).toBeCloseTo(2, 12);
    for (const at of [START_MS + 31 * DAY_MS, START_MS + 60 * DAY_MS]) {
      const begunThen = mapAt(open(), past, at);
      mapAt(map, past, at).forEach((value, cell) => {
        expect(value).toBeCloseTo(begunThen[cell] ?? NaN, 12);
      });
    }
    expect(mapAt(map, past, START_MS + 60 * DAY_MS)[0]).toBe(0);
  });

  it('tuned, is broad where incidents come beside those before, and sharp where they come again', () => {
    const past = pastOf(daysAgo(20), daysAgo(40), daysAgo(500));
    expect(fitted(KERNEL_DENSITY_TUNED, past, 0).parameters['bandwidthMetres']).toBe(75);
    expect(fitted(KERNEL_DENSITY_TUNED, past, 1).parameters['bandwidthMetres']).toBeGreaterThanOrEqual(300);
  });
});

describe('the space-time kernel', () => {
  it('fades by its memory, in a map that goes on as in one begun then', () => {
    const past = pastOf(daysAgo(10), daysAgo(0.5));
    const { open, parameters } = fitted(SPACE_TIME_KERNEL, past, 0);
    const memoryDays = parameters['memoryDays'] ?? NaN;
    const map = open();
    const first = mapAt(map, past)[0] ?? NaN;
    expect(first).toBeCloseTo(Math.exp(-10 / memoryDays) + Math.exp(-0.5 / memoryDays), 9);
    const later = mapAt(map, past, START_MS + 7 * DAY_MS)[0] ?? NaN;
    expect(later / first).toBeCloseTo(Math.exp(-7 / memoryDays), 9);
    expect(later).toBeCloseTo(mapAt(open(), past, START_MS + 7 * DAY_MS)[0] ?? NaN, 9);
  });
});

describe('prospective hotspotting', () => {
  it('weighs by whole weeks and whole cells', () => {
    const past = pastOf(daysAgo(1), daysAgo(8));
    const { open, parameters } = fitted(PROSPECTIVE_HOTSPOTTING, past, 7);
    expect(parameters['cells']).toBeGreaterThan(2);
    const map = mapAt(open(), past);
    // 1 of this week's, 1/2 of last week's; half of that a cell away, a third two cells away.
    expect(map[0]).toBeCloseTo(1.5, 12);
    expect(map[1]).toBeCloseTo(0.75, 12);
    expect(map[7]).toBeCloseTo(0.5, 12);
  });
});
