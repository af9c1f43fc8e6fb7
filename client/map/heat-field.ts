/**
 * The density of what happened, as a field over the view: a Gaussian kernel of fixed breadth in metres (Silverman 1986),
 * on a grid that is coarser than the screen's pixels, as heat is soft.
 *
 * The breadth is the same on the ground at each zoom, and so is the density at a place. Only where the picture is so
 * small that a point of the grid is broader than the kernel does each point tell the density of all that it covers.
 */
import { metresPerPixel } from './metres-per-pixel.ts';

/** Standard deviation: joins the cells of a street, whose centres lie 350 m apart, and parts two town centres. */
export const KERNEL_METRES = 300;
/** Points of the grid to one standard deviation: between them the picture is interpolated. */
const POINTS_PER_KERNEL = 2;
/** As many as are blurred within a few milliseconds. */
const MOST_POINTS = 400_000;
/**
 * In squares of the grid: adding a place's weight to the four nearest points spreads it by a variance of 1/6, and
 * interpolating between points by as much again; the kernel makes up the rest.
 */
const GRID_VARIANCE = 1 / 3;
/** Where the kernel is cut off, in standard deviations. */
const REACH = 3.2;

/** Places in the world's Mercator square, 0 to 1 each way, with what happened at each. */
export interface HeatPlaces {
  x: Float64Array;
  y: Float64Array;
  weight: Float32Array;
}

export interface FieldView {
  width: number;
  height: number;
  zoom: number;
  /** Where the view's top left corner lies in the pixels of a world that is `256 · 2^zoom` wide. */
  origin: { x: number; y: number };
}

export interface HeatField {
  columns: number;
  rows: number;
  /** Pixels of the view between two points of the grid. */
  step: number;
  /** Where the middle of its first point lies in the view. */
  left: number;
  top: number;
  /** Weight per km², row by row. */
  density: Float32Array;
}

/** Memory for one field after another: a fresh one of megabytes each time costs as much as the reckoning. */
export class FieldMemory {
  #kept: Float32Array[] = [];

  /** Zeros; what this was given to before is written over. */
  zeros(place: number, size: number): Float32Array {
    const kept = this.#kept[place];
    if (kept === undefined || kept.length < size || kept.length > 2 * size)
      return (this.#kept[place] = new Float32Array(size));
    return kept.subarray(0, size).fill(0);
  }
}

/** @param memory the field lies in it, until it is asked for the next one */
export function heatField(
  places: HeatPlaces,
  { width, height, zoom, origin }: FieldView,
  memory = new FieldMemory(),
): HeatField {
  const world = 256 * 2 ** zoom;
  const latitude = latitudeAt((origin.y + height / 2) / world);
  const kernelPixels = KERNEL_METRES / metresPerPixel(latitude, zoom);
  // The same for all views of a degree of latitude: a picture that is dragged must not shimmer.
  const wanted = KERNEL_METRES / metresPerPixel(Math.round(latitude), zoom) / POINTS_PER_KERNEL;
  const step = Math.max(wanted, Math.sqrt((width * height) / MOST_POINTS));
  const spread = kernelPixels / step;
  const kernel = gaussian(Math.sqrt(Math.max(0, spread ** 2 - GRID_VARIANCE)));
  const margin = kernel.length;
  // On the world's own grid, for the same reason.
  const [firstColumn, firstRow] = [
    Math.floor(origin.x / step) - margin,
    Math.floor(origin.y / step) - margin,
  ];
  const columns = Math.ceil((origin.x + width) / step) + margin - firstColumn;
  const rows = Math.ceil((origin.y + height) / step) + margin - firstRow;
  const points = memory.zeros(0, columns * rows);
  splat(points, columns, rows, places, { scale: world / step, firstColumn, firstRow });
  const density = kernel.length === 1 ? points : memory.zeros(1, columns * rows);
  if (density !== points) blur(points, density, columns, rows, kernel);
  for (let row = 0; row < rows; row++) {
    const metres = metresPerPixel(latitudeAt(((firstRow + row + 0.5) * step) / world), zoom) * step;
    const perKm2 = 1e6 / metres ** 2;
    for (let i = row * columns; i < (row + 1) * columns; i++) density[i] = (density[i] ?? 0) * perKm2;
  }
  const [left, top] = [(firstColumn + 0.5) * step - origin.x, (firstRow + 0.5) * step - origin.y];
  return { columns, rows, step, left, top, density };
}

/** The density at a point of the view, interpolated as the picture is. */
export function densityAt(
  { columns, rows, step, left, top, density }: HeatField,
  x: number,
  y: number,
): number {
  const [column, row] = [(x - left) / step, (y - top) / step];
  const [c, r] = [Math.floor(column), Math.floor(row)];
  if (c < 0 || r < 0 || c + 1 >= columns || r + 1 >= rows) return 0;
  const at = (i: number): number => density[i] ?? 0;
  const first = r * columns + c;
  const [right, down] = [column - c, row - r];
  const above = at(first) * (1 - right) + at(first + 1) * right;
  const below = at(first + columns) * (1 - right) + at(first + columns + 1) * right;
  return above * (1 - down) + below * down;
}

/** Of a place in the world's Mercator square. */
function latitudeAt(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** The middle and one side of a kernel that sums to 1; `[1]` where it would be narrower than the grid. */
function gaussian(deviation: number): Float32Array {
  if (deviation < 0.2) return Float32Array.of(1);
  const side = new Float32Array(Math.ceil(REACH * deviation) + 1);
  for (let i = 0; i < side.length; i++) side[i] = Math.exp(-(i ** 2) / (2 * deviation ** 2));
  const sum = side.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0);
  return side.map((value) => value / sum);
}

function splat(
  density: Float32Array,
  columns: number,
  rows: number,
  { x, y, weight }: HeatPlaces,
  { scale, firstColumn, firstRow }: { scale: number; firstColumn: number; firstRow: number },
): void {
  for (let i = 0; i < weight.length; i++) {
    const column = (x[i] ?? 0) * scale - firstColumn - 0.5;
    const row = (y[i] ?? 0) * scale - firstRow - 0.5;
    const [c, r] = [Math.floor(column), Math.floor(row)];
    if (c < 0 || r < 0 || c + 1 >= columns || r + 1 >= rows) continue;
    const [right, down, own] = [column - c, row - r, weight[i] ?? 0];
    const first = r * columns + c;
    density[first] = (density[first] ?? 0) + own * (1 - right) * (1 - down);
    density[first + 1] = (density[first + 1] ?? 0) + own * right * (1 - down);
    density[first + columns] = (density[first + columns] ?? 0) + own * (1 - right) * down;
    density[first + columns + 1] = (density[first + columns + 1] ?? 0) + own * right * down;
  }
}

/**
 * Along each row, then out to the rows around it; what lies beyond the edge is 0, and the margin is as wide as the kernel.
 * Most of a map has nothing: what there is reaches out, and nothing is gathered where there is none.
 */
function blur(
  points: Float32Array,
  density: Float32Array,
  columns: number,
  rows: number,
  kernel: Float32Array,
): void {
  const reach = kernel.length - 1;
  const across = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let [first, last] = [columns, -1];
    for (let column = 0; column < columns; column++) {
      const value = points[start + column] ?? 0;
      if (value === 0) continue;
      if (last < 0) first = Math.max(0, column - reach);
      last = Math.min(columns - 1, column + reach);
      for (let to = Math.max(0, column - reach); to <= last; to++)
        across[to] = (across[to] ?? 0) + value * (kernel[Math.abs(to - column)] ?? 0);
    }
    if (last < 0) continue;
    for (let target = Math.max(0, row - reach); target <= Math.min(rows - 1, row + reach); target++) {
      const share = kernel[Math.abs(target - row)] ?? 0;
      const to = target * columns;
      for (let column = first; column <= last; column++)
        density[to + column] = (density[to + column] ?? 0) + (across[column] ?? 0) * share;
    }
    across.fill(0, first, last + 1);
  }
}
