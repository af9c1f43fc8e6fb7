/** Writes every cell of every window of a backtest as a line of CSV. */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { ForecastedWindow } from '../../models/evaluation/backtest.ts';
import { cellCentre } from '../../shared/cell.ts';
import { formatInstant } from '../../shared/time.ts';

const HEADER = 'issued_at,cell,lat,lon,area_m2,expected,lower,upper,observed\n';

export class ForecastsCsv {
  readonly #stream: WriteStream;
  /** Per cell, what is the same in every window. */
  #places: string[] | undefined;

  private constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Throws the file system's error where the file can't be written. */
  static async open(file: string): Promise<ForecastsCsv> {
    const stream = createWriteStream(file);
    await once(stream, 'open');
    stream.write(HEADER);
    return new ForecastsCsv(stream);
  }

  async write({
    window,
    cells,
    areasSquareMetres,
    expected,
    intervals,
    observed,
  }: ForecastedWindow): Promise<void> {
    const issuedAt = formatInstant(window.fromMs);
    this.#places ??= cells.map((cell, index) => {
      const [latitude, longitude] = cellCentre(cell);
      const area = (areasSquareMetres[index] ?? 0).toFixed(1);
      return `${cell},${latitude.toFixed(6)},${longitude.toFixed(6)},${area}`;
    });
    let lines = '';
    this.#places.forEach((place, index) => {
      const { lower, upper } = intervals[index] ?? { lower: 0, upper: 0 };
      const mean = Number((expected[index] ?? 0).toPrecision(7));
      lines += `${issuedAt},${place},${mean},${lower},${upper},${observed[index] ?? 0}\n`;
    });
    if (!this.#stream.write(lines)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
  }
}
