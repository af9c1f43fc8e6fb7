/** The figures of a force: compared with what is usual only where both are known, and never a zero that nobody counted. */
import { describe, expect, it } from 'vitest';
import { countedHours, forceFigures } from '../../../client/state/national-figures.ts';
import type { NationalRow } from '../../../shared/national.ts';
import type { AgainstNormal } from '../../../shared/normal.ts';

function beside(reported: number | null): AgainstNormal {
  const bounds = { lower: 20, upper: 40, lower95: 15, upper95: 50 };
  return { reported, normal: { expected: 30, ...bounds, weeks: 12 }, reason: null };
}

function row(change: Partial<NationalRow> = {}, reported: number | null = 45): NationalRow {
  const normal = beside(reported);
  return {
    ...{ force: 'kent', data: 'live', feeds: { live: 1, late: 0, silent: 0 } },
    counts: { lastHour: 5, last8Hours: 50, last24Hours: 120 },
    normals: { lastHour: normal, last8Hours: normal, last24Hours: normal },
    forecast: null,
    ...change,
  };
}

describe('the figures of a force', () => {
  it('are the count of the window and how it compares', () => {
    expect(forceFigures(row(), 8)).toMatchObject({ count: 50, usual: 30, against: 'above' });
    expect(forceFigures(row({}, 30), 1)).toMatchObject({ count: 5, against: 'usual' });
    expect(forceFigures(row({}, 19), 24)).toMatchObject({ count: 120, against: 'below' });
  });

  it('of one of which nothing is known are no figures', () => {
    const none = {
      data: 'none',
      feeds: { live: 0, late: 0, silent: 0 },
      counts: null,
      normals: null,
    } as const;
    expect(forceFigures(row(none), 8)).toMatchObject({ count: null, usual: null, against: 'unknown' });
  });

  it('are not compared while its feeds are silent or late: what they did not tell is missing', () => {
    for (const data of ['silent', 'late'] as const)
      expect(forceFigures(row({ data }, 3), 8)).toMatchObject({ count: 50, against: 'unknown' });
  });

  it('of a week are those of its last day, since no more is counted for all', () => {
    expect([1, 8, 24, 168].map(countedHours)).toEqual([1, 8, 24, 24]);
  });
});
