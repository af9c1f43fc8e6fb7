/** The map's colours by day and by night. Cool is what happened, warm is what is expected: apart for every kind of colour vision. */
import type { AlertPriority } from '../../shared/alert.ts';
import { look, type Look } from '../look/look.svelte.ts';

export interface MapColours {
  sea: string;
  land: string;
  coast: string;
  graticule: string;
  graticuleLabel: string;
  ring: string;
  ringLabel: string;
  /** Around text on the map. */
  halo: string;
  /** Borders of force areas; stronger where the map shows the force's data. */
  areaBorder: string;
  areaBorderShown: string;
  areaName: string;
  areaNameShown: string;
  /** A vector basemap, between `land` and what is drawn over it: nothing here may be as strong as data. */
  basemap: Record<
    | 'park'
    | 'built'
    | 'building'
    | 'motorway'
    | 'road'
    | 'street'
    | 'railway'
    | 'boundary'
    | 'place'
    | 'minorPlace'
    | 'waterName'
    | 'halo',
    string
  >;
  /** Sequential, sparse to dense, for incidents that happened. */
  heat: readonly string[];
  /** Sequential, sparse to dense, for incidents of a whole day or month: cool as what happened, without the glow of the heat. */
  periods: readonly string[];
  /** Sequential, least to most, for what is expected. */
  hotspots: readonly string[];
  /** Ink that reads on each of them. */
  hotspotInks: readonly string[];
  /** Around a hexagon, so that it stands off whatever heat lies below. */
  hexagonEdge: string;
  /** The border of the first ranks, and the line from a rank to its place. */
  hexagonMark: string;
  /** Lines over what is not known, and the veil below them. */
  hatch: string;
  hatchVeil: string;
  /** Force areas against what is usual for the hour of the week: signs say the same. */
  against: Record<'below' | 'usual' | 'above' | 'unknown', string>;
  /** Around the cells of an alert; its mark has a shape by priority as well. */
  alerts: Record<AlertPriority, string>;
  /** What turns raster tiles, which are made for daylight, into this look, as a CSS filter. */
  tileFilter: string;
}

/**
 * Heat: ColorBrewer GnBu, colour-blind safe, dark to light without its darkest. Hotspots: inferno from 0.5 to 0.93
 * (van der Walt & Smith 2015, colour-blind safe): below 0.5 it would not stand off the land.
 */
const NIGHT: MapColours = {
  sea: '#070b10',
  land: '#131b23',
  coast: '#54708a',
  graticule: '#1d2a35',
  graticuleLabel: '#7d93a5',
  ring: '#5c7589',
  ringLabel: '#a9bac8',
  halo: '#070b10',
  areaBorder: '#5f7689',
  areaBorderShown: '#8ba1b2',
  areaName: '#8da0b0',
  areaNameShown: '#c6d3dd',
  basemap: {
    park: '#13231f',
    built: '#19232d',
    building: '#1e2a35',
    motorway: '#3d5264',
    road: '#2f4150',
    street: '#26343f',
    railway: '#2b3844',
    boundary: '#4b6072',
    place: '#a3b4c2',
    minorPlace: '#8293a2',
    waterName: '#7a96ad',
    halo: '#0b1117',
  },
  heat: ['#2b8cbe', '#4eb3d3', '#7bccc4', '#a8ddb5', '#e0f3db'],
  periods: ['#5f7f9e', '#83a0ba', '#adc3d5', '#e2ebf2'],
  hotspots: ['#bc3754', '#dd513a', '#f37819', '#fca50a', '#f6e652'],
  hotspotInks: ['#ffffff', '#14090a', '#14090a', '#14090a', '#14090a'],
  hexagonEdge: '#05070a',
  hexagonMark: '#ffffff',
  hatch: '#93a5b4',
  hatchVeil: '#0b111899',
  against: { below: '#27567f', usual: '#2c3a46', above: '#9a5410', unknown: '#1c2730' },
  alerts: { high: '#ff6f61', medium: '#f6d94c', low: '#d5dee6' },
  tileFilter: 'grayscale(1) invert(1) brightness(0.62) contrast(0.9)',
};

/** The same palettes from the other end, so that on a pale ground, too, what is more stands out more. */
const DAY: MapColours = {
  sea: '#d3e0ea',
  land: '#f0f3f5',
  coast: '#5e7386',
  graticule: '#c3d0da',
  graticuleLabel: '#4d6276',
  ring: '#5b7183',
  ringLabel: '#33475a',
  halo: '#ffffff',
  areaBorder: '#657b8d',
  areaBorderShown: '#3f5568',
  areaName: '#4a5f72',
  areaNameShown: '#1f3141',
  basemap: {
    park: '#dfeadd',
    built: '#e8ebee',
    building: '#dde2e6',
    motorway: '#b3bfc9',
    road: '#c6cfd7',
    street: '#dae0e5',
    railway: '#c9d0d6',
    boundary: '#9aa9b6',
    place: '#33475a',
    minorPlace: '#4d6072',
    waterName: '#3b6282',
    halo: '#ffffff',
  },
  heat: ['#7bccc4', '#4eb3d3', '#2b8cbe', '#0868ac', '#084081'],
  periods: ['#5a7590', '#3f5d7b', '#284766', '#0f2a45'],
  hotspots: ['#cf4446', '#b1325a', '#8f2469', '#6a176e', '#420a68'],
  hotspotInks: ['#ffffff', '#ffffff', '#ffffff', '#ffffff', '#ffffff'],
  hexagonEdge: '#ffffff',
  hexagonMark: '#0d1720',
  hatch: '#56697a',
  hatchVeil: '#eef2f599',
  against: { below: '#a9c9e6', usual: '#d5dde3', above: '#f0bd85', unknown: '#e3e8ec' },
  alerts: { high: '#bd1f10', medium: '#755200', low: '#33475a' },
  tileFilter: 'grayscale(0.85) contrast(0.85) brightness(1.06)',
};

export const MAP_COLOURS: Record<Look, MapColours> = { day: DAY, night: NIGHT };

/** Those of the look in force. Never kept: what is drawn with them is drawn again when the look changes (`followLook`). */
export const colours: MapColours = new Proxy(NIGHT, {
  get: (_, key) => Reflect.get(MAP_COLOURS[look.current], key) as unknown,
});
