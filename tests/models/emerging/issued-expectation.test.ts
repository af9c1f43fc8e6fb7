/** The expectation as issued: nothing that was forecast after a window had opened speaks of it. */
import { describe, expect, it } from 'vitest';
import { IssuedExpectation, type Edition } from '../../../models/emerging/issued-expectation.ts';
import { WINDOW_MINUTES } from '../../../models/emerging/scan-windows.ts';
import { HOUR_MS, HOURS_PER_WEEK, MINUTE_MS, TimeZone } from '../../../shared/time.ts';

const UTC = new TimeZone('UTC');
const MIDNIGHT_MS = Date.UTC(2026, 2, 6);
const FLAT = new Float64Array(HOURS_PER_WEEK).fill(1);

function edition(fromHour: number, hours: number, perHour: number, profile = FLAT): Edition {
  const fromMs = MIDNIGHT_MS + fromHour * HOUR_MS;
  const expected = Float32Array.of(perHour * hours);
  return { issuedMs: fromMs, fromMs, toMs: fromMs + hours * HOUR_MS, expected, profile };
}

function expected(
  source: IssuedExpectation,
  minutes: (typeof WINDOW_MINUTES)[number],
  atHour: number,
): number {
  const { layers, isKnown } = source.at(MIDNIGHT_MS + atHour * HOUR_MS);
  const window = WINDOW_MINUTES.indexOf(minutes);
  if (isKnown[window] !== true) return NaN;
  return layers.reduce((sum, { total, weights }) => sum + total * (weights[window] ?? 0), 0);
}

function sourceOf(...editions: Edition[]): IssuedExpectation {
  const source = new IssuedExpectation(UTC);
  for (const one of editions) source.add(one);
  return source;
}

describe('a window', () => {
  it('has its share of the forecast that covers it', () => {
    expect(expected(sourceOf(edition(0, 24, 6)), 60, 10)).toBeCloseTo(6, 5);
    const night = FLAT.map((_, hour) => (hour % 24 < 12 ? 0.5 : 1.5));
    const source = sourceOf(edition(0, 24, 6, night));
    expect(expected(source, 60, 10)).toBeCloseTo(3, 5);
    expect(expected(source, 60, 20)).toBeCloseTo(9, 5);
  });

  it('is held against the latest that was issued before it opened, never against a later one', () => {
    const source = sourceOf(edition(0, 24, 1), edition(6, 8, 2), edition(10, 1, 50));
    expect(expected(source, 15, 10.5)).toBeCloseTo(50 / 4, 5);
    // Opened at 9:30: what was issued at 10 may know of the cluster already.
    expect(expected(source, 60, 10.5)).toBeCloseTo(2, 5);
    expect(expected(source, 480, 10.5)).toBeCloseTo(8, 5);
  });

  it('goes on beyond all horizons with the week', () => {
    const night = FLAT.map((_, hour) => (hour % 24 < 12 ? 0.5 : 1.5));
    const source = sourceOf(edition(-24, 24, 6, night));
    expect(expected(source, 1_440, 15)).toBeCloseTo(144, 4);
  });

  it('is unknown where nothing was issued before it opened', () => {
    const source = sourceOf(edition(0, 24, 6));
    expect(expected(source, 60, 0.5)).toBeNaN();
    expect(expected(source, 30, 0.5)).toBeCloseTo(3, 5);
    expect(expected(source, 1_440, 23)).toBeNaN();
  });

  it('expects only what can have been told by now', () => {
    const source = new IssuedExpectation(UTC, (ageMs) => (ageMs < 30 * MINUTE_MS ? 0.5 : 1));
    source.add(edition(0, 24, 6));
    expect(expected(source, 60, 10)).toBeCloseTo(4.5, 5);
  });
});

it('keeps what windows may still need, and no more, in any order of coming', () => {
  const editions: Edition[] = [];
  for (let hour = -72; hour <= 15; hour++) {
    editions.push(edition(hour, 1, 1));
    if ((hour + 72) % 24 === 0) editions.push(edition(hour, 24, 1));
    if ((hour + 74) % 8 === 0) editions.push(edition(hour, 8, 1));
  }
  for (const order of [editions, [...editions].reverse()]) {
    const source = sourceOf(...order);
    const kept = source.editions.map(({ fromMs, toMs }) => (toMs - fromMs) / HOUR_MS);
    expect(kept.filter((hours) => hours === 24)).toHaveLength(2);
    expect(kept.filter((hours) => hours === 8).length).toBeLessThanOrEqual(5);
    expect(kept.filter((hours) => hours === 1).length).toBeLessThanOrEqual(3);
    for (const minutes of WINDOW_MINUTES) expect(expected(source, minutes, 15)).toBeCloseTo(minutes / 60, 5);
  }
});

it('gives the week to draw chance from, once a day is forecast', () => {
  expect(sourceOf(edition(0, 8, 6)).weeklyField()).toBeUndefined();
  const field = sourceOf(edition(0, 24, 6)).weeklyField();
  expect(field?.hours).toHaveLength(HOURS_PER_WEEK);
  expect((field?.hours[0]?.weight ?? 0) * (field?.layers[0]?.[0] ?? 0)).toBeCloseTo(6, 5);
});
