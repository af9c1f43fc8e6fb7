/** Hotspots of several forces, feeds in trouble, places in words, and what the address asks for. */
import { describe, expect, it } from 'vitest';
import { byTrouble } from '../../../client/state/feed-order.ts';
import { placeFrom } from '../../../client/state/place.ts';
import { ranked } from '../../../client/state/ranked.ts';
import { Selection } from '../../../client/state/selection.svelte.ts';
import type { FeedState } from '../../../shared/feed.ts';
import { CITY_CELL, NOON_TEXT, OTHER_CELL, ranking } from '../frames.ts';

const hotspot = { rank: 1, cell: CITY_CELL, expected: 1, lower: 0, upper: 2, observed: 0 };

describe('hotspots of several forces', () => {
  it('are ranked together by what is expected', () => {
    const { hotspots } = ranked([
      ranking({ force: 'kent', hotspots: [{ ...hotspot, expected: 0.4 }] }),
      ranking({ force: 'essex', hotspots: [{ ...hotspot, cell: OTHER_CELL, expected: 0.9 }] }),
    ]);
    expect(hotspots.map(({ rank, cell }) => [rank, cell])).toEqual([
      [1, OTHER_CELL],
      [2, CITY_CELL],
    ]);
  });

  it('of one force alone keep the ranks that the server gave', () => {
    const tie = [
      { ...hotspot, rank: 2, cell: OTHER_CELL },
      { ...hotspot, rank: 1 },
    ];
    expect(ranked([ranking({ hotspots: tie })]).hotspots.map(({ rank }) => rank)).toEqual([1, 2]);
  });

  it('from data that know no hour say nothing of the last ones', () => {
    const { hotspots, hoursUnknown } = ranked([
      ranking({ force: 'kent', hoursUnknown: true, hotspots: [{ ...hotspot, expected: 2 }] }),
      ranking({ force: 'essex', hotspots: [{ ...hotspot, cell: OTHER_CELL, observed: 3 }] }),
    ]);
    expect(hotspots.map(({ observed }) => observed)).toEqual([null, 3]);
    expect(hoursUnknown).toBe(true);
    expect(ranked([ranking()]).hoursUnknown).toBe(false);
  });
});

it('a forecast that drifts is shown, and named with how it drifts', () => {
  const notice = '84 incidents came on the last 7 days, 252 were expected';
  const { hotspots, drifting, unavailable } = ranked([
    ranking({ force: 'kent', notice, hotspots: [hotspot] }),
    ranking({ force: 'essex', hotspots: [{ ...hotspot, cell: OTHER_CELL }] }),
  ]);
  expect(hotspots).toHaveLength(2);
  expect(drifting).toEqual([{ force: 'kent', reason: notice }]);
  expect(unavailable).toEqual([]);
});

describe('feeds', () => {
  it('that fell silent come first, then late ones', () => {
    const feed = (name: string, condition: FeedState['condition']): FeedState => ({
      agency: 'police',
      feed: name,
      condition,
      lastReceivedAt: NOON_TEXT,
      lastOccurredAt: null,
      finestPrecision: null,
      stored: 0,
      duplicates: 0,
      rejected: 0,
      lastRejection: null,
    });
    const order = byTrouble([feed('a', 'live'), feed('b', 'late'), feed('c', 'silent')]);
    expect(order.map(({ feed: name }) => name)).toEqual(['c', 'b', 'a']);
  });
});

describe('a place in words', () => {
  it.each([
    [51.6, -0.1, 'n', 11.1],
    [51.5, 0.044, 'e', 10],
    [51.43, -0.21, 'sw', 10.9],
  ])('%f, %f lies to the %s', (latitude, longitude, direction, kilometres) => {
    const place = placeFrom([51.5, -0.1], [latitude, longitude]);
    expect(place.direction).toBe(direction);
    expect(place.kilometres).toBeCloseTo(kilometres, 0);
  });
});

describe('the selection', () => {
  it('comes from the address and goes back into it', () => {
    const selection = new Selection('?theme=burglary&horizon=24&heat=1');
    expect([selection.theme, selection.horizonHours, selection.heatHours]).toEqual(['burglary', 24, 1]);
    expect(selection.query()).toBe('?theme=burglary&horizon=24&heat=1');
  });

  it('keeps force, filter and hexagon in the address too', () => {
    const query =
      '?theme=all&horizon=8&force=kent&category=burglary,robbery&origin=live&mark=late&cell=89194ad326fffff&table=1';
    const selection = new Selection(query);
    expect(selection.force).toBe('kent');
    expect(selection.cell).toBe('89194ad326fffff');
    expect(selection.filter).toEqual({
      categories: ['burglary', 'robbery'],
      origins: ['live'],
      marks: ['late'],
    });
    expect(selection.query()).toBe(query);
    const wrong = new Selection('?force=atlantis&category=,constructor&origin=&mark=x&cell=89194ad326ffff0');
    expect([wrong.force, wrong.cell]).toEqual([null, null]);
    expect(wrong.query()).toBe('?theme=all&horizon=8');
  });

  it('lets go of a force that it may not see', () => {
    const selection = new Selection('?force=kent');
    selection.allow(['all'], ['kent', 'essex']);
    expect(selection.force).toBe('kent');
    selection.allow(['all'], ['essex', 'surrey']);
    expect(selection.force).toBeNull();
  });

  it('takes what it does not know for the default', () => {
    const selection = new Selection('?theme=constructor&horizon=5&heat=x');
    expect([selection.theme, selection.horizonHours, selection.heatHours]).toEqual(['all', 8, null]);
  });

  it('cycles by key through what the server allows', () => {
    const selection = new Selection('');
    selection.allow(['all', 'theft'], []);
    selection.nextTheme();
    expect(selection.theme).toBe('theft');
    selection.nextTheme();
    expect(selection.theme).toBe('all');
    for (const hours of [24, 1, 8]) {
      selection.nextHorizon();
      expect(selection.horizonHours).toBe(hours);
    }
    selection.allow(['violence'], []);
    expect(selection.theme).toBe('violence');
  });
});
