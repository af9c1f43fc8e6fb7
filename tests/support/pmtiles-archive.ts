/** Writes PMTiles archives, version 3, in which every tile of the first zoom levels is the same. */
import { gzipSync } from 'node:zlib';

const HEADER_BYTES = 127;
const GZIP = 2;
const NONE = 1;
export const TILE_TYPES = { mvt: 1, png: 2, jpeg: 3, webp: 4 } as const;

export interface Archive {
  tileType: keyof typeof TILE_TYPES;
  tile: Uint8Array;
  /** From zoom 0 up to here. */
  maxZoom: number;
  metadata: object;
}

/** Header, root directory, metadata and the one tile, in the order that the specification asks for. */
export function pmtilesArchive({ tileType, tile, maxZoom, metadata }: Archive): Buffer {
  const isVector = tileType === 'mvt';
  const tiles = isVector ? gzipSync(tile) : Buffer.from(tile);
  const addressed = (4 ** (maxZoom + 1) - 1) / 3;
  // One entry: from tile 0, a run of all there are, so long, at the beginning (written plus one).
  const directory = gzipSync(Buffer.from([1, 0, addressed, tiles.length, 1].flatMap(varint)));
  const json = gzipSync(JSON.stringify(metadata));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const sections = [directory.length, json.length, 0, tiles.length];
  let offset = HEADER_BYTES;
  sections.forEach((length, index) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * index);
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * index);
    offset += length;
  });
  [addressed, 1, 1].forEach((count, index) => header.writeBigUInt64LE(BigInt(count), 72 + 8 * index));
  header.set([1, GZIP, isVector ? GZIP : NONE, TILE_TYPES[tileType], 0, maxZoom], 96);
  [-180, -85, 180, 85].forEach((degrees, index) => header.writeInt32LE(degrees * 1e7, 102 + 4 * index));
  return Buffer.concat([header, directory, json, tiles]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
