/** A past that is still being told is not a quiet present. */
import { describe, expect, it } from 'vitest';
import { tellsSince, toldUntil } from '../../../client/state/told-until.ts';
import { feed, NOON } from '../frames.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(NOON - hours * HOUR_MS).toISOString();

describe('up to when feeds have told what happened', () => {
  it('is now where one feed speaks of the present, however late the others are', () => {
    expect(toldUntil([feed({ condition: 'late', lastOccurredAt: ago(9) }), feed()])).toEqual({ kind: 'now' });
  });

  it('is as far as the furthest has come where all still tell of a past', () => {
    const feeds = [ago(40), ago(30), ago(50)].map((lastOccurredAt) =>
      feed({ condition: 'late', lastOccurredAt }),
    );
    expect(toldUntil(feeds)).toEqual({ kind: 'arriving', untilMs: NOON - 30 * HOUR_MS });
  });

  it('is the last word where all are silent', () => {
    const feeds = [feed({ condition: 'silent', lastReceivedAt: ago(3), lastOccurredAt: ago(4) })];
    expect(toldUntil(feeds)).toEqual({ kind: 'silent', untilMs: NOON - 3 * HOUR_MS });
  });

  it('is unknown before any feed has told of anything', () => {
    expect(toldUntil([])).toEqual({ kind: 'nothing' });
  });

  it('is not judged by feeds that know no hour', () => {
    const monthly = feed({ condition: 'late', finestPrecision: 'month', lastOccurredAt: ago(900) });
    expect(toldUntil([monthly])).toEqual({ kind: 'now' });
    expect(toldUntil([monthly, feed({ condition: 'late', lastOccurredAt: ago(2) })])).toMatchObject({
      kind: 'arriving',
    });
  });

  it('says whether a window has any part that can be known', () => {
    const sinceMs = NOON - 8 * HOUR_MS;
    expect(tellsSince({ kind: 'now' }, sinceMs)).toBe(true);
    expect(tellsSince({ kind: 'nothing' }, sinceMs)).toBe(false);
    expect(tellsSince({ kind: 'arriving', untilMs: NOON - 9 * HOUR_MS }, sinceMs)).toBe(false);
    expect(tellsSince({ kind: 'arriving', untilMs: NOON - 7 * HOUR_MS }, sinceMs)).toBe(true);
    expect(tellsSince({ kind: 'silent', untilMs: NOON - 9 * HOUR_MS }, sinceMs)).toBe(false);
  });
});
