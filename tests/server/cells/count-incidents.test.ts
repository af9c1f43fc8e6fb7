/** What is counted of a cell's incidents in a window: by category, by hour, and what has no hour. */
import { describe, expect, it } from 'vitest';
import { countIncidents, windowOf, type ToldIncident } from '../../../server/cells/count-incidents.ts';
import { HOUR_MS, MINUTE_MS, TimeZone } from '../../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');
const NOW = Date.parse('2026-03-10T12:20:00Z');

function told(occurredAt: string, change: Partial<ToldIncident> = {}): ToldIncident {
  return {
    occurredAtMs: Date.parse(occurredAt),
    timePrecision: 'minute',
    category: 'burglary',
    status: 'open',
    ...change,
  };
}

describe('the window', () => {
  it('is the hour under way and those before it', () => {
    expect(windowOf(NOW, 1)).toEqual({ fromMs: Date.parse('2026-03-10T12:00:00Z'), toMs: NOW });
    expect(windowOf(NOW, 24).fromMs).toBe(Date.parse('2026-03-09T13:00:00Z'));
  });
});

describe('the counts', () => {
  it('have each incident once, in its hour and its category', () => {
    const counts = countIncidents(
      [
        told('2026-03-10T12:20:00Z'),
        told('2026-03-10T11:59:59Z', { category: 'robbery' }),
        told('2026-03-10T11:00:00Z'),
        told('2026-03-10T10:00:00Z', { status: 'closed' }),
        told('2026-03-10T09:59:59Z'),
        told('2026-03-10T12:21:00Z'),
      ],
      windowOf(NOW, 3),
      LONDON,
    );
    expect(counts.total).toBe(4);
    expect(counts.byHour).toEqual([
      { from: '2026-03-10T10:00:00.000Z', count: 1 },
      { from: '2026-03-10T11:00:00.000Z', count: 2 },
      { from: '2026-03-10T12:00:00.000Z', count: 1 },
    ]);
    expect(counts.byCategory).toEqual([
      { category: 'burglary', count: 3 },
      { category: 'robbery', count: 1 },
    ]);
  });

  it('leave out what was cancelled, and say how many that were', () => {
    const counts = countIncidents(
      [told('2026-03-10T12:01:00Z', { status: 'cancelled' }), told('2026-03-10T12:02:00Z')],
      windowOf(NOW, 1),
      LONDON,
    );
    expect([counts.total, counts.cancelled]).toEqual([1, 1]);
  });

  it('put what is known to the day or month in no hour, where the window touches it', () => {
    const day = { timePrecision: 'day' } as const;
    const counts = countIncidents(
      [
        told('2026-03-10T00:00:00Z', day),
        told('2026-03-09T00:00:00Z', day),
        told('2026-03-01T00:00:00Z', { timePrecision: 'month' }),
      ],
      windowOf(NOW, 2),
      LONDON,
    );
    expect([counts.total, counts.untimed]).toEqual([0, 2]);
    expect(counts.byHour.map(({ count }) => count)).toEqual([0, 0]);
  });

  it('have an hour for every hour, however many', () => {
    for (const hours of [1, 8, 24, 168])
      expect(countIncidents([], windowOf(NOW + 7 * MINUTE_MS, hours), LONDON).byHour).toHaveLength(hours);
    expect(countIncidents([], windowOf(12 * HOUR_MS, 3), LONDON).byHour).toHaveLength(3);
  });
});
