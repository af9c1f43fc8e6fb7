/** The hotspots of all forces in one list, and the forces that have none to show. */
import type { Force } from '../../shared/force.ts';
import { MAX_HOTSPOTS, type Hotspot } from '../../shared/hotspot.ts';
import type { HotspotRanking } from '../../shared/messages.ts';

/** `observed` is null where nobody knows the hour of any incident. */
export type ListedHotspot = Omit<Hotspot, 'observed'> & { observed: number | null };

export interface Ranked {
  hotspots: ListedHotspot[];
  /** Whether some of them are from data that know no hour: there one hour is forecast like any other. */
  hoursUnknown: boolean;
  /** When the oldest of the rankings was made, and by which models; null where nothing is ranked. */
  made: { at: string; modelIds: string[] } | null;
  /** Forces without a forecast, and why. */
  unavailable: { force: Force; reason: string }[];
  /** Forces whose forecast is shown and drifts, and how. */
  drifting: { force: Force; reason: string }[];
}

/** Ranks anew by expected incidents where several forces are shown; one force keeps its own ranks. */
export function ranked(rankings: Iterable<HotspotRanking>): Ranked {
  const all = [...rankings];
  const unavailable = all.flatMap(({ force, unavailable: reason }) =>
    reason === null ? [] : [{ force, reason }],
  );
  const drifting = all.flatMap(({ force, notice: reason }) =>
    reason === undefined ? [] : [{ force, reason }],
  );
  const shown = all.filter((ranking) => ranking.unavailable === null && ranking.hotspots.length > 0);
  const hoursUnknown = shown.some((ranking) => ranking.hoursUnknown === true);
  const made = madeOf(shown);
  const [only] = shown;
  if (shown.length === 1 && only !== undefined) {
    return {
      hotspots: listed(only).toSorted((a, b) => a.rank - b.rank),
      hoursUnknown,
      made,
      unavailable,
      drifting,
    };
  }
  const hotspots = shown
    .flatMap(listed)
    .sort((a, b) => b.expected - a.expected)
    .slice(0, MAX_HOTSPOTS)
    .map((hotspot, index) => ({ ...hotspot, rank: index + 1 }));
  return { hotspots, hoursUnknown, made, unavailable, drifting };
}

function madeOf(shown: readonly HotspotRanking[]): Ranked['made'] {
  const [oldest] = shown.map(({ at }) => at).sort();
  if (oldest === undefined) return null;
  return { at: oldest, modelIds: [...new Set(shown.flatMap(({ modelId }) => modelId ?? []))].sort() };
}

function listed({ hotspots, hoursUnknown }: HotspotRanking): ListedHotspot[] {
  return hoursUnknown === true ? hotspots.map((hotspot) => ({ ...hotspot, observed: null })) : hotspots;
}
