/** The roll-up tells each force's figures, and never takes what is not known for nothing. */
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../server/access/policy.ts';
import { LivePicture } from '../../../server/gateway/live-picture.ts';
import {
  nationalOf,
  type NationalWithoutNormals,
  type RowWithoutNormals,
} from '../../../server/gateway/national.ts';
import type { HotspotsRanked, StoredIncident } from '../../../shared/announcement.ts';
import { cellAt } from '../../../shared/cell.ts';
import type { FeedCondition, FeedState } from '../../../shared/feed.ts';
import { FORCES_AND_UNASSIGNED, type Force } from '../../../shared/force.ts';
import { DAY_MS, formatInstant, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { corrected, NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const LONDON = new TimeZone('Europe/London');
const ADMIN: Principal = { name: 'a', role: 'admin', forces: [], cleared: true };

function feed(name: string, condition: FeedCondition, change: Partial<FeedState> = {}): FeedState {
  const at = formatInstant(NOW_MS);
  const account = {
    stored: 1,
    duplicates: 0,
    rejected: 0,
    lastRejection: null,
    finestPrecision: 'minute' as const,
  };
  return {
    agency: 'police',
    feed: name,
    condition,
    lastReceivedAt: at,
    lastOccurredAt: at,
    ...account,
    ...change,
  };
}

const hoursAgo = (hours: number, change: Partial<StoredIncident>): StoredIncident =>
  storedIncident({ occurredAt: formatInstant(NOW_MS - hours * HOUR_MS), ...change });

function ranked(change: Partial<HotspotsRanked> & { force: Force }, ...expected: number[]): HotspotsRanked {
  const at = formatInstant(NOW_MS - 4_000);
  const hotspots = expected.map((value, index) => {
    return {
      rank: index + 1,
      cell: cellAt(51.5, index / 10),
      expected: value,
      lower: 0,
      upper: 2,
      observed: 0,
    };
  });
  const coarse = { areaCells: 10, hotspots: hotspots.slice(0, 1).map((top) => ({ ...top, expected: 9 })) };
  return {
    ...{ type: 'hotspots.ranked', at, theme: 'all', horizonHours: 8, window: { from: at, to: at } },
    ...{ modelId: 'm', unavailable: null, areaCells: 100, hotspots, coarse, moved: [] },
    ...change,
  };
}

interface Ask {
  principal?: Partial<Principal>;
  theme?: NationalWithoutNormals['theme'];
  feeds?: FeedState[];
}

function national(
  picture: LivePicture,
  { principal, theme = 'all', feeds = [] }: Ask = {},
): NationalWithoutNormals {
  const who = { ...ADMIN, ...principal };
  return nationalOf(picture, { principal: who, theme, horizonHours: 8, nowMs: NOW_MS, feeds });
}

function rowOf({ forces }: NationalWithoutNormals, force: Force): RowWithoutNormals | undefined {
  return forces.find((row) => row.force === force);
}

describe('the roll-up', () => {
  it('has a row for every force, and of those without a feed says that nothing is known, not that nothing happened', () => {
    const { forces, total } = national(new LivePicture(LONDON));
    expect(forces.map(({ force }) => force)).toEqual(FORCES_AND_UNASSIGNED);
    for (const { force: _force, ...row } of forces) {
      expect(row).toEqual({
        data: 'none',
        feeds: { live: 0, late: 0, silent: 0 },
        counts: null,
        forecast: null,
      });
    }
    expect(total).toEqual({
      forces: { live: 0, late: 0, silent: 0, none: 43 },
      counts: null,
      hotspots: null,
      highestExpected: null,
    });
  });

  it('counts the last hour, eight hours and day of the theme, without what was cancelled or moved away', () => {
    const picture = new LivePicture(LONDON);
    const moved = hoursAgo(0.5, { force: 'kent' });
    for (const hours of [0.2, 0.8, 3, 7, 12, 23, 30])
      picture.change({ incident: hoursAgo(hours, { force: 'kent' }) });
    picture.change({ incident: hoursAgo(2, { force: 'kent', category: 'violence' }) });
    picture.change({ incident: hoursAgo(2, { force: 'surrey', status: 'cancelled' }) });
    picture.change({ incident: moved });
    picture.change(corrected(moved, { force: 'essex' }));
    const all = national(picture);
    expect(rowOf(all, 'kent')?.counts).toEqual({ lastHour: 2, last8Hours: 5, last24Hours: 7 });
    expect(rowOf(all, 'essex')?.counts).toEqual({ lastHour: 1, last8Hours: 1, last24Hours: 1 });
    // A feed tells of Surrey, and of nothing that counts: that is a true zero.
    expect(rowOf(all, 'surrey')?.counts).toEqual({ lastHour: 0, last8Hours: 0, last24Hours: 0 });
    expect(all.total.counts).toEqual({ lastHour: 3, last8Hours: 6, last24Hours: 8 });
    expect(rowOf(national(picture, { theme: 'violence' }), 'kent')?.counts).toEqual({
      ...{ lastHour: 0, last8Hours: 1, last24Hours: 1 },
    });
  });

  it('judges a force by the best of the feeds that tell of it', () => {
    const picture = new LivePicture(LONDON);
    const told: [Force, string][] = [
      ['kent', 'live'],
      ['kent', 'silent'],
      ['surrey', 'late'],
      ['surrey', 'silent'],
      ['essex', 'silent'],
      ['sussex', 'just-begun'],
      ['unassigned', 'live'],
    ];
    for (const [force, name] of told) picture.change({ incident: storedIncident({ force, feed: name }) });
    const feeds = (['live', 'late', 'silent'] as const).map((condition) => feed(condition, condition));
    const all = national(picture, { feeds });
    const judged = (force: Force) => [rowOf(all, force)?.data, rowOf(all, force)?.feeds];
    expect(judged('kent')).toEqual(['live', { live: 1, late: 0, silent: 1 }]);
    expect(judged('surrey')).toEqual(['late', { live: 0, late: 1, silent: 1 }]);
    expect(judged('essex')).toEqual(['silent', { live: 0, late: 0, silent: 1 }]);
    expect(judged('sussex')).toEqual(['live', { live: 1, late: 0, silent: 0 }]);
    expect(rowOf(all, 'essex')?.counts).toEqual({ lastHour: 1, last8Hours: 1, last24Hours: 1 });
    expect(all.total.forces).toEqual({ live: 2, late: 1, silent: 1, none: 39 });
  });

  it('knows no count of hours where no feed tells a time of day', () => {
    const picture = new LivePicture(LONDON);
    const told = { timePrecision: 'month', feed: 'monthly' } as const;
    for (const force of ['kent', 'surrey'] as const)
      picture.change({ incident: hoursAgo(1, { ...told, force }) });
    picture.change({ incident: hoursAgo(1, { force: 'surrey', feed: 'timed' }) });
    const feeds = [feed('monthly', 'live', { finestPrecision: 'month' }), feed('timed', 'live')];
    const all = national(picture, { feeds });
    expect(rowOf(all, 'kent')).toMatchObject({ data: 'live', counts: null });
    expect(rowOf(all, 'surrey')?.counts).toEqual({ lastHour: 1, last8Hours: 1, last24Hours: 1 });
  });

  it('lets a feed stand for a force by what it told of within the last quarter', () => {
    const picture = new LivePicture(LONDON);
    const told = (force: Force, daysAgo: number): void => {
      const receivedAt = formatInstant(NOW_MS - daysAgo * DAY_MS);
      picture.change({ incident: storedIncident({ force, receivedAt, occurredAt: receivedAt }) });
    };
    told('kent', 92);
    told('surrey', 101);
    picture.prune(NOW_MS);
    const all = national(picture, { feeds: [feed('cad', 'silent')] });
    expect(rowOf(all, 'kent')).toMatchObject({ data: 'silent', counts: { last24Hours: 0 } });
    expect(rowOf(all, 'surrey')).toMatchObject({ data: 'none', counts: null });
  });

  it('tells the hotspots and their age, why there are none, and which force has never had any', () => {
    const picture = new LivePicture(LONDON);
    picture.apply(ranked({ force: 'kent' }, 0.5, 0.25));
    picture.apply(ranked({ force: 'surrey' }));
    picture.apply(ranked({ force: 'essex', modelId: null, unavailable: 'no model' }));
    picture.apply(ranked({ force: 'sussex', theme: 'theft' }, 7));
    const all = national(picture);
    const at = formatInstant(NOW_MS - 4_000);
    const told = { at, ageSeconds: 4, unavailable: null };
    expect(rowOf(all, 'kent')?.forecast).toEqual({ ...told, hotspots: 2, highestExpected: 0.5 });
    expect(rowOf(all, 'surrey')?.forecast).toEqual({ ...told, hotspots: 0, highestExpected: null });
    expect(rowOf(all, 'essex')?.forecast).toEqual({
      ...{ ...told, unavailable: 'no model', hotspots: null, highestExpected: null },
    });
    expect(rowOf(all, 'sussex')?.forecast).toBeNull();
    expect(all.total).toMatchObject({ hotspots: 2, highestExpected: 0.5 });
  });

  it('shows only the forces one may see, and sums up no others', () => {
    const picture = new LivePicture(LONDON);
    for (const force of ['kent', 'essex'] as const) picture.change({ incident: storedIncident({ force }) });
    picture.apply(ranked({ force: 'essex' }, 8));
    const { forces, total } = national(picture, { principal: { forces: ['kent', 'surrey'] } });
    expect(forces.map(({ force }) => force)).toEqual(['kent', 'surrey']);
    expect(total).toEqual({
      forces: { live: 1, late: 0, silent: 0, none: 1 },
      counts: { lastHour: 1, last8Hours: 1, last24Hours: 1 },
      hotspots: null,
      highestExpected: null,
    });
  });

  it('tells whoever may not see fine cells of the coarse ones', () => {
    const picture = new LivePicture(LONDON);
    picture.apply(ranked({ force: 'kent', theme: 'vawg' }, 0.5, 0.25));
    const forecastFor = (principal: Partial<Principal>) =>
      rowOf(national(picture, { principal, theme: 'vawg' }), 'kent')?.forecast;
    expect(forecastFor({ cleared: true })).toMatchObject({ hotspots: 2, highestExpected: 0.5 });
    expect(forecastFor({ cleared: false })).toMatchObject({ hotspots: 1, highestExpected: 9 });
  });
});
