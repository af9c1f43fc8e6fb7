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
  const xs = unwrapped(corners.map(([longitude = 0]) => longitude / 360 + 0.5));
  const ys = corners.map(([, latitude = 0]) => mercatorY(latitude));
  return {
    points: Float64Array.from(xs.flatMap((x, index) => [x, ys[index] ?? 0])),
    west: least(xs),
    east: most(xs),
    north: least(ys),
    south: most(ys),
  };
}

/** From 179° E the way to 179° W is 2° on, not once around the world; the whole stays where most of it lies. */
function unwrapped(xs: readonly number[]): number[] {
  let before = xs[0] ?? 0;
  const line = xs.map((x) => (before = x + Math.round(before - x)));
  const world = Math.floor((least(line) + most(line)) / 2);
  return line.map((x) => x - world);
}

// A continent has more corners than a call takes arguments.
function least(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), -Infinity);
}

/** 0 at 85.05° N, 1 at 85.05° S. */
export function mercatorY(latitude: number): number {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
