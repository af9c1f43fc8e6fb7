/** The picture: a snapshot and its deltas, each counted once, whatever is repeated, corrected or taken back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { incidentKey, Picture } from '../../../client/state/picture.ts';
import type { ShownPeriod } from '../../../client/state/period-tally.ts';
import { COUNT_STEP_MS, type ShownIncident } from '../../../shared/messages.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { CITY_CELL, incident, NOON, NOON_TEXT, OTHER_CELL, ranking, snapshot, stored } from '../frames.ts';

const LONDON = new TimeZone('Europe/London');
const NOON_STEP = NOON / COUNT_STEP_MS;

describe('the picture', () => {
  let now: number;
  let clock: FeedClock;
  let picture: Picture;
  let arrived: ShownIncident[];

  beforeEach(() => {
    now = 0;
    clock = new FeedClock(() => now);
    clock.sync(NOON, 1);
    picture = new Picture(clock);
    arrived = [];
    picture.onArrival((one) => arrived.push(one));
    picture.applySnapshot(snapshot(), 'first');
  });

  const months = (): ShownPeriod[] => picture.shownPeriods(LONDON);
  const inCity = (hours: 1 | 8 | 24 = 24): number => picture.totals(hours).get(CITY_CELL) ?? 0;

  it('counts the same delta once, however often it comes', () => {
    const delta = stored(11, { incident: incident() });
    picture.applyStored(delta);
    picture.applyStored(delta);
    expect(inCity()).toBe(1);
    expect(picture.incidents).toHaveLength(1);
    expect(arrived).toHaveLength(1);
  });

  it('counts an incident once that the snapshot holds already, though its delta comes later', () => {
    const already = incident();
    picture.applySnapshot(
      snapshot({
        counts: [{ theme: 'all', cell: CITY_CELL, steps: [[NOON_STEP, 1]] }],
        incidents: [already],
      }),
      'first',
    );
    picture.applyStored(stored(11, { incident: already }));
    expect(inCity()).toBe(1);
    expect(picture.incidents).toHaveLength(1);
  });

  it('tells the map of a correction and of a cancellation, and of neither as news', () => {
    const corrected: string[] = [];
    picture.onCorrection(({ status }) => corrected.push(status));
    const [first, second] = [incident(), incident({ revision: 2, category: 'robbery' })];
    const third = incident({ revision: 3, status: 'cancelled' });
    picture.applyStored(stored(11, { incident: first }));
    expect(corrected).toEqual([]);
    picture.applyStored(stored(12, { incident: second, superseded: first }));
    picture.applyStored(stored(13, { incident: third, superseded: second }));
    expect(corrected).toEqual(['open', 'cancelled']);
    expect(arrived).toHaveLength(1);
  });

  it('no longer lists what a crowd told by counts has corrected', () => {
    const [stays, goes] = [incident({ id: 'stays' }), incident({ id: 'goes' })];
    picture.applyStored(stored(11, { incident: stays }, { incident: goes }));
    picture.applyStored({
      ...{ type: 'incidents.stored', seq: 12, at: NOON_TEXT, force: 'metropolitan' },
      ...{ counts: [], periods: [], origins: [], outdated: [incidentKey(goes)] },
    });
    expect(picture.incidents.map(({ id }) => id)).toEqual([stays.id]);
  });

  it('takes nothing before a snapshot has come', () => {
    const early = new Picture(clock);
    early.applyStored(stored(11, { incident: incident() }));
    expect(early.incidents).toHaveLength(0);
  });

  it('moves a corrected incident from where it was counted to where it belongs', () => {
    const first = incident();
    picture.applyStored(stored(11, { incident: first }));
    const moved = incident({ revision: 2, cell: OTHER_CELL });
    picture.applyStored(stored(12, { incident: moved, superseded: first }));
    expect([...picture.totals(24)]).toEqual([[OTHER_CELL, 1]]);
    expect(picture.incidents).toEqual([moved]);
    expect(arrived).toHaveLength(1);
  });

  it('takes a cancelled incident out of the counts and shows it as cancelled', () => {
    const first = incident();
    picture.applyStored(stored(11, { incident: first }));
    const cancelled = incident({ revision: 2, status: 'cancelled' });
    picture.applyStored(stored(12, { incident: cancelled, superseded: first }));
    expect(inCity()).toBe(0);
    expect(picture.incidents[0]?.status).toBe('cancelled');
  });

  it('counts an incident again that is reopened after it was cancelled', () => {
    const cancelled = incident({ revision: 2, status: 'cancelled' });
    picture.applyStored(stored(11, { incident: cancelled }));
    picture.applyStored(stored(12, { incident: incident({ revision: 3 }), superseded: cancelled }));
    expect(inCity()).toBe(1);
  });

  it('lets an incident go that a correction takes out of the theme', () => {
    picture.applySnapshot(snapshot({ themes: ['burglary'] }), 'first');
    const first = incident({ category: 'burglary' });
    picture.applyStored(stored(11, { incident: first }));
    const other = incident({ category: 'shoplifting', revision: 2 });
    picture.applyStored(stored(12, { incident: other, superseded: first }));
    expect(inCity()).toBe(0);
    expect(picture.incidents).toHaveLength(0);
  });

  it('counts what a crowded delta only sums up, for its own theme and once', () => {
    const change = { cell: CITY_CELL, step: NOON_STEP, category: 'violence' as const };
    const place = { force: 'metropolitan' as const, cell: CITY_CELL, category: 'violence' as const };
    const counts = [
      { ...change, theme: 'all' as const, change: 7 },
      { ...change, theme: 'violence' as const, change: 5 },
      { ...change, theme: 'all' as const, change: -2 },
    ];
    const delta = {
      type: 'incidents.stored' as const,
      seq: 11,
      at: NOON_TEXT,
      force: 'metropolitan' as const,
      counts,
      periods: [
        { ...place, theme: 'all' as const, period: '2026-06', change: 40 },
        { ...place, theme: 'violence' as const, period: '2026-06', change: 30 },
      ],
      origins: ['recorded' as const],
    };
    picture.applyStored(delta);
    picture.applyStored(delta);
    expect(inCity()).toBe(5);
    expect(months()).toMatchObject([{ kind: 'month', last: '2026-06', total: 40 }]);
    expect(picture.unlisted).toBe(47);
    expect(picture.origins()).toEqual(['live', 'recorded']);
  });

  const inJune = { timePrecision: 'month', period: '2026-06' } as const;

  it('counts an incident of which only the day is known in that day, and never as news of the hour', () => {
    const ofToday = incident({ timePrecision: 'day', period: '2026-06-10' });
    picture.applyStored(stored(11, { incident: ofToday }));
    expect(inCity()).toBe(0);
    expect(months()).toMatchObject([{ kind: 'day', first: '2026-06-10', last: '2026-06-10', total: 1 }]);
    expect(arrived).toHaveLength(0);
    expect(picture.incidents).toHaveLength(1);
    picture.applyStored(stored(12, { incident: { ...ofToday, revision: 2 }, superseded: ofToday }));
    picture.applyStored(
      stored(13, {
        incident: { ...ofToday, revision: 3, timePrecision: 'minute', period: null },
        superseded: { ...ofToday, revision: 2 },
      }),
    );
    expect(months()).toMatchObject([{ total: 0 }]);
    expect(inCity()).toBe(1);
  });

  it('shows the newest month of each force, and says from when to when', () => {
    const counted = { theme: 'all', origins: [], cells: [[CITY_CELL, 5]] } as const;
    picture.applySnapshot(
      snapshot({
        periods: [
          { ...counted, force: 'kent', period: '2026-04', origins: ['recorded'], cells: [[OTHER_CELL, 2]] },
          { ...counted, force: 'metropolitan', period: '2026-05', origins: [], cells: [[CITY_CELL, 5]] },
          { ...counted, theme: 'theft', force: 'essex', period: '2026-06', origins: [], cells: [] },
        ],
      }),
      'first',
    );
    expect(months()).toMatchObject([{ first: '2026-04', last: '2026-05', total: 7 }]);
    picture.applyStored(stored(11, { incident: incident({ id: 'new', ...inJune }) }));
    picture.applyStored(stored(13, { incident: incident({ id: 'another', ...inJune }) }));
    picture.applyStored(
      stored(14, { incident: incident({ id: 'old', timePrecision: 'month', period: '2026-05' }) }),
    );
    const [shown] = months();
    expect(shown).toMatchObject({ first: '2026-04', last: '2026-06', total: 4 });
    expect(shown?.cells).toEqual(
      new Map([
        [OTHER_CELL, 2],
        [CITY_CELL, 2],
      ]),
    );
  });

  it('keeps a month for three, and its origin named; a recording in haste keeps it anyway', () => {
    picture.applyStored(stored(11, { incident: incident({ origin: 'recorded', ...inJune }) }));
    now = 60 * DAY_MS;
    expect(months()).toHaveLength(1);
    expect(picture.origins()).toEqual(['recorded']);
    clock.sync(NOON + 400 * DAY_MS, 604_800);
    expect(months()).toHaveLength(1);
    clock.sync(NOON + 90 * DAY_MS, 1);
    expect(months()).toEqual([]);
    expect(picture.origins()).toEqual([]);
  });

  it('lets incidents age out of the window without any delta, and out of memory', () => {
    picture.applyStored(stored(11, { incident: incident() }));
    expect(inCity(1)).toBe(1);
    now = 1.5 * HOUR_MS;
    expect(inCity(1)).toBe(0);
    expect(inCity(8)).toBe(1);
    now = DAY_MS + HOUR_MS;
    expect(inCity(24)).toBe(0);
    expect(picture.counts.size).toBe(0);
  });

  it('keeps a picture where the feed clock runs a week a second, ahead of what it drives', () => {
    clock.sync(NOON + 5 * DAY_MS, 604_800);
    picture.applyStored(stored(11, { incident: incident() }));
    expect(inCity(8)).toBe(1);
  });

  it('starts over where a recording starts over', () => {
    picture.applyStored(stored(11, { incident: incident() }));
    clock.sync(NOON - 300 * DAY_MS, 604_800);
    const old = new Date(NOON - 301 * DAY_MS).toISOString();
    picture.applyStored(stored(12, { incident: incident({ id: 'two', occurredAt: old, cell: OTHER_CELL }) }));
    expect([...picture.totals(8)]).toEqual([[OTHER_CELL, 1]]);
  });

  it('shows a late tale of last week in the list, but does not let it pulse as news', () => {
    const old = new Date(NOON - 7 * DAY_MS).toISOString();
    picture.applyStored(stored(11, { incident: incident({ occurredAt: old }) }));
    expect(picture.incidents).toHaveLength(1);
    expect(arrived).toHaveLength(0);
  });

  it('holds 500 incidents and no more, the newest first', () => {
    for (let n = 0; n < 620; n++) {
      const receivedAt = new Date(NOON + n).toISOString();
      picture.applyStored(stored(11 + n, { incident: incident({ id: `i${n}`, receivedAt }) }));
    }
    expect(picture.incidents).toHaveLength(500);
    expect(picture.incidents[0]?.id).toBe('i619');
  });

  it('lists them by their receipt, as every snapshot does, in whatever order they are told of', () => {
    const ids = (): string[] => picture.incidents.map(({ id }) => id);
    const received = (ms: number): { receivedAt: string } => ({
      receivedAt: new Date(NOON + ms).toISOString(),
    });
    const early = incident({ id: 'early', ...received(1) });
    picture.applyStored(
      stored(11, { incident: incident({ id: 'late', ...received(3) }) }, { incident: early }),
    );
    picture.applyStored(stored(12, { incident: incident({ id: 'between', ...received(2) }) }));
    expect(ids()).toEqual(['late', 'between', 'early']);
    const corrected = incident({ id: 'early', revision: 2, ...received(4) });
    picture.applyStored(stored(13, { incident: corrected, superseded: early }));
    expect(ids()).toEqual(['early', 'late', 'between']);
  });

  it('counts a revision that is told of after its correction, but lists only the correction', () => {
    const first = incident();
    const second = incident({ revision: 2, cell: OTHER_CELL });
    picture.applyStored(stored(11, { incident: second, superseded: first }));
    picture.applyStored(stored(12, { incident: first }));
    expect([...picture.totals(24)]).toEqual([[OTHER_CELL, 1]]);
    expect(picture.incidents).toEqual([second]);
    expect(arrived).toHaveLength(0);
  });

  it('lists no more what was received before a recording started over', () => {
    picture.applyStored(stored(11, { incident: incident() }));
    clock.sync(NOON - 300 * DAY_MS, 600);
    const old = new Date(NOON - 301 * DAY_MS).toISOString();
    const again = incident({ id: 'two', occurredAt: old, receivedAt: old });
    picture.applyStored(stored(12, { incident: again }));
    expect(picture.incidents).toEqual([again]);
  });

  it('shows the ranking of its own theme and horizon, not one that was still on the way', () => {
    picture.applyRanked({ type: 'hotspots.ranked', seq: 11, ...ranking() });
    picture.applyRanked({
      type: 'hotspots.ranked',
      seq: 12,
      ...ranking({ theme: 'burglary', hotspots: [] }),
    });
    expect(picture.rankings.get('metropolitan')?.hotspots).toHaveLength(1);
  });

  it('resumes the same subscription in the same epoch only', () => {
    expect(picture.canResume({ theme: 'all', horizonHours: 8, force: null }, 'first')).toBe(true);
    expect(picture.canResume({ theme: 'all', horizonHours: 24, force: null }, 'first')).toBe(false);
    expect(picture.canResume({ theme: 'theft', horizonHours: 8, force: null }, 'first')).toBe(false);
    expect(picture.canResume({ theme: 'all', horizonHours: 8, force: null }, 'second')).toBe(false);
    picture.distrust();
    expect(picture.canResume({ theme: 'all', horizonHours: 8, force: null }, 'first')).toBe(false);
  });

  it('forgets an origin a day after its last incident', () => {
    picture.applyStored(stored(11, { incident: incident({ origin: 'simulated' }) }));
    expect(picture.origins()).toContain('simulated');
    now = DAY_MS + 1;
    expect(picture.origins()).toEqual([]);
  });
});
