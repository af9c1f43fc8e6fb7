/** Features: only of what was known, neutral where nothing is, and right on the days on which clocks change. */
import { describe, expect, it } from 'vitest';
import { AFFINITY_COUNT, AFFINITY_NAMES } from '../../../models/features/affinity.ts';
import { CellHistory } from '../../../models/features/cell-history.ts';
import { featuresAt, KERNEL_NAMES, type Features } from '../../../models/features/feature-vector.ts';
import { collectDataset } from '../../../models/training/dataset.ts';
import { hourWindows } from '../../../models/forecast-windows.ts';
import { inKnownOrder, Walk } from '../../../models/walk-forward.ts';
import type { KnownIncident } from '../../../models/features/counted-incident.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
const ALL = { name: 'all', includes: (): boolean => true };

function historyOf(incidents: readonly KnownIncident[]): CellHistory {
  const history = new CellHistory({ timeZone });
  for (const incident of incidents) history.add(incident);
  return history;
}

function dayAt(history: CellHistory, nowMs: number, theme = 'all'): Features {
  return featuresAt(history, theme, { fromMs: nowMs, toMs: nowMs + DAY_MS, nowMs });
}

describe('featuresAt', () => {
  const past = unevenPast(patch(4), 400, 40);
  const endMs = START_MS + 400 * DAY_MS;

  it('makes each kernel average 1 over the cells', () => {
    const { relative, cells } = dayAt(historyOf(past), endMs);
    KERNEL_NAMES.forEach((_, k) => {
      let sum = 0;
      for (let cell = 0; cell < cells; cell++) sum += relative[cell * KERNEL_NAMES.length + k] ?? 0;
      expect(sum / cells).toBeCloseTo(1, 4);
    });
  });

  it('expects as many incidents a day as there were', () => {
    const { expectation, cells } = dayAt(historyOf(past), endMs);
    expect(expectation * cells).toBeGreaterThan(36);
    expect(expectation * cells).toBeLessThan(44);
  });

  it('expects no fewer from a short history than from a long one', () => {
    const { expectation, cells } = dayAt(historyOf(past.slice(0, 40 * 5)), START_MS + 5 * DAY_MS);
    expect(expectation * cells).toBeGreaterThan(34);
    expect(expectation * cells).toBeLessThan(46);
  });

  it('takes a feed that is 45 days late for late, not for quiet, and never for NaN', () => {
    const { expectation, cells, relative, affinity } = dayAt(historyOf(past), endMs + 45 * DAY_MS);
    expect(expectation * cells).toBeGreaterThan(34);
    expect([...relative, ...affinity].every(Number.isFinite)).toBe(true);
  });

  it('is neutral where nothing is known', () => {
    const empty = dayAt(new CellHistory({ timeZone }), endMs);
    expect(empty).toMatchObject({ cells: 0, expectation: 0 });
    const noKnives = dayAt(historyOf(past), endMs, 'knife-crime');
    expect(noKnives.expectation).toBe(0);
    const columns = (array: Float32Array, names: readonly string[], all: boolean): Set<number> =>
      new Set(array.filter((_, i) => names[i % names.length]?.startsWith('all-') === all));
    expect(columns(noKnives.relative, KERNEL_NAMES, false)).toEqual(new Set([1]));
    expect(columns(noKnives.affinity, AFFINITY_NAMES, false)).toEqual(new Set([0]));
    expect(columns(noKnives.relative, KERNEL_NAMES, true).size).toBeGreaterThan(10);
  });

  it('lets a kernel that has decayed to almost nothing fade into the same everywhere', () => {
    const { relative } = dayAt(historyOf(past), endMs + 3 * 365 * DAY_MS);
    expect(relative[KERNEL_NAMES.indexOf('own-7d')]).toBeCloseTo(1, 5);
    expect(relative[KERNEL_NAMES.indexOf('own-1095d')]).toBeGreaterThan(1.5);
  });

  it('learns which cells are busy at night, and that the others are not', () => {
    const [night = '', day = ''] = patch(4);
    const both = Array.from({ length: 300 }, (_, i) => [
      knownIncident({ cell: night, occurredAtMs: START_MS + i * DAY_MS + 3 * HOUR_MS }),
      knownIncident({ cell: day, occurredAtMs: START_MS + i * DAY_MS + 15 * HOUR_MS }),
    ]).flat();
    const nowMs = START_MS + 80 * DAY_MS;
    const history = historyOf(both.filter(({ occurredAtMs }) => occurredAtMs < nowMs));
    const { affinity } = featuresAt(history, 'all', { fromMs: nowMs, toMs: nowMs + 6 * HOUR_MS, nowMs });
    expect(affinity[history.indexOf(night) * AFFINITY_COUNT]).toBeGreaterThan(0.3);
    expect(affinity[history.indexOf(day) * AFFINITY_COUNT]).toBeLessThan(-0.3);
  });

  it('keeps times known to the day or month out of rhythms, and months out of fast kernels', () => {
    const exact = historyOf(past);
    const rhythms = [...exact.countsOf('all').hourOfWeek];
    exact.add(knownIncident({ occurredAtMs: endMs - DAY_MS, timePrecision: 'day' }));
    exact.add(knownIncident({ occurredAtMs: endMs - 30 * DAY_MS, timePrecision: 'month' }));
    expect([...exact.countsOf('all').hourOfWeek]).toEqual(rhythms);
    const months = historyOf([
      knownIncident({ timePrecision: 'month' }),
      knownIncident({ cell: patch(1)[1] ?? '' }),
    ]);
    const { relative } = dayAt(months, START_MS + 31 * DAY_MS);
    const row = relative.subarray(months.indexOf(patch(1)[0] ?? '') * KERNEL_NAMES.length);
    expect(row[KERNEL_NAMES.indexOf('own-30d')]).toBeLessThan(1);
    expect(row[KERNEL_NAMES.indexOf('own-365d')]).toBeGreaterThan(1);
  });

  it('expects the same all through a month that was told at once, at its beginning', () => {
    // As a recording of months is played: each month's 300 incidents are known from its first instant.
    const months = Array.from({ length: 24 * 300 }, (_, i) =>
      knownIncident({ occurredAtMs: Date.UTC(2022, Math.floor(i / 300), 1), timePrecision: 'month' }),
    );
    const history = historyOf(months);
    for (const day of [1, 15, 31]) {
      const { expectation, cells } = dayAt(history, Date.UTC(2023, 11, day));
      expect((expectation * cells * 30.44) / 300).toBeCloseTo(1, 1);
    }
  });

  it('gives days of 23 and 25 hours as many hours', () => {
    const flat = historyOf(
      Array.from({ length: 168 * 8 }, (_, hour) =>
        knownIncident({ occurredAtMs: START_MS + hour * HOUR_MS }),
      ),
    );
    const nowMs = START_MS + 56 * DAY_MS;
    const expectedOn = (fromMs: number, toMs: number): number =>
      featuresAt(flat, 'all', { fromMs, toMs, nowMs }).expectation;
    const usual = expectedOn(Date.UTC(2024, 2, 25), Date.UTC(2024, 2, 26));
    const [spring, springEnd] = [Date.UTC(2024, 2, 31), Date.UTC(2024, 2, 31, 23)];
    const [autumn, autumnEnd] = [Date.UTC(2024, 9, 26, 23), Date.UTC(2024, 9, 28)];
    expect(timeZone.startOfDay(springEnd)).toBe(springEnd);
    expect(timeZone.startOfDay(autumnEnd)).toBe(autumnEnd);
    expect(expectedOn(spring, springEnd) / usual).toBeCloseTo(23 / 24, 2);
    expect(expectedOn(autumn, autumnEnd) / usual).toBeCloseTo(25 / 24, 2);
  });

  it('fills given arrays where they have room', () => {
    const history = historyOf(past);
    const first = dayAt(history, endMs);
    const again = featuresAt(history, 'all', { fromMs: endMs, toMs: endMs + DAY_MS, nowMs: endMs }, first);
    expect(again.relative.buffer).toBe(first.relative.buffer);
  });
});

describe('a walk through the past', () => {
  it('does not let features see what became known after their window began', () => {
    const past = unevenPast(patch(3), 60, 20);
    const splitMs = START_MS + 40 * DAY_MS;
    const spoilt = [
      ...past.filter(({ knownAtMs }) => knownAtMs < splitMs),
      ...unevenPast(patch(3), 60, 90, 7).filter(({ knownAtMs }) => knownAtMs >= splitMs),
      // It happened before, but nobody knew.
      knownIncident({ occurredAtMs: splitMs - DAY_MS, knownAtMs: splitMs }),
      // Known to the day of the window only: it may have happened after any hour of it.
      knownIncident({ occurredAtMs: splitMs - 2 * DAY_MS, timePrecision: 'month' }),
    ];
    const [clean, other] = [past, spoilt].map((incidents) => {
      const known = inKnownOrder(incidents, timeZone);
      const walk = new Walk(new CellHistory({ timeZone, groups: [ALL] }), known);
      walk.advance(START_MS + 20 * DAY_MS);
      walk.history.closeArea();
      const windows = hourWindows({ fromMs: splitMs, toMs: splitMs + DAY_MS }, 24, timeZone);
      return collectDataset(walk, known, ALL, windows);
    });
    expect(other?.relative).toEqual(clean?.relative);
    expect(other?.affinity).toEqual(clean?.affinity);
    expect(other?.expectation).toEqual(clean?.expectation);
    expect(other?.observed).not.toEqual(clean?.observed);
  });
});
