/** Rolling counts are what a recount of all incidents would give, whatever came, was corrected, and in what order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentChange } from '../../../shared/announcement.ts';
import { HORIZONS, type HorizonHours } from '../../../shared/forecast.ts';
import { THEMES, themesOf, type Theme } from '../../../shared/theme.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { RollingCounts } from '../../../server/windows/rolling-counts.ts';
import {
  corrected,
  incidentLives,
  NOW_MS,
  storedIncident,
  thatCount,
} from '../../support/stored-incidents.ts';

const CELL = storedIncident().cell;

function countsOf(...changes: IncidentChange[]): RollingCounts {
  const counts = new RollingCounts();
  for (const change of changes) counts.apply(change);
  counts.expire(NOW_MS);
  return counts;
}

const ago = (ms: number): string => formatInstant(NOW_MS - ms);
const windows = (counts: RollingCounts, theme: Theme = 'all'): number[] =>
  HORIZONS.map((hours) => counts.count(hours, theme, CELL));

describe('a rolling count', () => {
  it('holds an incident in every theme it belongs to, in each window that reaches back to it', () => {
    const counts = countsOf(
      {
        incident: storedIncident({
          occurredAt: ago(30 * MINUTE_MS),
          category: 'robbery',
          markers: ['knife'],
        }),
      },
      { incident: storedIncident({ occurredAt: ago(5 * HOUR_MS) }) },
      { incident: storedIncident({ occurredAt: ago(20 * HOUR_MS) }) },
      { incident: storedIncident({ occurredAt: ago(30 * HOUR_MS) }) },
    );
    expect(windows(counts)).toEqual([1, 2, 3]);
    expect(windows(counts, 'knife-crime')).toEqual([1, 1, 1]);
    expect(windows(counts, 'violence')).toEqual([1, 1, 1]);
    expect(windows(counts, 'burglary')).toEqual([0, 1, 2]);
    expect(windows(counts, 'asb')).toEqual([0, 0, 0]);
  });

  it('lets go to the minute', () => {
    const counts = countsOf({ incident: storedIncident({ occurredAt: ago(59 * MINUTE_MS) }) });
    expect(windows(counts)).toEqual([1, 1, 1]);
    counts.expire(NOW_MS + MINUTE_MS);
    expect(windows(counts)).toEqual([0, 1, 1]);
    counts.expire(NOW_MS + 24 * HOUR_MS);
    expect(windows(counts)).toEqual([0, 0, 0]);
  });

  it('takes back what a correction moved, reclassified or cancelled', () => {
    const before = storedIncident({ occurredAt: ago(5 * MINUTE_MS) });
    expect(windows(countsOf({ incident: before }, corrected(before, { category: 'robbery' })))).toEqual([
      1, 1, 1,
    ]);
    const moved = countsOf({ incident: before }, corrected(before, { cell: 'elsewhere' }));
    expect(windows(moved)).toEqual([0, 0, 0]);
    expect(moved.count(1, 'all', 'elsewhere')).toBe(1);
    const cancelled = corrected(before, { status: 'cancelled' });
    expect(windows(countsOf({ incident: before }, cancelled))).toEqual([0, 0, 0]);
    expect(
      windows(countsOf({ incident: before }, cancelled, corrected(cancelled.incident, { status: 'closed' }))),
    ).toEqual([1, 1, 1]);
  });

  it('counts what comes late in the windows that still reach back to it, and no other', () => {
    const counts = countsOf();
    counts.apply({ incident: storedIncident({ occurredAt: ago(2 * HOUR_MS) }) });
    counts.apply({ incident: storedIncident({ occurredAt: ago(100 * HOUR_MS) }) });
    expect(windows(counts)).toEqual([0, 1, 1]);
    counts.expire(NOW_MS + 50 * HOUR_MS);
    expect(windows(counts)).toEqual([0, 0, 0]);
  });

  it('tells apart what may not be placed in a fine cell, until it is taken back', () => {
    const plain = storedIncident({ category: 'violence', occurredAt: ago(HOUR_MS / 2) });
    const sensitive = storedIncident({
      category: 'violence',
      markers: ['domestic'],
      occurredAt: ago(HOUR_MS / 2),
    });
    const counts = countsOf({ incident: plain }, { incident: sensitive });
    expect([counts.count(8, 'violence', CELL), counts.countPlaceable(8, 'violence', CELL)]).toEqual([2, 1]);
    counts.apply(corrected(sensitive, { status: 'cancelled' }));
    expect([counts.count(8, 'violence', CELL), counts.countPlaceable(8, 'violence', CELL)]).toEqual([1, 1]);
  });

  it('leaves out what is known to the day or month only', () => {
    const changes = (['day', 'month'] as const).map((timePrecision) => ({
      incident: storedIncident({ timePrecision }),
    }));
    expect(windows(countsOf(...changes))).toEqual([0, 0, 0]);
  });

  it('is the same after a checkpoint', () => {
    const before = storedIncident({ occurredAt: ago(30 * MINUTE_MS) });
    const counts = countsOf(
      { incident: before },
      { incident: storedIncident({ occurredAt: ago(7 * HOUR_MS) }) },
    );
    const again = RollingCounts.decode(counts.encode());
    again.expire(NOW_MS);
    expect(windows(again)).toEqual([1, 2, 2]);
    again.apply(corrected(before, { status: 'cancelled' }));
    expect(windows(again)).toEqual([0, 1, 1]);
  });

  it('equals a recount, at every time, through corrections, late arrivals and checkpoints', () => {
    fc.assert(
      fc.property(
        incidentLives,
        fc.array(fc.record({ after: fc.nat(60), minutes: fc.nat(600), checkpoint: fc.boolean() }), {
          maxLength: 5,
        }),
        (changes, ticks) => {
          let counts = new RollingCounts();
          let nowMs = NOW_MS - 6 * HOUR_MS;
          changes.forEach((change, index) => {
            for (const { minutes, checkpoint } of ticks.filter(({ after }) => after === index)) {
              nowMs += minutes * MINUTE_MS;
              counts.expire(nowMs);
              if (checkpoint) counts = RollingCounts.decode(counts.encode());
            }
            counts.apply(change);
          });
          nowMs = Math.max(nowMs, NOW_MS);
          counts.expire(nowMs);
          expect(totals(counts, changes)).toEqual(recount(changes, nowMs));
        },
      ),
    );
  });
});

type Totals = Record<string, number>;

function forEachTotal(
  changes: readonly IncidentChange[],
  visit: (hours: HorizonHours, theme: Theme, cell: string) => void,
): void {
  const cells = new Set(changes.map(({ incident }) => incident.cell));
  for (const hours of HORIZONS)
    for (const theme of THEMES) for (const cell of cells) visit(hours, theme, cell);
}

function totals(counts: RollingCounts, changes: readonly IncidentChange[]): Totals {
  const found: Totals = {};
  forEachTotal(changes, (hours, theme, cell) => {
    found[`${hours} ${theme} ${cell}`] = counts.count(hours, theme, cell);
  });
  return found;
}

function recount(changes: readonly IncidentChange[], nowMs: number): Totals {
  const found: Totals = {};
  const inHours = thatCount(changes).filter(({ timePrecision }) => !['day', 'month'].includes(timePrecision));
  forEachTotal(changes, (hours, theme, cell) => {
    found[`${hours} ${theme} ${cell}`] = inHours.filter(
      (incident) =>
        incident.cell === cell &&
        themesOf(incident).includes(theme) &&
        Date.parse(incident.occurredAt) > nowMs - hours * HOUR_MS,
    ).length;
  });
  return found;
}
