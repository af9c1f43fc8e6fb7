/** Days and months as the local calendar names them, through changes of clocks and years. */
import { describe, expect, it } from 'vitest';
import { isRecentPeriod, kindOf, periodAt, periodOf, spanOf } from '../../shared/period.ts';
import { formatInstant, TimeZone } from '../../shared/time.ts';

const london = new TimeZone('Europe/London');

describe('periodOf', () => {
  it.each([
    ['2021-03-31T23:00:00Z', 'month', '2021-04'],
    ['2021-03-31T23:00:00Z', 'day', '2021-04-01'],
    ['2021-03-31T22:59:59Z', 'month', '2021-03'],
    ['2020-12-31T23:59:59Z', 'day', '2020-12-31'],
    ['2021-07-15T12:00:00+01:00', 'month', '2021-07'],
  ] as const)('takes %s, known to the %s, as %s in London', (occurredAt, timePrecision, period) => {
    expect(periodOf({ occurredAt, timePrecision }, london)).toBe(period);
  });

  it.each(['minute', 'hour'] as const)('knows none of a time known to the %s', (timePrecision) => {
    expect(periodOf({ occurredAt: '2021-03-01T00:00:00Z', timePrecision }, london)).toBeUndefined();
  });
});

describe('spanOf', () => {
  it.each([
    ['2021-03', '2021-03-01T00:00:00.000Z', '2021-03-31T23:00:00.000Z'],
    ['2021-10', '2021-09-30T23:00:00.000Z', '2021-11-01T00:00:00.000Z'],
    ['2020-12', '2020-12-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z'],
    ['2021-03-28', '2021-03-28T00:00:00.000Z', '2021-03-28T23:00:00.000Z'],
    ['2020-02-29', '2020-02-29T00:00:00.000Z', '2020-03-01T00:00:00.000Z'],
    ['2020-12-31', '2020-12-31T00:00:00.000Z', '2021-01-01T00:00:00.000Z'],
  ])('%s lasts from %s to %s', (period, from, to) => {
    const { fromMs, toMs } = spanOf(period, london);
    expect([formatInstant(fromMs), formatInstant(toMs)]).toEqual([from, to]);
    expect(periodAt(fromMs, kindOf(period), london)).toBe(period);
    expect(periodAt(toMs - 1, kindOf(period), london)).toBe(period);
    expect(periodAt(toMs, kindOf(period), london)).not.toBe(period);
  });
});

describe('isRecentPeriod', () => {
  it.each([
    ['2021-03', '2021-03-01T00:00:00Z', true],
    ['2021-03', '2021-06-01T00:00:00Z', true],
    ['2021-03', '2021-06-03T00:00:00Z', false],
    ['2021-03-03', '2021-03-05T23:59:59Z', true],
    ['2021-03-03', '2021-03-06T00:00:00Z', false],
  ])('%s at %s: %s', (period, now, isRecent) => {
    expect(isRecentPeriod(period, Date.parse(now), london)).toBe(isRecent);
  });
});
