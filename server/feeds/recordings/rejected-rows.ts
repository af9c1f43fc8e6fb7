/** Keeps what was wrong with the rows of a recording: one NDJSON file per recording, with line and reason. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished } from 'node:stream/promises';

export class RejectedRows {
  readonly #folder: string;
  readonly #streams = new Map<string, WriteStream>();

  /** The folder is made with the first rejected row. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(file: string, line: number, reason: string): Promise<void> {
    let stream = this.#streams.get(file);
    if (stream === undefined) {
      await mkdir(this.#folder, { recursive: true });
      stream = createWriteStream(join(this.#folder, `${basename(file)}.ndjson`));
      await once(stream, 'open');
      this.#streams.set(file, stream);
    }
    const isRoomy = stream.write(`${JSON.stringify({ line, reason })}\n`);
    if (!isRoomy) await once(stream, 'drain');
  }

  /** Resolves once all is written. */
  async close(): Promise<void> {
    for (const stream of this.#streams.values()) {
      stream.end();
      await finished(stream);
    }
  }
}
