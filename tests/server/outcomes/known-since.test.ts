/** What became known only after a moment: late, corrected, cancelled, and by how much the count has moved. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownSince, type PastWindow } from '../../../server/outcomes/known-since.ts';
import { shownDifference } from '../../../server/outcomes/shown-difference.ts';
import type { StoredIncident } from '../../../shared/announcement.ts';
import { coarseCell } from '../../../shared/cell.ts';
import { formatInstant, HOUR_MS, MINUTE_MS, TimeZone } from '../../../shared/time.ts';
import type { Principal } from '../../../server/access/policy.ts';
import { corrected, incidentLives, NOW_MS, storedIncident } from '../../support/stored-incidents.ts';

const WINDOW: PastWindow = { fromMs: NOW_MS - 8 * HOUR_MS, atMs: NOW_MS, theme: 'all', forces: ['kent'] };
const minutesAgo = (minutes: number): string => formatInstant(NOW_MS - minutes * MINUTE_MS);

/** It happened an hour ago, and was told of at once. */
const known = (change: Partial<StoredIncident> = {}): StoredIncident =>
  storedIncident({ force: 'kent', occurredAt: minutesAgo(60), receivedAt: minutesAgo(59), ...change });
const later = (before: StoredIncident, change: Partial<StoredIncident>): StoredIncident =>
  corrected(before, { receivedAt: minutesAgo(-30), ...change }).incident;

describe('what became known later', () => {
  it('is late, corrected or cancelled; what was known and stands is nothing of it', () => {
    const late = known({ receivedAt: minutesAgo(-10) });
    const [first, second, third] = [known(), known(), known()];
    const moved = later(first, { category: 'robbery' });
    const gone = later(second, { status: 'cancelled' });
    const since = knownSince([late, first, moved, second, gone, third], WINDOW);
    expect(since.late).toEqual([late]);
    expect(since.corrected).toEqual([{ before: first, after: moved }]);
    expect(since.cancelled).toEqual([{ incident: second, cancelledAt: gone.receivedAt }]);
    expect(since.gained).toBe(0);
  });

  it('counts what a correction moved into the window or the theme, and out of them', () => {
    const inside = known({ category: 'burglary' });
    const outside = known({ category: 'drugs' });
    const window: PastWindow = { ...WINDOW, theme: 'burglary' };
    const out = knownSince([inside, later(inside, { category: 'drugs' })], window);
    expect([out.corrected.length, out.gained]).toEqual([1, -1]);
    const into = knownSince([outside, later(outside, { category: 'burglary' })], window);
    expect([into.corrected.length, into.gained]).toEqual([1, 1]);
    const elsewhere = known({ occurredAt: minutesAgo(600) });
    const moved = later(elsewhere, { occurredAt: minutesAgo(60) });
    expect(knownSince([elsewhere, moved], WINDOW)).toMatchObject({ late: [], gained: 1 });
  });

  it('of an incident that came late and was cancelled before anybody asked is nothing', () => {
    const late = known({ receivedAt: minutesAgo(-10) });
    const since = knownSince([late, later(late, { status: 'cancelled' })], WINDOW);
    expect(since).toMatchObject({ late: [], corrected: [], cancelled: [], gained: 0 });
  });

  it('adds up: what counted then and was gained is what counts now, for any lives', () => {
    fc.assert(
      fc.property(
        incidentLives,
        fc.array(fc.integer({ min: -120, max: 120 }), { minLength: 80, maxLength: 80 }),
        (changes, delays) => {
          const received = changes.map(({ incident }, index) => ({
            ...incident,
            receivedAt: minutesAgo((delays[index] ?? 0) - incident.revision * 1_000 + 2_000),
          }));
          const revisions = received.toSorted((one, other) =>
            one.id === other.id ? one.revision - other.revision : one.id < other.id ? -1 : 1,
          );
          const lives = [...Map.groupBy(revisions, ({ id }) => id).values()];
          const counts = (life: (StoredIncident | undefined)[]): number =>
            life.filter(
              (one) =>
                one !== undefined &&
                one.status !== 'cancelled' &&
                one.force === 'kent' &&
                Date.parse(one.occurredAt) > WINDOW.fromMs &&
                Date.parse(one.occurredAt) <= WINDOW.atMs,
            ).length;
          const then = counts(
            lives.map((life) => life.findLast(({ receivedAt }) => Date.parse(receivedAt) <= WINDOW.atMs)),
          );
          const now = counts(lives.map((life) => life.at(-1)));
          expect(then + knownSince(revisions, WINDOW).gained).toBe(now);
        },
      ),
    );
  });
});

describe('a reader', () => {
  const of = (change: Partial<Principal>): Principal => ({
    ...{ name: 'somebody', role: 'shift-lead', forces: [], cleared: false, ...change },
  });
  const options = { timeZone: new TimeZone('Europe/London'), limit: 100 };

  it('is told what a correction changed', () => {
    const before = known();
    const after = later(before, { lat: 51.6, cell: coarseCell(before.cell), severity: 4 });
    const { corrected: shown } = shownDifference(of({}), knownSince([before, after], WINDOW), options);
    expect(shown[0]).toMatchObject({ changed: ['place', 'severity'], correctedAt: after.receivedAt });
    const same = later(before, {});
    expect(
      shownDifference(of({}), knownSince([before, same], WINDOW), options).corrected[0]?.changed,
    ).toEqual(['other']);
  });

  it('who may not place a domestic incident finely learns its place from neither side of a correction', () => {
    const before = known();
    const since = knownSince([before, later(before, { markers: ['domestic'] })], WINDOW);
    const [guarded] = shownDifference(of({}), since, options).corrected;
    expect([guarded?.before.cell, guarded?.after.cell]).toEqual([
      coarseCell(before.cell),
      coarseCell(before.cell),
    ]);
    expect([guarded?.before.coarse, guarded?.after.coarse]).toEqual([true, true]);
    expect(guarded?.before.lat).not.toBe(before.lat);
    expect(guarded?.changed).toEqual(['markers']);
    const [cleared] = shownDifference(of({ cleared: true }), since, options).corrected;
    expect(cleared?.before.cell).toBe(before.cell);
  });

  it('sees of many the latest, and that there are more', () => {
    const many = [1, 2, 3].map((minutes) => known({ receivedAt: minutesAgo(-minutes) }));
    const shown = shownDifference(of({}), knownSince(many, WINDOW), { ...options, limit: 2 });
    expect(shown.late.map(({ incident }) => incident.receivedAt)).toEqual([minutesAgo(-3), minutesAgo(-2)]);
    expect(shown).toMatchObject({ more: true, counts: { late: 3 } });
    expect(shown.late[0]?.delaySeconds).toBe(63 * 60);
  });
});
