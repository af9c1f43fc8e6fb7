/** What is said of how an incident was told: only what is so. */
import { describe, expect, it } from 'vitest';
import { toldHow } from '../../../client/state/told-how.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { incident, NOON } from '../frames.ts';

const ago = (ms: number): string => formatInstant(NOON - ms);

describe('an incident', () => {
  it('told within the hour of a live feed has nothing said of it', () => {
    expect(toldHow(incident({ occurredAt: ago(59 * MINUTE_MS) }))).toEqual({
      lateMs: null,
      corrected: false,
      cancelled: false,
      origin: null,
    });
  });

  it('is late by how long after its end it was told', () => {
    expect(toldHow(incident({ occurredAt: ago(3 * HOUR_MS) })).lateMs).toBe(3 * HOUR_MS);
    const night = { occurredAt: ago(9 * HOUR_MS), occurredUntil: ago(HOUR_MS / 2) };
    expect(toldHow(incident(night)).lateMs).toBeNull();
    const hour = { timePrecision: 'hour' as const };
    expect(toldHow(incident({ ...hour, occurredAt: ago(1.9 * HOUR_MS) })).lateMs).toBeNull();
    expect(toldHow(incident({ ...hour, occurredAt: ago(2.1 * HOUR_MS) })).lateMs).toBe(2.1 * HOUR_MS);
    expect(toldHow(incident({ timePrecision: 'day', occurredAt: ago(30 * HOUR_MS) })).lateMs).toBeNull();
  });

  it('is corrected or cancelled, not both, and a correction does not make it late', () => {
    const later = { revision: 2, occurredAt: ago(5 * HOUR_MS) };
    expect(toldHow(incident(later))).toMatchObject({ corrected: true, cancelled: false, lateMs: null });
    expect(toldHow(incident({ ...later, status: 'cancelled' }))).toMatchObject({
      corrected: false,
      cancelled: true,
    });
  });

  it.each(['simulated', 'recorded'] as const)('that is %s is said to be so', (origin) => {
    expect(toldHow(incident({ origin })).origin).toBe(origin);
  });
});
