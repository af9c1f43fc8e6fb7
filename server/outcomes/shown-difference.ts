/** What a reader is shown of what became known later: each incident as the live view would show it. */
import type { StoredIncident } from '../../shared/announcement.ts';
import { coarseCell, cellCentre } from '../../shared/cell.ts';
import type { CorrectedPart, KnownDifference } from '../../shared/known-difference.ts';
import type { ShownIncident } from '../../shared/messages.ts';
import { isTimed } from '../../shared/period.ts';
import type { TimeZone } from '../../shared/time.ts';
import type { Principal } from '../access/policy.ts';
import { shownIncident } from '../gateway/shown.ts';
import type { KnownSince } from './known-since.ts';

type Listed = Pick<KnownDifference, 'late' | 'corrected' | 'cancelled' | 'counts' | 'more'>;

/** The latest come first; `limit` is for each of the three lists. */
export function shownDifference(
  principal: Principal,
  since: KnownSince,
  { timeZone, limit }: { timeZone: TimeZone; limit: number },
): Listed {
  const shown = (incident: StoredIncident): ShownIncident => shownIncident(principal, incident, timeZone);
  const newest = <Value>(values: readonly Value[], atOf: (value: Value) => string): Value[] =>
    values.toSorted((one, other) => (atOf(one) < atOf(other) ? 1 : -1)).slice(0, limit);
  const { late, corrected, cancelled } = since;
  const counts = { late: late.length, corrected: corrected.length, cancelled: cancelled.length };
  return {
    counts,
    more: Object.values(counts).some((count) => count > limit),
    late: newest(late, ({ receivedAt }) => receivedAt).map((incident) => ({
      incident: shown(incident),
      delaySeconds: isTimed(incident.timePrecision)
        ? Math.max(0, Math.round((Date.parse(incident.receivedAt) - Date.parse(incident.occurredAt)) / 1_000))
        : null,
    })),
    corrected: newest(corrected, ({ after }) => after.receivedAt).map(({ before, after }) => {
      const pair = equallyCoarse(shown(before), shown(after));
      return { ...pair, correctedAt: after.receivedAt, changed: changedIn(pair.before, pair.after) };
    }),
    cancelled: newest(cancelled, ({ cancelledAt }) => cancelledAt).map(({ incident, cancelledAt }) => ({
      incident: shown(incident),
      cancelledAt,
    })),
  };
}

interface Pair {
  before: ShownIncident;
  after: ShownIncident;
}

/** Beside its fine place of before, the coarse one of a domestic incident would be none. */
function equallyCoarse(before: ShownIncident, after: ShownIncident): Pair {
  if (before.coarse === after.coarse) return { before, after };
  const coarsely = (incident: ShownIncident): ShownIncident => {
    const cell = coarseCell(incident.cell);
    const [lat, lon] = cellCentre(cell);
    return { ...incident, cell, lat, lon, coarse: true };
  };
  return { before: coarsely(before), after: coarsely(after) };
}

function changedIn(before: ShownIncident, after: ShownIncident): CorrectedPart[] {
  const differs = (...keys: (keyof ShownIncident)[]): boolean =>
    keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const parts: [CorrectedPart, boolean][] = [
    ['place', differs('cell', 'lat', 'lon')],
    ['time', differs('occurredAt', 'occurredUntil', 'timePrecision')],
    ['category', differs('category')],
    ['markers', differs('markers')],
    ['severity', differs('severity')],
    ['force', differs('force')],
    ['status', differs('status')],
  ];
  const changed = parts.filter(([, isChanged]) => isChanged).map(([part]) => part);
  return changed.length === 0 ? ['other'] : changed;
}
