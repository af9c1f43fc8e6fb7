/** The filter of lists: what passes, and what an incident is marked as. */
import { describe, expect, it } from 'vitest';
import { marksOf, NO_FILTER, passes, toggled } from '../../../client/state/incident-filter.ts';
import { incident } from '../frames.ts';

describe('an incident', () => {
  it('is late where it was known more than an hour after it happened or ended', () => {
    const occurredAt = '2026-03-01T10:00:00.000Z';
    expect(marksOf(incident({ occurredAt, receivedAt: '2026-03-01T11:00:00.000Z' }))).toEqual([]);
    expect(marksOf(incident({ occurredAt, receivedAt: '2026-03-01T11:00:01.000Z' }))).toEqual(['late']);
    const ended = { occurredAt, occurredUntil: '2026-03-01T10:30:00.000Z' };
    expect(marksOf(incident({ ...ended, receivedAt: '2026-03-01T11:00:01.000Z' }))).toEqual([]);
  });

  it('of a day or month is not called late: nobody knows', () => {
    const month = { timePrecision: 'month', occurredAt: '2026-03-01T00:00:00.000Z' } as const;
    expect(marksOf(incident({ ...month, receivedAt: '2026-04-20T00:00:00.000Z' }))).toEqual([]);
  });

  it('is corrected or cancelled, not both', () => {
    const soon = { occurredAt: '2026-03-01T10:00:00.000Z', receivedAt: '2026-03-01T10:01:00.000Z' };
    expect(marksOf(incident({ ...soon, revision: 2 }))).toEqual(['corrected']);
    expect(marksOf(incident({ ...soon, revision: 2, status: 'cancelled' }))).toEqual(['cancelled']);
  });
});

describe('the filter', () => {
  it('lets everything pass while nothing is chosen', () => {
    expect(passes(NO_FILTER, incident())).toBe(true);
  });

  it('asks for one of each kind of choice that is made', () => {
    const filter = { categories: ['burglary', 'robbery'], origins: ['live'], marks: ['corrected'] } as const;
    const corrected = incident({ category: 'robbery', origin: 'live', revision: 2 });
    expect(passes(filter, corrected)).toBe(true);
    expect(passes(filter, { ...corrected, category: 'drugs' })).toBe(false);
    expect(passes(filter, { ...corrected, origin: 'simulated' })).toBe(false);
    expect(passes(filter, { ...corrected, revision: 1 })).toBe(false);
  });

  it('adds and takes out a choice, in an order of its own', () => {
    const all = ['a', 'b', 'c'];
    expect(toggled(all, ['c'], 'a')).toEqual(['a', 'c']);
    expect(toggled(all, ['a', 'c'], 'a')).toEqual(['c']);
  });
});
