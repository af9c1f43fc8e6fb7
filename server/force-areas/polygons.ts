/** What an area on the earth is made of, and how large it is. */

/** `[longitude, latitude]` in degrees (WGS 84), as GeoJSON has it. */
export type Position = readonly [longitude: number, latitude: number];
/** The last position repeats the first. */
export type Ring = readonly Position[];
/** Rings as in GeoJSON's MultiPolygon: of each polygon its outline, then its holes; either way round. */
export type Polygons = readonly (readonly Ring[])[];

/** The sphere that has the earth's surface. */
const AUTHALIC_RADIUS_KM = 6_371.007_2;

/** Square kilometres on the sphere, within 0.5 % of those on the ellipsoid. */
export function squareKilometres(polygons: Polygons): number {
  const ofPolygon = ([outline = [], ...holes]: readonly Ring[]): number =>
    ringSquareKilometres(outline) - sum(holes.map(ringSquareKilometres));
  return sum(polygons.map(ofPolygon));
}

/** Chamberlain & Duquette 2007, "Some algorithms for polygons on a sphere". */
function ringSquareKilometres(ring: Ring): number {
  const radians = Math.PI / 180;
  let doubled = 0;
  let [fromLongitude, fromLatitude] = ring.at(-1) ?? [0, 0];
  for (const [longitude, latitude] of ring) {
    const across = (longitude - fromLongitude) * radians;
    doubled += across * (2 + Math.sin(fromLatitude * radians) + Math.sin(latitude * radians));
    [fromLongitude, fromLatitude] = [longitude, latitude];
  }
  return Math.abs(doubled / 2) * AUTHALIC_RADIUS_KM ** 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
