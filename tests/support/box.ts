/** A rectangle as a closed ring of `[longitude, latitude]`, for tests of server and client alike. */
export function box(west: number, south: number, east: number, north: number): [number, number][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
