/** The hotspots of all forces in one list, and the forces that have none to show. */
import type { Force } from '../../shared/force.ts';
import { MAX_HOTSPOTS, type Hotspot } from '../../shared/hotspot.ts';
import type { HotspotRanking } from '../../shared/messages.ts';

export interface Ranked {
  hotspots: Hotspot[];
  /** Forces without a forecast, and why. */
  unavailable: { force: Force; reason: string }[];
}

/** Ranks anew by expected incidents where several forces are shown; one force keeps its own ranks. */
export function ranked(rankings: Iterable<HotspotRanking>): Ranked {
  const all = [...rankings];
  const unavailable = all.flatMap(({ force, unavailable: reason }) =>
    reason === null ? [] : [{ force, reason }],
  );
  const shown = all.filter((ranking) => ranking.unavailable === null && ranking.hotspots.length > 0);
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) {
    return { hotspots: only.hotspots.toSorted((a, b) => a.rank - b.rank), unavailable };
  }
  const hotspots = shown
    .flatMap((ranking) => ranking.hotspots)
    .sort((a, b) => b.expected - a.expected)
    .slice(0, MAX_HOTSPOTS)
    .map((hotspot, index) => ({ ...hotspot, rank: index + 1 }));
  return { hotspots, unavailable };
}
