/** The layers of the map, from the ground up: the one list that decides what covers what. */

// Land lies below the tiles: where one is missing, the drawn base shows through.
export const LAYERS = [
  'land',
  'tiles',
  'graticule',
  'periods',
  'heat',
  'national',
  'hatch',
  'force-areas',
  'rings',
  'force-names',
  'hotspots',
  'national-figures',
  'looking-back',
  'alerts',
  'pulses',
  'selected',
] as const;
export type LayerName = (typeof LAYERS)[number];

/** A layer that has no place in the list would be drawn who knows where. */
export class UnknownLayer extends Error {
  override name = 'UnknownLayer';
}

/** Leaflet makes it itself. */
const HEAT_PANE = 'overlayPane';
const LOWEST = 200;

/** Throws `UnknownLayer` where the list does not name it. */
export function zIndexOf(layer: string): number {
  const place = LAYERS.findIndex((name) => name === layer);
  if (place < 0) throw new UnknownLayer(`no layer is called "${layer}": add it to LAYERS`);
  return LOWEST + 10 * place;
}

export function paneOf(layer: LayerName): string {
  return layer === 'heat' ? HEAT_PANE : `forewatch-${layer}`;
}
