/** Says what the map shows of a hexagon, for tooltips and for those who move over it by keys. */
import { cellCentre, coarseCell, type Cell } from '../../shared/cell.ts';
import { formatCount, formatExpected, formatInterval, formatPlace } from '../i18n/format.ts';
import { words } from '../i18n/words.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import type { NotKnown } from '../state/not-known.ts';
import type { ShownHotspots } from './shown-hotspots.svelte.ts';

interface Shown {
  view: LiveView;
  known: NotKnown;
  shown: ShownHotspots;
}

/** `Hexagon 1.2 km NE: rank 3, 1.4 expected (0–3), 5 in the last 8 h`. */
export function describeCell(cell: Cell, { view, known, shown }: Shown): string {
  const place = words.hexagonAt(formatPlace(view.area.centre, cellCentre(cell)));
  const said = [expectedIn(cell, shown), countIn(cell, view, { known, shown }), unknownIn(cell, known)];
  return `${place}: ${said.filter((part) => part !== '').join(', ')}`;
}

function expectedIn(cell: Cell, { hotspots, merged }: ShownHotspots): string {
  const hotspot = merged === null ? hotspots.find((own) => own.cell === cell) : undefined;
  if (hotspot !== undefined) {
    const { rank, expected, lower, upper } = hotspot;
    return words.hexagonHotspot(rank, formatExpected(expected), formatInterval(lower, upper));
  }
  const sum = merged?.find((own) => own.cell === cell);
  return sum === undefined ? '' : words.hexagonMerged(sum.parts.length, formatExpected(sum.sum));
}

/** From afar no count is told: what is drawn there is the heat of many hexagons. Nor is a zero that nobody knows to be one. */
function countIn(
  cell: Cell,
  { heat, heatHours, timed }: LiveView,
  { known, shown }: Omit<Shown, 'view'>,
): string {
  const count = heat.get(cell) ?? 0;
  const isNoZero = count === 0 && known.cells.has(coarseCell(cell));
  if (shown.merged !== null || !timed || isNoZero) return '';
  return words.hexagonCount(formatCount(count), words.last[heatHours]);
}

function unknownIn(cell: Cell, { cells }: NotKnown): string {
  return cells.has(coarseCell(cell)) ? words.hexagonNotKnown : '';
}
