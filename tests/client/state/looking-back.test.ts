/** What looking back puts on the map. */
import { describe, expect, it } from 'vitest';
import { differenceMarks, outcomeMarks } from '../../../client/state/looking-back.ts';
import type { ForecastOutcome } from '../../../shared/forecast-outcome.ts';
import type { KnownDifference } from '../../../shared/known-difference.ts';
import type { ShownIncident } from '../../../shared/messages.ts';

/** As much of one as a mark is made of. */
const shown = (cell: string): ShownIncident => ({ cell }) as ShownIncident;

describe('the marks', () => {
  it('of a forecast tell hotspots where something happened from those where nothing did, or nobody knows', () => {
    const hotspot = { rank: 1, expected: 1, lower: 0, upper: 3 };
    const outcome = {
      hotspots: [
        { ...hotspot, cell: 'a', observed: 2 },
        { ...hotspot, cell: 'b', observed: 0 },
        { ...hotspot, cell: 'c', observed: null },
      ],
      naiveCells: [{ cell: 'd', lastYear: 9, observed: 1 }],
      elsewhere: [{ cell: 'e', coarse: false, observed: 4 }],
    } as unknown as ForecastOutcome;
    expect(outcomeMarks(outcome)).toEqual([
      { kind: 'naive', cell: 'd', count: 1 },
      { kind: 'elsewhere', cell: 'e', count: 4 },
      { kind: 'hit', cell: 'a', count: 2 },
      { kind: 'miss', cell: 'b', count: 0 },
      { kind: 'miss', cell: 'c', count: null },
    ]);
  });

  it('of what became known later are one for each hexagon and kind, with where a corrected one was', () => {
    const difference = {
      late: ['a', 'a', 'b'].map((cell) => ({ incident: shown(cell), delaySeconds: 60 })),
      corrected: [
        { before: shown('c'), after: shown('c'), correctedAt: '', changed: ['category'] },
        { before: shown('c'), after: shown('d'), correctedAt: '', changed: ['place'] },
      ],
      cancelled: [{ incident: shown('e'), cancelledAt: '' }],
    } as unknown as KnownDifference;
    expect(differenceMarks(difference)).toEqual([
      { kind: 'cancelled', cell: 'e', count: 1 },
      { kind: 'corrected', cell: 'c', count: 1 },
      { kind: 'corrected', cell: 'd', from: 'c', count: 1 },
      { kind: 'late', cell: 'a', count: 2 },
      { kind: 'late', cell: 'b', count: 1 },
    ]);
  });
});
