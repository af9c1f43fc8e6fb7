/** Places in words until there are place names: how far from the area's centre, and which way. */

export const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type CompassPoint = (typeof COMPASS)[number];

export interface Place {
  kilometres: number;
  direction: CompassPoint;
}

const KILOMETRES_PER_DEGREE = 111.195;

/** From the centre to the point, on a plane: good to 1 % within a force area. Both in degrees. */
export function placeFrom(
  centre: readonly [latitude: number, longitude: number],
  point: readonly [latitude: number, longitude: number],
): Place {
  const north = (point[0] - centre[0]) * KILOMETRES_PER_DEGREE;
  const east = (point[1] - centre[1]) * KILOMETRES_PER_DEGREE * Math.cos((centre[0] * Math.PI) / 180);
  const eighth = Math.round(Math.atan2(east, north) / (Math.PI / 4) + 8) % 8;
  return { kilometres: Math.hypot(north, east), direction: COMPASS[eighth] ?? 'n' };
}
