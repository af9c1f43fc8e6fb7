/** A GeoJSON file of neighbourhoods for tests: synthetic labels, no person's name. */
import { box } from './box.ts';

export interface NeighbourhoodShape {
  force?: string;
  id?: string | number;
  name?: string;
  officer?: unknown;
  ring?: [number, number][];
}

const OFFICER = {
  name: 'Officer A (test)',
  rank: 'Constable',
  contact_details: { email: 'team-a@police.example' },
};

/** Around the middle of London unless a test says otherwise. */
export function neighbourhoodsFile(...shapes: NeighbourhoodShape[]): string {
  const features = (shapes.length === 0 ? [{}] : shapes).map(
    ({
      force = 'metropolitan',
      id = 'A1',
      name = 'Ward A',
      ring = box(-0.2, 51.45, 0, 51.55),
      ...others
    }) => ({
      type: 'Feature',
      properties: { force, id, name, officer: 'officer' in others ? others.officer : OFFICER },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }),
  );
  return JSON.stringify({ type: 'FeatureCollection', features });
}
