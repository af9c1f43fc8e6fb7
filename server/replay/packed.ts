/** Packs numbers and a few words about them into a small buffer, and reads them back without parsing each. */
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

type Column = Int32Array | Float64Array;

export interface Packed {
  header: unknown;
  columns: Column[];
}

const WORD = 8;
const padded = (bytes: number): number => Math.ceil(bytes / WORD) * WORD;

/** `header` is anything that JSON takes. */
export async function pack({ header, columns }: Packed): Promise<Buffer> {
  const text = Buffer.from(JSON.stringify(header));
  const heads = Int32Array.from([
    text.byteLength,
    columns.length,
    ...columns.flatMap((column) => [column.BYTES_PER_ELEMENT, column.length]),
  ]);
  const sizes = [heads.byteLength, text.byteLength, ...columns.map(({ byteLength }) => byteLength)];
  const bytes = Buffer.alloc(sizes.reduce((sum, size) => sum + padded(size), 0));
  let at = 0;
  for (const part of [heads, text, ...columns]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  return compress(bytes);
}

/** The columns share one buffer. Throws where `body` was not made by `pack`. */
export async function unpack(body: Uint8Array): Promise<Packed> {
  const bytes = await aligned(body);
  const [textBytes = 0, count = 0] = new Int32Array(bytes, 0, 2);
  const heads = new Int32Array(bytes, 0, 2 + 2 * count);
  let at = padded(heads.byteLength);
  const header: unknown = JSON.parse(Buffer.from(bytes, at, textBytes).toString());
  at += padded(textBytes);
  const columns: Column[] = [];
  for (let index = 0; index < count; index++) {
    const [size = 0, length = 0] = heads.subarray(2 + 2 * index);
    columns.push(size === WORD ? new Float64Array(bytes, at, length) : new Int32Array(bytes, at, length));
    at += padded(size * length);
  }
  return { header, columns };
}

async function aligned(body: Uint8Array): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await decompress(body);
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

/** The same for what is words alone. */
export async function packJson(value: unknown): Promise<Buffer> {
  return compress(Buffer.from(JSON.stringify(value)));
}

export async function unpackJson(body: Uint8Array): Promise<unknown> {
  return JSON.parse((await decompress(body)).toString()) as unknown;
}
