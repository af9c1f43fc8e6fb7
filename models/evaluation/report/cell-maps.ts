/** Maps of the test: what was expected and what came in each cell, in the same colours, and where they differ. */
import { cellCorners, coarseCell, type Cell } from '../../../shared/cell.ts';
import type { BacktestResult } from '../backtest.ts';
import { written } from './html.ts';

/** ColorBrewer YlGnBu and PuOr, both safe for colour-blind eyes. */
const SEQUENCE = ['#eef6f0', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'] as const;
const DIVERGING = ['#b35806', '#f1a340', '#fee0b6', '#f4f4f4', '#d8daeb', '#998ec3', '#542788'] as const;
/** Of standard deviations: the middle of `DIVERGING` is within one. */
const DEVIATIONS = [-3, -2, -1, 1, 2, 3] as const;
const WIDTH = 340;

interface Row {
  cell: Cell;
  expected: number;
  observed: number;
}

/** `dispersion`: variance = mean · (1 + θ). With `isCoarse` the places stay vague, as they do on the wall. */
export function cellMaps({ byCell }: BacktestResult, dispersion: number, isCoarse: boolean): string {
  const rows = rowsOf(byCell, isCoarse);
  const limits = limitsOf(rows);
  const classOf = (value: number): number => limits.filter((limit) => value >= limit).length;
  const deviation = ({ expected, observed }: Row): number =>
    (observed - expected) / Math.sqrt(Math.max(expected * (1 + dispersion), 1e-9));
  const place = projection(rows);
  const map = (title: string, colours: readonly string[], classes: readonly number[]): string =>
    `<figure><h3>${title}</h3>${hexagons(rows, place, colours, classes, title)}</figure>`;
  const expected = map(
    'Expected',
    SEQUENCE,
    rows.map((row) => classOf(row.expected)),
  );
  const observed = map(
    'Observed',
    SEQUENCE,
    rows.map((row) => classOf(row.observed)),
  );
  const difference = map(
    'Observed beside expected',
    DIVERGING,
    rows.map((row) => DEVIATIONS.filter((limit) => deviation(row) >= limit).length),
  );
  const ranges = [...limits, undefined].map((limit, c) => rangeText(limits[c - 1], limit));
  const spreads = DIVERGING.map((_, c) => rangeText(DEVIATIONS[c - 1], DEVIATIONS[c]));
  return `<div class="side">${expected}${observed}${difference}</div>
<p class="faint">Incidents per cell in the whole test:</p>${key(SEQUENCE, ranges)}
<p class="faint">Observed less expected, in standard deviations of the forecast; by chance alone about one cell in twenty lies beyond two:</p>${key(DIVERGING, spreads)}`;
}

function rowsOf({ cells, expected, observed }: BacktestResult['byCell'], isCoarse: boolean): Row[] {
  const rows = new Map<Cell, Row>();
  cells.forEach((fine, index) => {
    const cell = isCoarse ? coarseCell(fine) : fine;
    const row = rows.get(cell) ?? { cell, expected: 0, observed: 0 };
    row.expected += expected[index] ?? 0;
    row.observed += observed[index] ?? 0;
    rows.set(cell, row);
  });
  return [...rows.values()];
}

/** Rounded quantiles of what was expected, closer together towards the busiest cells. */
function limitsOf(rows: readonly Row[]): number[] {
  const sorted = rows.map(({ expected }) => expected).sort((a, b) => a - b);
  const limits = [0.4, 0.65, 0.8, 0.9, 0.96, 0.99].map((p) => {
    const value = sorted[Math.floor(p * (sorted.length - 1))] ?? 0;
    return Number(value.toPrecision(2));
  });
  return [...new Set(limits)].filter((limit) => limit > 0);
}

type Projection = (corner: readonly [number, number]) => [number, number];

function projection(rows: readonly Row[]): { at: Projection; height: number } {
  const corners = rows.flatMap(({ cell }) => cellCorners(cell));
  const [south, north] = range(corners.map(([latitude]) => latitude));
  const [west, east] = range(corners.map(([, longitude]) => longitude));
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / Math.max((east - west) * narrowing, 1e-9);
  return {
    at: ([latitude, longitude]) => [(longitude - west) * narrowing * scale, (north - latitude) * scale],
    height: Math.ceil((north - south) * scale),
  };
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

/** One path per colour, or a whole county would not open. */
function hexagons(
  rows: readonly Row[],
  { at, height }: { at: Projection; height: number },
  colours: readonly string[],
  classes: readonly number[],
  title: string,
): string {
  const paths = colours.map((colour, c) => {
    const cells = rows.filter((_, index) => classes[index] === c);
    const d = cells.map(({ cell }) => outline(cellCorners(cell).map(at))).join('');
    return `<path d="${d}" fill="${colour}" stroke="#fff" stroke-width="0.2"/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Map: ${title}">${paths.join('')}</svg>`;
}

/** In whole tenths of a pixel, each corner relative to the one before. */
function outline(corners: readonly [number, number][]): string {
  let [lastX, lastY] = [0, 0];
  const steps = corners.map(([x, y], i) => {
    const [tenthX, tenthY] = [Math.round(10 * x), Math.round(10 * y)];
    const step = `${i === 0 ? 'M' : 'l'}${(tenthX - lastX) / 10} ${(tenthY - lastY) / 10}`;
    [lastX, lastY] = [tenthX, tenthY];
    return step;
  });
  return `${steps.join('')}z`;
}

function key(colours: readonly string[], texts: readonly string[]): string {
  const items = colours.map((colour, c) =>
    texts[c] === undefined ? '' : `<li><i class="box" style="background:${colour}"></i>${texts[c]}</li>`,
  );
  return `<ul class="key">${items.join('')}</ul>`;
}

function rangeText(from: number | undefined, to: number | undefined): string {
  const text = (value: number): string => (Number.isInteger(value) ? written(value, 0) : String(value));
  if (from === undefined) return to === undefined ? 'all' : `below ${text(to)}`;
  return to === undefined ? `${text(from)} and more` : `${text(from)} to ${text(to)}`;
}
