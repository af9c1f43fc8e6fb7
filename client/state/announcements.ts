/** What a screen reader is told of the hotspots, politely: that the first is another one, or that some are new; not each wavering. */
import type { Cell } from '../../shared/cell.ts';
import type { ListedHotspot } from './ranked.ts';

/** Only these count as news: ranks further down change with every incident. */
const TOP = 10;

export interface HotspotNews {
  /** The first, where it is another one than before. */
  first: ListedHotspot | null;
  /** How many hexagons have come among the top. */
  newcomers: number;
}

/** Null where there is no news; without anything before, or of another choice, all would be new and nothing is news. */
export function hotspotNews(before: readonly Cell[], hotspots: readonly ListedHotspot[]): HotspotNews | null {
  const top = hotspots.slice(0, TOP);
  const [first] = top;
  if (before.length === 0 || first === undefined) return null;
  const isOther = first.cell !== before[0];
  const newcomers = top.filter(({ cell }) => !before.includes(cell)).length;
  return isOther || newcomers > 0 ? { first: isOther ? first : null, newcomers } : null;
}

export function topCells(hotspots: readonly ListedHotspot[]): Cell[] {
  return hotspots.slice(0, TOP).map(({ cell }) => cell);
}
