/** Draws the national picture: each force area by its count against what is usual, with its figures where they have room. */
import type { Force } from '../../shared/force.ts';
import { formatCount } from '../i18n/format.ts';
import { words } from '../i18n/words.ts';
import { AGAINST_SIGNS, type ForceFigures } from '../state/national-figures.ts';
import { boxAround, isWithin, overlap, type Box } from './boxes.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { DrawnArea } from './force-areas.ts';
import type { Point } from './place-ranks.ts';
import { traceRings } from './trace-rings.ts';
import { setFont, writeText } from './write-text.ts';

const FIGURE_UNITS = 1.9;
const NAME_UNITS = 1.5;
const DETAIL_UNITS = 1.4;
const FILL_OPACITY = 0.85;

export type FiguresByForce = ReadonlyMap<Force, ForceFigures>;

export function drawNational(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  areas: readonly DrawnArea[],
  figures: FiguresByForce,
): boolean {
  pen.globalAlpha = FILL_OPACITY;
  for (const area of areas) {
    const own = figures.get(area.force);
    // Of the others the hatch tells all there is.
    if (own?.data !== 'live') continue;
    traceRings(pen, frame, area.rings);
    pen.fillStyle = colours.against[own.against];
    pen.fill('evenodd');
  }
  pen.globalAlpha = 1;
  return areas.length > 0;
}

/** `204 ▲`, or that there are no data: never nothing, and never a zero that nobody counted. */
export function nationalFigure(own: ForceFigures | undefined): string {
  if (own === undefined || own.data === 'none') return words.noData;
  if (own.count === null) return own.data === 'live' ? words.notKnown : words.condition[own.data];
  const sign = AGAINST_SIGNS[own.against];
  return `${formatCount(own.count)}${sign === '' ? '' : ` ${sign}`}`;
}

/** `36 hotspots · 1 feed silent`; empty where there is nothing more to say. */
export function nationalDetail(own: ForceFigures | undefined): string {
  if (own === undefined || own.data === 'none') return '';
  const { hotspots, feeds } = own;
  const said = [
    hotspots === null ? '' : words.hotspotCount(hotspots),
    ...(['silent', 'late'] as const).map((condition) =>
      feeds[condition] === 0 ? '' : words.feedsIn(feeds[condition], condition),
    ),
  ];
  return said.filter((part) => part !== '').join(' · ');
}

/** Figures first, of the widest areas first; then names above them where there is still room. */
export function drawNationalFigures(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  areas: readonly DrawnArea[],
  figures: FiguresByForce,
): boolean {
  const { unit } = frame;
  const world = 256 * 2 ** frame.zoom;
  const taken: Box[] = [];
  const placed: { area: DrawnArea; at: Point }[] = [];
  const hasData = (area: DrawnArea): boolean => (figures.get(area.force)?.data ?? 'none') !== 'none';
  // Those of which something is known first: there are figures to be read.
  const widthOf = (area: DrawnArea): number => (area.places[0]?.width ?? 0) + (hasData(area) ? 1 : 0);
  for (const area of areas.toSorted((one, other) => widthOf(other) - widthOf(one))) {
    const text = nationalFigure(figures.get(area.force));
    const size = (hasData(area) ? FIGURE_UNITS : NAME_UNITS) * unit;
    setFont(pen, size, 600);
    const half = pen.measureText(text).width / 2;
    const at = area.places
      // A figure may lie over the border of a small area; that there are no data the hatch says as well.
      .filter(({ width }) => hasData(area) || 1.15 * width * world > 2 * half)
      .map((place) => ({ x: place.x * world - frame.origin.x, y: place.y * world - frame.origin.y }))
      .find((place) => isFree(boxAround(place, half, 0.55 * size)));
    if (at === undefined) continue;
    taken.push(boxAround(at, half, 0.55 * size));
    placed.push({ area, at });
    writeText(pen, text, at, { size, weight: 600, ink: colours.hexagonMark, halo: true });
  }
  for (const { area, at } of placed) {
    const detail = nationalDetail(figures.get(area.force));
    setFont(pen, DETAIL_UNITS * unit, 500);
    const half = pen.measureText(detail).width / 2;
    const below = boxAround({ x: at.x, y: at.y + 1.8 * unit }, half, 0.7 * unit);
    if (detail === '' || !isFree(below)) continue;
    taken.push(below);
    const lettering = { size: DETAIL_UNITS * unit, ink: colours.areaNameShown, halo: true };
    writeText(pen, detail, { x: at.x, y: at.y + 1.8 * unit }, lettering);
  }
  for (const { area, at } of placed) {
    const name = words.force(area.force);
    setFont(pen, NAME_UNITS * unit, 500);
    const half = pen.measureText(name).width / 2;
    const above = { x: at.x, y: at.y - 1.75 * unit };
    const isWide = (area.places[0]?.width ?? 0) * world > 1.6 * half;
    if (!isWide || !isFree(boxAround(above, half, 0.75 * unit))) continue;
    taken.push(boxAround(above, half, 0.75 * unit));
    writeText(pen, name, above, { size: NAME_UNITS * unit, ink: colours.areaNameShown, halo: true });
  }
  return placed.length > 0;

  function isFree(box: Box): boolean {
    return isWithin(frame, box) && !taken.some((other) => overlap(box, other));
  }
}
