/** A replay's place in the address, and its moments on the slider. */
import { describe, expect, it } from 'vitest';
import { readReplayQuery, withReplayPlace } from '../../../client/state/replay-query.ts';
import { marksOn, momentAt, fractionAt, spanOn } from '../../../client/state/timeline-scale.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { NOON } from '../frames.ts';

const LONDON = new TimeZone('Europe/London');

describe('the address of a replay', () => {
  it('brings its place back, to the millisecond', () => {
    const place = {
      ...{ atMs: NOON + 1_234, speed: 300 as const },
      range: { fromMs: NOON, toMs: NOON + HOUR_MS },
    };
    const query = withReplayPlace('?theme=burglary&horizon=8', place);
    expect(query).toBe(
      '?theme=burglary&horizon=8&at=2026-06-10T12:00:01.234Z&speed=300&from=2026-06-10T12:00:00Z&to=2026-06-10T13:00:00Z',
    );
    expect(readReplayQuery(query)).toEqual(place);
  });

  it('leaves out what is no moment, no speed and no range', () => {
    expect(
      readReplayQuery('?at=yesterday&speed=7&from=2026-06-10T12:00:00Z&to=2026-06-09T12:00:00Z'),
    ).toEqual({
      ...{ atMs: null, speed: 60, range: null },
    });
  });
});

describe('the slider', () => {
  const window = { fromMs: NOON, toMs: NOON + 4 * HOUR_MS };

  it('lays moments from left to right, and none beyond its ends', () => {
    expect(fractionAt(NOON + HOUR_MS, window)).toBe(0.25);
    expect(momentAt(0.25, window)).toBe(NOON + HOUR_MS);
    expect(momentAt(-3, window)).toBe(NOON);
    expect(spanOn(NOON - DAY_MS, NOON + HOUR_MS, window)).toEqual({ left: 0, width: 0.25 });
  });

  it('marks whole hours of the room, at most so many', () => {
    const marks = marksOn(window, LONDON, 12);
    expect(marks.length).toBeLessThanOrEqual(13);
    expect(marks.every(({ atMs }) => atMs % (30 * 60_000) === 0)).toBe(true);
  });

  it.each([
    ['short', Date.UTC(2026, 2, 28, 12)],
    ['long', Date.UTC(2026, 9, 24, 12)],
  ])('marks each midnight once, over a %s day, too', (_name, fromMs) => {
    const days = marksOn({ fromMs, toMs: fromMs + 4 * DAY_MS }, LONDON, 12).filter(({ isDay }) => isDay);
    expect(days.map(({ atMs }) => atMs)).toEqual(
      [1, 2, 3, 4].map((n) => LONDON.startOfDay(fromMs + n * DAY_MS)),
    );
  });
});
