/** Y map: what stands on the map and in its legend, in Welsh. */
import type { map as english } from '../en/map.ts';

export const map: typeof english = {
  kilometres: (distance, towards) => `${distance} km ${towards}`,
  centre: 'canol',
  about: (place) => `tua ${place}, lle wedi’i gelu`,
  heatLegend: 'Digwyddiadau fesul km²',
  hotspotLegend: 'Digwyddiadau a ddisgwylir',
  naturalEarth: 'Tir: Natural Earth',
  noTiles: 'dim teils map ar gael',
};
