/** Writes a PNG of one colour: a raster tile for tests. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [BITS, TRUE_COLOUR] = [8, 2];

/** @param colour red, green and blue, 0–255 */
export function png(widthPixels: number, colour: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPixels, 0);
  header.writeUInt32BE(widthPixels, 4);
  header.set([BITS, TRUE_COLOUR], 8);
  const noFilter = 0;
  const row = [noFilter, ...Array.from({ length: widthPixels }, () => colour).flat()];
  const rows = Buffer.from(Array.from({ length: widthPixels }, () => row).flat());
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
