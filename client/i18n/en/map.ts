/** What stands on the map and in its legend, in English. */

export const map = {
  kilometres: (distance: string, towards: string) => `${distance} km ${towards}`,
  centre: 'centre',
  about: (place: string) => `about ${place}, place withheld`,
  heatLegend: 'Incidents per km²',
  hotspotLegend: 'Expected incidents',
  naturalEarth: 'Land: Natural Earth',
  noTiles: 'no map tiles reachable',
};
