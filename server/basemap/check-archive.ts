/** Whether a file is a PMTiles archive that a map can be drawn from: looked at once, at the start. */
import { open, type FileHandle } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { ConfigError } from '../config.ts';
import { parseJsonOrUndefined } from '../parse-json.ts';

// Byte numbers and codes are those of the PMTiles specification, version 3.
const HEADER_BYTES = 127;
const VERSION = 3;
const GZIP = 2;
/** Unknown, none, gzip: Brotli and Zstandard are in the format, and in no browser's decompression. */
const MOST_COMPRESSION = GZIP;
const VECTOR = 1;
/** PNG, JPEG, WebP, AVIF. */
const RASTER = [2, 3, 4, 5];
const MOST_METADATA_BYTES = 16_000_000;
/** Of the Protomaps basemap's layers, those that make a map. */
const LAYERS = ['earth', 'water', 'roads'];

interface Section {
  offset: number;
  length: number;
}

/** Throws `ConfigError` that names BASEMAP, the file, and what is wrong with it. */
export async function checkArchive(path: string): Promise<void> {
  let problem: string | undefined;
  try {
    const file = await open(path);
    try {
      problem = await problemOf(file);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new ConfigError('BASEMAP', `names ${path}, which cannot be read: ${code ?? message}`, { cause });
  }
  if (problem !== undefined) throw new ConfigError('BASEMAP', `names ${path}, which ${problem}`);
}

async function problemOf(file: FileHandle): Promise<string | undefined> {
  const header = await readBytes(file, { offset: 0, length: HEADER_BYTES });
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 7) !== 'PMTiles') {
    return 'is no PMTiles file';
  }
  const [version, internal, compression, kind] = [7, 97, 98, 99].map((at) => header.readUInt8(at));
  if (version !== VERSION) return `is PMTiles version ${version}, not ${VERSION}`;
  const sections = [8, 24, 40, 56].map((at) => sectionAt(header, at));
  const { size } = await file.stat();
  const whole = Math.max(...sections.map(({ offset, length }) => offset + length));
  if (size < whole) return `is cut short: it has ${size} of ${whole} bytes`;
  if (internal === undefined || internal > MOST_COMPRESSION || (compression ?? 0) > MOST_COMPRESSION) {
    return 'is compressed in a way that browsers do not read: gzip is read';
  }
  if (kind === VECTOR) return layerProblem(file, sectionAt(header, 24), internal);
  return RASTER.includes(kind ?? 0) ? undefined : 'has tiles of a kind that cannot be drawn';
}

/** Other vector tiles than the Protomaps basemap's would load, and show nothing. */
async function layerProblem(
  file: FileHandle,
  section: Section,
  compression: number,
): Promise<string | undefined> {
  const layers = layersOf(await readBytes(file, section), compression);
  if (layers === undefined) return 'has metadata that cannot be read';
  if (LAYERS.some((layer) => layers.includes(layer))) return undefined;
  return `has none of the layers ${LAYERS.join(', ')} of the Protomaps basemap`;
}

function layersOf(metadata: Buffer, compression: number): unknown[] | undefined {
  try {
    const json =
      compression === GZIP ? gunzipSync(metadata, { maxOutputLength: MOST_METADATA_BYTES }) : metadata;
    const { vector_layers: layers } = parseJsonOrUndefined(json.toString()) as {
      vector_layers: { id: unknown }[];
    };
    return layers.map(({ id }) => id);
  } catch {
    return undefined;
  }
}

function sectionAt(header: Buffer, at: number): Section {
  return { offset: Number(header.readBigUInt64LE(at)), length: Number(header.readBigUInt64LE(at + 8)) };
}

/** Fewer where the file ends before. */
async function readBytes(file: FileHandle, { offset, length }: Section): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.min(length, MOST_METADATA_BYTES));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
  return bytes.subarray(0, bytesRead);
}
