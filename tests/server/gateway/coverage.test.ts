/** Coverage says where a feed that does not speak would tell of something, and no more finely than all may know. */
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../server/access/policy.ts';
import { coverageOf } from '../../../server/gateway/coverage.ts';
import { LivePicture } from '../../../server/gateway/live-picture.ts';
import { cellAt, coarseCell } from '../../../shared/cell.ts';
import type { Coverage } from '../../../shared/coverage.ts';
import type { FeedCondition, FeedState } from '../../../shared/feed.ts';
import type { Force } from '../../../shared/force.ts';
import { DAY_MS, formatInstant, TimeZone } from '../../../shared/time.ts';
import { NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const ADMIN: Principal = { name: 'a', role: 'admin', forces: [], cleared: true };
const RECEIVED = formatInstant(NOW_MS - 3_600_000);
const OCCURRED = formatInstant(NOW_MS - 7_200_000);

function feed(name: string, condition: FeedCondition): FeedState {
  return {
    ...{ agency: 'police', feed: name, condition, lastReceivedAt: RECEIVED, lastOccurredAt: OCCURRED },
    ...{ finestPrecision: 'minute', stored: 1, duplicates: 0, rejected: 0, lastRejection: null },
  };
}

function told(...incidents: { force: Force; feed: string; lat?: number; daysAgo?: number }[]): LivePicture {
  const picture = new LivePicture(new TimeZone('Europe/London'));
  for (const { daysAgo = 0, ...incident } of incidents) {
    const occurredAt = formatInstant(NOW_MS - daysAgo * DAY_MS);
    picture.change({ incident: storedIncident({ ...incident, occurredAt }) });
  }
  return picture;
}

function coverage(
  picture: LivePicture,
  feeds: FeedState[],
  principal: Partial<Principal> = {},
): Coverage['forces'] {
  return coverageOf(picture, { principal: { ...ADMIN, ...principal }, nowMs: NOW_MS, feeds }).forces;
}

describe('coverage', () => {
  it('has a row for every force, and says of which nothing is known', () => {
    const rows = coverage(told({ force: 'kent', feed: 'cad' }), [feed('cad', 'live')]);
    expect(rows).toHaveLength(44);
    expect(rows.find(({ force }) => force === 'essex')).toEqual({ force: 'essex', data: 'none', feeds: [] });
    expect(rows.find(({ force }) => force === 'kent')).toMatchObject({
      data: 'live',
      feeds: [{ feed: 'cad', condition: 'live', cells: null }],
    });
  });

  it('names the coarse cells of a feed that does not speak, each once, those of the other feeds not', () => {
    const picture = told(
      { force: 'kent', feed: 'cad', lat: 51.5 },
      { force: 'kent', feed: 'cad', lat: 51.5001 },
      { force: 'kent', feed: 'cctv', lat: 51.6 },
      { force: 'essex', feed: 'cad', lat: 51.7 },
    );
    const [kent] = coverage(picture, [feed('cad', 'silent'), feed('cctv', 'live')], { forces: ['kent'] });
    expect(kent).toEqual({
      force: 'kent',
      data: 'live',
      feeds: [
        {
          ...{ agency: 'police', feed: 'cad', condition: 'silent', knownUntil: RECEIVED, share: 0.667 },
          cells: [coarseCell(cellAt(51.5, -0.12))],
        },
        {
          ...{
            agency: 'police',
            feed: 'cctv',
            condition: 'live',
            share: 0.333,
            knownUntil: formatInstant(NOW_MS),
          },
          cells: null,
        },
      ],
    });
  });

  it('knows a late feed up to the newest happening that it told of', () => {
    const [kent] = coverage(told({ force: 'kent', feed: 'cad' }), [feed('cad', 'late')], {
      forces: ['kent'],
    });
    expect(kent).toMatchObject({ data: 'late', feeds: [{ knownUntil: OCCURRED }] });
  });

  it('forgets a place that a feed has not told of for a quarter', () => {
    const picture = told(
      { force: 'kent', feed: 'cad', lat: 51.5, daysAgo: 101 },
      { force: 'kent', feed: 'cad', lat: 51.6 },
    );
    const ask = (): unknown =>
      coverage(picture, [feed('cad', 'silent')], { forces: ['kent'] })[0]?.feeds[0]?.cells;
    const known = [coarseCell(cellAt(51.6, -0.12))];
    expect(ask()).toEqual(known);
    picture.prune(NOW_MS);
    expect(ask()).toEqual(known);
  });

  it('shows only the forces one may see', () => {
    const picture = told({ force: 'kent', feed: 'cad' }, { force: 'essex', feed: 'cad' });
    const rows = coverage(picture, [feed('cad', 'silent')], { forces: ['essex'] });
    expect(rows.map(({ force }) => force)).toEqual(['essex']);
  });
});
