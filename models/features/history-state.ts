/** The state of a cell history, as its checkpoint and its features read it. */
import type { TimeZone } from '../../shared/time.ts';
import type { Area } from './area.ts';
import type { IncidentGroup } from './counted-incident.ts';
import type { Coverage } from './coverage.ts';
import type { GroupCounts } from './group-counts.ts';

export interface HistoryState {
  readonly timeZone: TimeZone;
  readonly area: Area;
  readonly groups: readonly IncidentGroup[];
  /** One per group. */
  readonly counts: readonly GroupCounts[];
  /** Throws `RangeError` for a group that is not counted. */
  countsOf(group: string): GroupCounts;
  /** Of the incidents known to the day or better, and of those known to the month. */
  readonly coverage: Coverage;
  readonly monthCoverage: Coverage;
  /** The instant that all sums are scaled to; NaN before the first incident. */
  referenceMs: number;
}
