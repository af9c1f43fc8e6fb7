/** Raster tiles are made for daylight: turned dark, so that heat and hotspots stay the brightest things. */

export const DAYLIGHT_AT_NIGHT = 'grayscale(1) invert(1) brightness(0.62) contrast(0.9)';
