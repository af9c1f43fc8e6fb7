/** How broad a pixel of the map is on the ground: it changes with the zoom, and with how far north one is. */

const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686;

export function metresPerPixel(latitude: number, zoom: number): number {
  return (EARTH_CIRCUMFERENCE_METRES * Math.cos((latitude * Math.PI) / 180)) / (256 * 2 ** zoom);
}
