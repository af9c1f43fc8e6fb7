/** A handover as CSV and as GeoJSON. */
import { cellCentre, cellCorners, finenessOf, type Cell } from '../../shared/cell.ts';
import type { Language } from '../../shared/explanation.ts';
import type { Handover } from '../../shared/handover.ts';
import { handoverLines, type HandoverLine } from './handover-lines.ts';

const COLUMNS = [
  'section', 'title', 'at', 'until', 'theme', 'text', 'value', 'expected', 'lower', 'upper', 'state', 'open', 'by',
  'role', 'cell', 'coarse', 'lat', 'lon', 'replay',
] as const; // prettier-ignore
type Value = string | number | boolean | null;

/** RFC 4180, in UTF-8 with a byte order mark, by which spreadsheets know it. Links are whole addresses of `origin`. */
export function handoverCsv(handover: Handover, language: Language, origin: string): string {
  const rows = handoverLines(handover, language).map((line) => {
    const own = valuesOf(line, origin);
    return COLUMNS.map((column) => field(own[column])).join(',');
  });
  return `\uFEFF${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

function valuesOf(line: HandoverLine, origin: string): Record<(typeof COLUMNS)[number], Value> {
  const { cells, replay, ...rest } = line;
  const [first] = cells;
  const centre = first === undefined ? undefined : cellCentre(first);
  return {
    ...rest,
    cell: cells.length === 0 ? null : cells.join(' '),
    coarse: first === undefined ? null : isCoarse(first),
    lat: centre === undefined ? null : degrees(centre[0]),
    lon: centre === undefined ? null : degrees(centre[1]),
    replay: replay === null ? null : `${origin}${replay}`,
  };
}

function isCoarse(cell: Cell): boolean {
  return finenessOf(cell) === 'coarse';
}

/** To a decimetre. */
function degrees(value: number): number {
  return Number(value.toFixed(6));
}

/** What people typed must not be taken for a formula (OWASP, CSV injection). */
function field(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** RFC 7946: what has a place as hexagons, all else with the geometry null. */
export function handoverGeoJson(handover: Handover, language: Language, origin: string): object {
  const { force, theme, from, to, until, madeAt, timeZone } = handover;
  return {
    type: 'FeatureCollection',
    handover: { force, theme, from, to, until, madeAt, timeZone, language },
    features: handoverLines(handover, language).map(({ cells, replay, ...properties }) => ({
      type: 'Feature',
      geometry: geometryOf(cells),
      properties: {
        ...properties,
        cells,
        coarse: cells[0] === undefined ? null : isCoarse(cells[0]),
        replay: replay === null ? null : `${origin}${replay}`,
      },
    })),
  };
}

function geometryOf(cells: readonly Cell[]): object | null {
  const polygons = cells.map((cell) => {
    const ring = cellCorners(cell).map(([lat, lon]) => [degrees(lon), degrees(lat)]);
    return [[...ring, ...ring.slice(0, 1)]];
  });
  if (polygons.length === 0) return null;
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] }
    : { type: 'MultiPolygon', coordinates: polygons };
}
