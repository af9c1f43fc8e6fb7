/** Writes Mapbox vector tiles, version 2: so much of them as a test's map needs. */
import protobuf from 'protobufjs';

const SCHEMA = `
syntax = "proto2";
message Value { optional string string_value = 1; optional double double_value = 3; }
message Feature { repeated uint32 tags = 2 [packed = true]; optional uint32 type = 3; repeated uint32 geometry = 4 [packed = true]; }
message Layer { required uint32 version = 15; required string name = 1; repeated Feature features = 2;
  repeated string keys = 3; repeated Value values = 4; optional uint32 extent = 5; }
message Tile { repeated Layer layers = 3; }`;

const Tile = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('Tile');
/** Width of a tile in its own units. */
export const EXTENT = 4_096;
const KINDS = { point: 1, line: 2, polygon: 3 } as const;
const [MOVE_TO, LINE_TO, CLOSE_PATH] = [1, 2, 7] as const;

export interface TileFeature {
  kind: keyof typeof KINDS;
  /** Paths of x and y, from the north-western corner; a ring without its first corner again. */
  paths: readonly (readonly (readonly [number, number])[])[];
  properties?: Readonly<Record<string, string | number>>;
}

export function vectorTile(layers: Readonly<Record<string, readonly TileFeature[]>>): Buffer {
  return Buffer.from(
    Tile.encode({
      layers: Object.entries(layers).map(([name, features]) => layerOf(name, features)),
    }).finish(),
  );
}

function layerOf(name: string, features: readonly TileFeature[]): object {
  const keys: string[] = [];
  const values: object[] = [];
  return {
    version: 2,
    name,
    extent: EXTENT,
    features: features.map(({ kind, paths, properties = {} }) => ({
      type: KINDS[kind],
      geometry: geometryOf(kind, paths),
      tags: Object.entries(properties).flatMap(([key, value]) => [
        keys.push(key) - 1,
        values.push(typeof value === 'string' ? { string_value: value } : { double_value: value }) - 1,
      ]),
    })),
    keys,
    values,
  };
}

function geometryOf(kind: TileFeature['kind'], paths: TileFeature['paths']): number[] {
  let at: readonly [number, number] = [0, 0];
  const step = (to: readonly [number, number]): number[] => {
    const [dx, dy] = [to[0] - at[0], to[1] - at[1]];
    at = to;
    return [zigzag(dx), zigzag(dy)];
  };
  return paths.flatMap(([first = [0, 0] as const, ...others]) => [
    command(MOVE_TO, 1),
    ...step(first),
    ...(others.length === 0 ? [] : [command(LINE_TO, others.length), ...others.flatMap(step)]),
    ...(kind === 'polygon' ? [command(CLOSE_PATH, 1)] : []),
  ]);
}

function command(act: number, times: number): number {
  return (act & 7) | (times << 3);
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}
