/** The bytes of a cell history's checkpoint: a JSON head, then the arrays; rows of zeros are left out. */
import type { Cell } from '../../shared/cell.ts';
import { COUNTED, RHYTHM_COUNT, TALLY_COUNT, type Level } from './group-counts.ts';
import type { Coverage } from './coverage.ts';
import type { HistoryState } from './history-state.ts';

const FORMAT = 'forewatch-cell-history-3';
const HEX_DIGITS = 16;

/** The checkpoint cannot be continued from; the history must be counted anew. */
export class HistoryUnreadable extends Error {
  override readonly name = 'HistoryUnreadable';
}

interface Head {
  format: string;
  timeZone: string;
  groups: string[];
  kernels: number;
  referenceMs: number | null;
  coverage: ReturnType<Coverage['encode']>;
  monthCoverage: ReturnType<Coverage['encode']>;
  cells: number;
  closed: boolean;
  levels: Level[];
  incidents: number[];
  /** Per group: how many cells have a row. */
  rows: number[];
}

export function encodeHistory(history: HistoryState): Uint8Array {
  const { coverage, monthCoverage } = history;
  const rowsOf = history.counts.map(({ tallies }) => writtenRows(history.area.size, tallies));
  const head: Head = {
    format: FORMAT,
    timeZone: history.timeZone.name,
    groups: history.groups.map(({ name }) => name),
    kernels: COUNTED,
    referenceMs: finite(history.referenceMs),
    coverage: coverage.encode(),
    monthCoverage: monthCoverage.encode(),
    cells: history.area.size,
    closed: history.area.isClosed,
    levels: history.counts.map(({ level }) => level),
    incidents: history.counts.map(({ incidents }) => incidents),
    rows: rowsOf.map((rows) => rows.length),
  };
  const cells = BigUint64Array.from(history.area.cells, (cell) => BigInt(`0x${cell}`));
  const parts: Uint8Array[] = [bytesOf(cells)];
  history.counts.forEach((counts, g) => {
    const rows = rowsOf[g] ?? new Uint32Array(0);
    parts.push(bytesOf(counts.hourOfWeek), bytesOf(rows));
    parts.push(bytesOf(gather(counts.kernels, rows, COUNTED)));
    parts.push(bytesOf(gather(counts.rhythm, rows, RHYTHM_COUNT)));
    parts.push(bytesOf(Int32Array.from(gather(counts.tallies, rows, TALLY_COUNT))));
  });
  const text = new TextEncoder().encode(JSON.stringify(head));
  return joined([bytesOf(Uint32Array.of(text.length)), text, ...parts]);
}

/** Fills an empty history. Throws `HistoryUnreadable`. */
export function decodeHistory(bytes: Uint8Array, history: HistoryState): void {
  const reader = new Reader(bytes);
  const head = readHead(reader);
  const groups = history.groups.map(({ name }) => name);
  if (head.timeZone !== history.timeZone.name || head.groups.join() !== groups.join()) {
    throw new HistoryUnreadable('the checkpoint is of another time zone or of other themes');
  }
  history.referenceMs = head.referenceMs ?? NaN;
  history.coverage.restore(head.coverage);
  history.monthCoverage.restore(head.monthCoverage);
  // Taking the cells in again in their order gives each its index and its neighbours back.
  for (const cell of reader.read(new BigUint64Array(head.cells))) history.area.take(asCell(cell));
  if (history.area.size !== head.cells) throw new HistoryUnreadable('the checkpoint holds cells twice');
  if (head.closed) history.area.close();
  history.counts.forEach((counts, g) => {
    counts.reserve(head.cells);
    counts.restored(head.cells);
    reader.read(counts.hourOfWeek);
    Object.assign(counts.level, head.levels[g]);
    counts.incidents = head.incidents[g] ?? 0;
    const rows = reader.read(new Uint32Array(head.rows[g] ?? 0));
    scatter(reader.read(new Float64Array(rows.length * COUNTED)), counts.kernels, rows, COUNTED);
    scatter(reader.read(new Float64Array(rows.length * RHYTHM_COUNT)), counts.rhythm, rows, RHYTHM_COUNT);
    scatter(reader.read(new Int32Array(rows.length * TALLY_COUNT)), counts.tallies, rows, TALLY_COUNT);
  });
}

function readHead(reader: Reader): Head {
  try {
    const [length = 0] = reader.read(new Uint32Array(1));
    const text = new TextDecoder().decode(reader.read(new Uint8Array(length)));
    const head = JSON.parse(text) as Head;
    if (head.format === FORMAT && head.kernels === COUNTED) return head;
  } catch (cause) {
    throw new HistoryUnreadable('the checkpoint is not one of a cell history', { cause });
  }
  throw new HistoryUnreadable('the checkpoint is of another version');
}

class Reader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read<Target extends Float64Array | Int32Array | Uint32Array | BigUint64Array | Uint8Array>(
    into: Target,
  ): Target {
    const part = this.#bytes.subarray(this.#offset, this.#offset + into.byteLength);
    if (part.length < into.byteLength) throw new HistoryUnreadable('the checkpoint is cut short');
    bytesOf(into).set(part);
    this.#offset += into.byteLength;
    return into;
  }
}

function writtenRows(cells: number, tallies: Int32Array): Uint32Array {
  const rows = new Uint32Array(cells);
  let written = 0;
  for (let cell = 0; cell < cells; cell++) {
    if (tallies[cell * TALLY_COUNT] !== 0 || tallies[cell * TALLY_COUNT + 1] !== 0) rows[written++] = cell;
  }
  return rows.slice(0, written);
}

function gather(from: Float64Array | Int32Array, rows: Uint32Array, width: number): Float64Array {
  const dense = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] ?? 0) * width;
    for (let column = 0; column < width; column++) dense[i * width + column] = from[row + column] ?? 0;
  }
  return dense;
}

function scatter(
  dense: Float64Array | Int32Array,
  into: Float64Array | Int32Array,
  rows: Uint32Array,
  width: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] ?? 0) * width;
    for (let column = 0; column < width; column++) into[row + column] = dense[i * width + column] ?? 0;
  }
}

// JSON has neither NaN nor infinities.
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function asCell(index: bigint): Cell {
  return index.toString(HEX_DIGITS);
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
