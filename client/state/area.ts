/** Where the data lie: bounds and centre that a stray incident far off does not move. */

export type WeightedPoint = readonly [latitude: number, longitude: number, weight: number];

export interface Area {
  south: number;
  west: number;
  north: number;
  east: number;
  /** The weighted median point. */
  centre: readonly [latitude: number, longitude: number];
}

/** Share of the weight left outside at either end of each axis. */
const OUTSIDE = 0.02;
/** A picture narrower than this (about 2 km) tells nothing of where it is. */
const LEAST_DEGREES = 0.02;

/** England and Wales: shown while nothing is known. */
export const NOWHERE_YET: Area = { south: 49.9, west: -5.8, north: 55.8, east: 1.8, centre: [52.6, -1.5] };

/** The 2–98 % bounds of the weighted points; `undefined` without any. */
export function areaOf(points: readonly WeightedPoint[]): Area | undefined {
  if (points.length === 0) return undefined;
  const [south, latitude, north] = spread(points.map((point) => [point[0], point[2]]));
  const [west, longitude, east] = spread(points.map((point) => [point[1], point[2]]));
  return { south, west, north, east, centre: [latitude, longitude] };
}

export function contains(
  { south, west, north, east }: Area,
  [latitude, longitude]: readonly [latitude: number, longitude: number],
): boolean {
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}

/** Whether two areas share no point at all. */
export function apart(one: Area, other: Area): boolean {
  return one.north < other.south || other.north < one.south || one.east < other.west || other.east < one.west;
}

function spread(values: [value: number, weight: number][]): [low: number, median: number, high: number] {
  values.sort((a, b) => a[0] - b[0]);
  const total = values.reduce((sum, [, weight]) => sum + weight, 0);
  const quantile = (share: number): number => {
    let reached = 0;
    for (const [value, weight] of values) if ((reached += weight) >= share * total) return value;
    return values.at(-1)?.[0] ?? 0;
  };
  const [low, median, high] = [quantile(OUTSIDE), quantile(0.5), quantile(1 - OUTSIDE)];
  const widen = Math.max(0, LEAST_DEGREES - (high - low)) / 2;
  return [low - widen, median, high + widen];
}
