/** The world's land as rings in Web Mercator, loaded once and after the first picture: the base where no tiles are. */
import landUrl from 'world-atlas/land-10m.json?url';
import { feature } from 'topojson-client';
import type { MultiPolygon, Polygon } from 'geojson';
import type { GeometryObject, Topology } from 'topojson-specification';

export interface Ring {
  /** x and y by turns, in worlds from the north-western corner: 0 to 1, and beyond across the antimeridian. */
  points: Float64Array;
  west: number;
  north: number;
  east: number;
  south: number;
}

let loading: Promise<Ring[]> | undefined;

/** Rejects where the file cannot be fetched; the next call tries again. */
export function loadCoast(): Promise<Ring[]> {
  loading ??= fetchCoast().catch((cause: unknown) => {
    loading = undefined;
    throw new CoastUnavailable('the coast could not be loaded', { cause });
  });
  return loading;
}

export class CoastUnavailable extends Error {
  override name = 'CoastUnavailable';
}

async function fetchCoast(): Promise<Ring[]> {
  const response = await fetch(landUrl);
  if (!response.ok) throw new Error(`${landUrl}: ${response.status}`);
  const topology = (await response.json()) as Topology<{ land: GeometryObject }>;
  return ringsOf(topology);
}

/** @param topology world-atlas: one object called `land` */
export function ringsOf(topology: Topology<{ land: GeometryObject }>): Ring[] {
  const land = feature(topology, topology.objects.land);
  const shapes = land.type === 'FeatureCollection' ? land.features : [land];
  return shapes
    .flatMap(({ geometry }) => polygonsOf(geometry as Polygon | MultiPolygon))
    .flat()
    .map(ringOf);
}

function polygonsOf(geometry: Polygon | MultiPolygon): number[][][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** @param corners `[longitude, latitude]` in degrees */
export function ringOf(corners: readonly (readonly number[])[]): Ring {
  const ring: Ring = {
    points: new Float64Array(corners.length * 2),
    west: Infinity,
    north: 1,
    east: -Infinity,
    south: 0,
  };
  let before = 0.5;
  corners.forEach(([longitude = 0, latitude = 0], index) => {
    // From 179° E the way to 179° W is 2° on, not once around the world.
    const onTheMap = longitude / 360 + 0.5;
    const x = index === 0 ? onTheMap : onTheMap + Math.round(before - onTheMap);
    before = x;
    const y = mercatorY(latitude);
    ring.points[2 * index] = x;
    ring.points[2 * index + 1] = y;
    ring.west = Math.min(ring.west, x);
    ring.east = Math.max(ring.east, x);
    ring.north = Math.min(ring.north, y);
    ring.south = Math.max(ring.south, y);
  });
  return ring;
}

/** 0 at 85.05° N, 1 at 85.05° S. */
export function mercatorY(latitude: number): number {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
