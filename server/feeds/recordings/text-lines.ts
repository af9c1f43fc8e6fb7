/** The lines of a text file, gzipped or not, with their numbers, in portions as they are read. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { RecordingError } from './recording-error.ts';

export interface TextLine {
  /** Counted from 1. */
  number: number;
  text: string;
}

const LONGEST_LINE = 1_000_000;

/**
 * Yields the lines in portions (one per chunk read, so that a caller waits per chunk and not per line).
 * Throws `RecordingError` where the file can't be read to its end.
 */
export async function* readTextLines(file: string): AsyncGenerator<TextLine[]> {
  let number = 0;
  let rest = '';
  try {
    for await (const chunk of await openText(file)) {
      const pieces = (rest + String(chunk)).split('\n');
      rest = pieces.pop() ?? '';
      if (rest.length > LONGEST_LINE)
        throw new RecordingError(file, 'has a line of over a million characters');
      yield pieces.map((piece) => line(++number, piece));
    }
  } catch (cause) {
    if (cause instanceof RecordingError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    const isThere = !(cause instanceof Error && 'syscall' in cause && cause.syscall === 'open');
    throw new RecordingError(file, `can't be ${isThere ? 'read to its end' : 'opened'}: ${problem}`, {
      cause,
    });
  }
  if (rest !== '') yield [line(++number, rest)];
}

function line(number: number, piece: string): TextLine {
  const withoutMark = number === 1 && piece.startsWith('\ufeff') ? piece.slice(1) : piece;
  return { number, text: withoutMark.endsWith('\r') ? withoutMark.slice(0, -1) : withoutMark };
}

async function openText(file: string): Promise<Readable> {
  const handle = await open(file);
  const magic = new Uint8Array(2);
  await handle.read(magic, 0, 2, 0).finally(() => handle.close());
  const raw = createReadStream(file);
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return raw.setEncoding('utf8');
  const text = new PassThrough({ encoding: 'utf8', readableHighWaterMark: 1 << 18 });
  // The failure of any part destroys `text`, whose reader then throws it.
  pipeline(raw, createGunzip({ chunkSize: 1 << 17 }), text).catch((cause: unknown) => {
    text.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  });
  return text;
}
