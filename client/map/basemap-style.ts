/** How the Protomaps basemap's layers are drawn: dark, sparse, and sized like everything else on the screen. */
import {
  CenteredTextSymbolizer,
  exp,
  GeomType,
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  type Feature,
  type LabelRule,
  type PaintRule,
} from 'protomaps-leaflet';
import { readable } from '../look/sized-type.svelte.ts';
import { colours } from './colours.ts';

const FAMILY = '"IBM Plex Sans Variable", sans-serif';
/** Pixels of a hundredth of the height of the screen that widths are given for. */
const UNIT_PIXELS = 10.8;

/** Since version 4 the basemap says `kind`, before it said `pmap:kind`. */
function word({ props }: Feature, name: string): unknown {
  return props[name] ?? props[`pmap:${name}`];
}

function isKind(...kinds: string[]): (zoom: number, feature: Feature) => boolean {
  return (_zoom, feature) => kinds.includes(String(word(feature, 'kind')));
}

/** @param unit a hundredth of the screen's height, in pixels */
export function paintRules(unit: number): PaintRule[] {
  const scale = unit / UNIT_PIXELS;
  const fill = (colour: string): PolygonSymbolizer => new PolygonSymbolizer({ fill: colour });
  /** @param stops widths at zoom levels, growing exponentially between them */
  const line = (color: string, stops: number[][], dash?: number[]): LineSymbolizer =>
    new LineSymbolizer({
      color,
      width: (zoom) => scale * exp(1.6, stops)(zoom),
      ...(dash && { dash: dash.map((length) => length * scale) }),
    });
  const area = (_zoom: number, { geomType }: Feature): boolean => geomType === GeomType.Polygon;
  return [
    { dataLayer: 'earth', symbolizer: fill(colours.land), filter: area },
    {
      dataLayer: 'landuse',
      symbolizer: fill(colours.basemap.built),
      filter: isKind('industrial', 'commercial', 'hospital', 'school', 'university', 'college', 'aerodrome'),
    },
    {
      dataLayer: 'landuse',
      symbolizer: fill(colours.basemap.park),
      filter: isKind(
        ...['park', 'national_park', 'nature_reserve', 'protected_area', 'forest', 'wood', 'cemetery'],
        ...['golf_course', 'village_green', 'playground', 'allotments', 'grass', 'grassland', 'scrub'],
      ),
    },
    { dataLayer: 'water', symbolizer: fill(colours.sea), filter: area },
    { dataLayer: 'buildings', minzoom: 15, symbolizer: fill(colours.basemap.building) },
    {
      dataLayer: 'roads',
      symbolizer: line(colours.basemap.street, [
        [12, 0],
        [15, 1.6],
        [18, 9],
      ]),
      filter: isKind('minor_road', 'other'),
    },
    {
      dataLayer: 'roads',
      symbolizer: line(colours.basemap.railway, [
        [8, 0],
        [12, 0.8],
        [18, 3],
      ]),
      filter: isKind('rail'),
    },
    {
      dataLayer: 'roads',
      symbolizer: line(colours.basemap.road, [
        [7, 0],
        [12, 1.3],
        [15, 3.5],
        [18, 13],
      ]),
      filter: isKind('major_road', 'medium_road'),
    },
    {
      dataLayer: 'roads',
      symbolizer: line(colours.basemap.motorway, [
        [5, 0],
        [8, 1],
        [12, 2],
        [15, 5],
        [18, 15],
      ]),
      filter: isKind('highway'),
    },
    {
      dataLayer: 'boundaries',
      symbolizer: line(colours.basemap.boundary, [[0, 1]], [4, 3]),
      filter: isKind('country', 'region'),
    },
  ];
}

/**
 * @param unit a hundredth of the screen's height, in pixels
 * @param language that names are wanted in, as two letters; where there is none, the place's own
 */
export function labelRules(unit: number, language: string): LabelRule[] {
  const named = {
    labelProps: [`name:${language}`, 'name'],
    stroke: colours.basemap.halo,
    width: 0.28 * unit,
  };
  const font = (weight: number, size: number): string => `${weight} ${readable(size * unit)}px ${FAMILY}`;
  const place = (fill: string, size: (zoom: number, feature?: Feature) => string): CenteredTextSymbolizer =>
    new CenteredTextSymbolizer({ ...named, fill, font: size, lineHeight: 1.2 });
  const road = (size: number): LineLabelSymbolizer =>
    new LineLabelSymbolizer({
      ...named,
      fill: colours.basemap.minorPlace,
      font: font(450, size),
      repeatDistance: 40 * unit,
    });
  return [
    {
      dataLayer: 'places',
      maxzoom: 7,
      symbolizer: place(colours.basemap.place, () => font(600, 1.6)),
      filter: isKind('country'),
    },
    {
      dataLayer: 'places',
      symbolizer: place(colours.basemap.place, (_zoom, feature) => {
        const rank = Number(feature && word(feature, 'population_rank'));
        return rank >= 11 ? font(600, 2) : font(500, rank >= 8 ? 1.7 : 1.4);
      }),
      filter: isKind('locality'),
      sort: (one, other) => rankOf(other) - rankOf(one),
    },
    {
      dataLayer: 'places',
      minzoom: 13,
      symbolizer: place(colours.basemap.minorPlace, () => font(450, 1.3)),
      filter: isKind('neighbourhood', 'macrohood'),
    },
    {
      dataLayer: 'water',
      symbolizer: place(colours.basemap.waterName, () => font(450, 1.3)),
      filter: (_zoom, { geomType }) => geomType === GeomType.Point,
    },
    { dataLayer: 'roads', minzoom: 13, symbolizer: road(1.5), filter: isKind('highway', 'major_road') },
    { dataLayer: 'roads', minzoom: 16, symbolizer: road(1.4), filter: isKind('minor_road', 'medium_road') },
  ];
}

/** The more people live there, the higher. */
function rankOf(props: Feature['props']): number {
  return Number(props['population_rank'] ?? props['pmap:population_rank'] ?? 0);
}
