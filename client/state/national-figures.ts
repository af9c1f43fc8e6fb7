/** What the national picture says of one force: a count against what is usual, hotspots, and whether anything is known. */
import type { Force } from '../../shared/force.ts';
import type { DataState, NationalRow } from '../../shared/national.ts';
import type { AgainstNormal } from '../../shared/normal.ts';

export type Against = 'below' | 'usual' | 'above' | 'unknown';

export interface ForceFigures {
  force: Force;
  data: DataState;
  feeds: NationalRow['feeds'];
  /** Incidents in the window; null where nobody knows. */
  count: number | null;
  /** Incidents usual in these hours of the week; null where that is not known. */
  usual: number | null;
  /** How the count compares with the 80 % range of what is usual. */
  against: Against;
  /** Null where there is no forecast. */
  hotspots: number | null;
}

/** The longest counted window that is no longer than `hours`. */
export function countedHours(hours: number): 1 | 8 | 24 {
  if (hours >= 24) return 24;
  return hours >= 8 ? 8 : 1;
}

const NO_NORMAL = { reported: null, normal: null };
const COUNTED = { 1: 'lastHour', 8: 'last8Hours', 24: 'last24Hours' } as const;

/** The count of a force whose data are not of the present is not compared: it lacks what was not told. */
export function forceFigures(row: NationalRow, hours: number): ForceFigures {
  const counted = COUNTED[countedHours(hours)];
  const count = row.counts?.[counted] ?? null;
  const beside = row.normals?.[counted] ?? NO_NORMAL;
  return {
    ...{ force: row.force, data: row.data, feeds: row.feeds, count },
    usual: beside.normal?.expected ?? null,
    against: row.data === 'live' ? againstUsual(beside) : 'unknown',
    hotspots: row.forecast?.hotspots ?? null,
  };
}

/** What was reported beside the 80 % range of what is usual; what officers found is in neither. */
export function againstUsual({ reported, normal }: Pick<AgainstNormal, 'reported' | 'normal'>): Against {
  if (reported === null || normal === null) return 'unknown';
  if (reported < normal.lower) return 'below';
  return reported > normal.upper ? 'above' : 'usual';
}

/** Beside a figure, so that no colour is needed to read it. */
export const AGAINST_SIGNS: Record<Against, string> = { below: '▼', usual: '=', above: '▲', unknown: '' };

const NEED: Record<DataState, number> = { silent: 0, late: 1, live: 2, none: 3 };

/** Those whose feeds are silent or late come first, then those above what is usual, then by count. */
export function byNeed(figures: readonly ForceFigures[]): ForceFigures[] {
  const isAbove = ({ against }: ForceFigures): number => (against === 'above' ? 0 : 1);
  return figures.toSorted(
    (one, other) =>
      NEED[one.data] - NEED[other.data] ||
      isAbove(one) - isAbove(other) ||
      (other.count ?? -1) - (one.count ?? -1) ||
      one.force.localeCompare(other.force, 'en'),
  );
}
