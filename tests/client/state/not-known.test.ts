/** Silence is not safety: what a quiet feed would tell of is not known, and never shown as nothing. */
import { describe, expect, it } from 'vitest';
import { ALL_KNOWN, freshnessAt, notKnown, notKnownBeforeCoverage } from '../../../client/state/not-known.ts';
import { coarseCell } from '../../../shared/cell.ts';
import type { Coverage, ForceCoverage } from '../../../shared/coverage.ts';
import { CITY_CELL, NOON, NOON_TEXT } from '../frames.ts';

const HERE = coarseCell(CITY_CELL);
const ELSEWHERE = '87195da49ffffff';

function feed(change: Partial<ForceCoverage['feeds'][number]> = {}): ForceCoverage['feeds'][number] {
  return {
    ...{
      agency: 'police',
      feed: 'cad',
      condition: 'silent',
      knownUntil: NOON_TEXT,
      share: 0.4,
      cells: [HERE],
    },
    ...change,
  };
}

function coverage(...forces: ForceCoverage[]): Coverage {
  return { at: NOON_TEXT, forces };
}

describe('what is not known', () => {
  it('is nothing while every feed speaks', () => {
    const live = feed({ condition: 'live', cells: null });
    expect(notKnown(coverage({ force: 'kent', data: 'live', feeds: [live] }))).toEqual(ALL_KNOWN);
  });

  it('is a whole force where no feed speaks or none ever told of it, and never what lies in no force', () => {
    const { forces } = notKnown(
      coverage(
        { force: 'kent', data: 'silent', feeds: [feed()] },
        { force: 'essex', data: 'none', feeds: [] },
        { force: 'unassigned', data: 'none', feeds: [] },
        { force: 'surrey', data: 'live', feeds: [] },
      ),
    );
    expect([...forces]).toEqual([
      ['kent', 'silent'],
      ['essex', 'none'],
    ]);
  });

  it('is, where other feeds still speak, what the quiet one would tell of; silent is worse than late', () => {
    const earlier = new Date(NOON - 60_000).toISOString();
    const { forces, cells, feeds } = notKnown(
      coverage({
        force: 'kent',
        data: 'live',
        feeds: [
          feed({ feed: 'cctv', condition: 'late', knownUntil: earlier, cells: [HERE, ELSEWHERE] }),
          feed(),
          feed({ feed: 'web', condition: 'live', cells: null }),
        ],
      }),
    );
    expect(forces.size).toBe(0);
    expect(cells.get(HERE)).toEqual({ why: 'silent', knownUntilMs: NOON - 60_000, share: 0.8 });
    expect(cells.get(ELSEWHERE)).toEqual({ why: 'late', knownUntilMs: NOON - 60_000, share: 0.4 });
    expect(feeds.map(({ feed: name, condition }) => [name, condition])).toEqual([
      ['cad', 'silent'],
      ['cctv', 'late'],
    ]);
  });

  it('is, before the server has said what feeds cover, all that is shown', () => {
    const cad = { agency: 'police', feed: 'cad', lastReceivedAt: NOON_TEXT } as const;
    expect(notKnownBeforeCoverage([{ ...cad, condition: 'live' }], [CITY_CELL])).toEqual(ALL_KNOWN);
    const quiet = notKnownBeforeCoverage([{ ...cad, condition: 'silent' }], [CITY_CELL]);
    expect([...quiet.cells.keys()]).toEqual([HERE]);
    expect(quiet.feeds).toHaveLength(1);
  });
});

describe('a forecast', () => {
  const known = notKnown(coverage({ force: 'kent', data: 'silent', feeds: [feed({ share: 1 })] }));
  const at = (hours: number, cell = CITY_CELL) =>
    freshnessAt(cell, known, { nowMs: NOON + hours * 3_600_000, horizonHours: 8 });

  it('fades as the data below it age, and never quite away', () => {
    const fading = [0.1, 3, 5, 7, 30].map((hours) => at(hours));
    expect(fading).toEqual(fading.toSorted((one, other) => other - one));
    expect(fading[0]).toBeLessThan(1);
    expect(fading.at(-1)).toBe(0.25);
  });

  it('fades by as much of its data as is missing', () => {
    const little = notKnown(coverage({ force: 'kent', data: 'live', feeds: [feed({ share: 0.02 })] }));
    const faded = freshnessAt(CITY_CELL, little, { nowMs: NOON + 8 * 3_600_000, horizonHours: 8 });
    expect(faded).toBeCloseTo(0.985);
  });

  it('stays as it is where no feed is missing', () => {
    expect(at(5, ELSEWHERE)).toBe(1);
  });
});
