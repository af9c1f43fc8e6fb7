/** Writes the names of force areas, while the areas are small on the screen and where nothing else stands. */
import { cellCentre, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { words } from '../i18n/words.ts';
import { readable } from '../look/sized-type.svelte.ts';
import { boxAround, isWithin, overlap } from './boxes.ts';
import type { Frame } from './canvas-layer.ts';
import { colours } from './colours.ts';
import type { DrawnArea } from './force-areas.ts';

/** An area that fills more of the screen's height than this needs no name to be told by. */
const MOST_OF_SCREEN = 0.5;
/** In hundredths of the screen's height. */
const NAME_UNITS = 1.5;
/** Centre to edge of the hexagon around a hotspot's rank, and some air. */
const HOTSPOT_UNITS = 2.1;

export interface NamesOnMap {
  areas: readonly DrawnArea[];
  /** Forces whose data the map shows: their names are brighter and come first. */
  shown: readonly Force[];
  /** Cells of hotspots, whose ranks are not to be written into. */
  avoid: readonly Cell[];
}

/** The widest areas first; a name for which there is no room is left out. */
export function drawForceNames(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  { areas, shown, avoid }: NamesOnMap,
): void {
  const world = 256 * 2 ** frame.zoom;
  const taken = avoid.map((cell) => boxAround(frame.at(...cellCentre(cell)), HOTSPOT_UNITS * frame.unit));
  const size = readable(NAME_UNITS * frame.unit);
  pen.font = `500 ${size}px "IBM Plex Sans Variable", sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  const order = ({ force, places }: DrawnArea): number =>
    (places[0]?.width ?? 0) + (shown.includes(force) ? 1 : 0);
  for (const { force, height, places } of areas.toSorted((one, other) => order(other) - order(one))) {
    if (height * world > MOST_OF_SCREEN * frame.height) continue;
    const name = words.force(force);
    const half = pen.measureText(name).width / 2;
    const fitting = places
      .filter(({ width }) => width * world > 2 * half)
      .map((place) => ({ x: place.x * world - frame.origin.x, y: place.y * world - frame.origin.y }))
      .find((at) => {
        const box = boxAround(at, half, size);
        return isWithin(frame, box) && !taken.some((other) => overlap(box, other));
      });
    if (fitting === undefined) continue;
    taken.push(boxAround(fitting, half, size));
    pen.strokeStyle = colours.halo;
    pen.lineWidth = 0.4 * frame.unit;
    pen.strokeText(name, fitting.x, fitting.y);
    pen.fillStyle = shown.includes(force) ? colours.areaNameShown : colours.areaName;
    pen.fillText(name, fitting.x, fitting.y);
  }
}
