/** Force areas as maps get them: GeoJSON with outlines thin enough to be drawn. */
import Type, { type Static } from 'typebox';
import { FORCES } from './force.ts';

const Ring = Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }));

export const ForceAreaFeature = Type.Object({
  type: Type.Literal('Feature'),
  geometry: Type.Object({
    type: Type.Literal('MultiPolygon'),
    /** Of each polygon its outline, then its holes; `[longitude, latitude]` in degrees. */
    coordinates: Type.Array(Type.Array(Ring)),
  }),
  properties: Type.Object({
    force: Type.Enum([...FORCES]),
    /** As the imported file calls it. */
    name: Type.String(),
    squareKilometres: Type.Number(),
    importedAt: Type.String(),
  }),
});
export type ForceAreaFeature = Static<typeof ForceAreaFeature>;

export const ForceAreaCollection = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(ForceAreaFeature),
});
export type ForceAreaCollection = Static<typeof ForceAreaCollection>;
