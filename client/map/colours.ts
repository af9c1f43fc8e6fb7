/** The map's colours. Cool is what happened, warm is what is expected: apart for every kind of colour vision. */

export const SEA = '#070b10';
export const LAND = '#131b23';
export const COAST = '#3a5062';
export const GRATICULE = '#1d2a35';
export const GRATICULE_LABEL = '#6f8496';
export const RING = '#3b5063';
export const RING_LABEL = '#a9bac8';
/** Borders of force areas; brighter where the map shows the force's data. */
export const AREA_BORDER = '#46596a';
export const AREA_BORDER_SHOWN = '#71899b';
export const AREA_NAME_HALO = '#070b10c0';
export const AREA_NAME = '#8da0b0';
export const AREA_NAME_SHOWN = '#c6d3dd';

/** A vector basemap at night, between `LAND` and what is drawn over it: nothing here may be as bright as data. */
export const BASEMAP = {
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
  waterName: '#56728a',
  halo: '#0b1117',
} as const;

/** ColorBrewer GnBu (sequential, colour-blind safe), dark to light without its darkest, for incidents that happened. */
export const HEAT_PALETTE = ['#2b8cbe', '#4eb3d3', '#7bccc4', '#a8ddb5', '#e0f3db'] as const;

/** Pale slate, dark to light, for incidents of a whole day or month: cool as what happened, without the glow of the heat. */
export const PERIOD_PALETTE = ['#2f4a63', '#52718f', '#8aa6bf', '#d3e0ea'] as const;

/** Inferno from 0.42 to 0.93 (van der Walt & Smith 2015: sequential, colour-blind safe), for what is expected. */
export const HOTSPOT_PALETTE = ['#932667', '#cc4248', '#f1711f', '#fca50a', '#f6e652'] as const;
/** Ink that reads on each of them. */
export const HOTSPOT_INK = ['#ffffff', '#ffffff', '#14090a', '#14090a', '#14090a'] as const;
