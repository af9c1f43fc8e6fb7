/** Reads a recording, whatever its format, as incidents in the file's order and a reason for each row that is none. */
import type { TimeZone } from '../../../shared/time.ts';
import { Classifier } from './classifier.ts';
import { layoutOf, type CsvLayout } from './csv-layout.ts';
import { readCsvRows } from './csv-rows.ts';
import { readNdjsonLine } from './ndjson-line.ts';
import { readRow, type RecordedIncident } from './recorded-row.ts';
import type { RecordingMap } from './recording-map.ts';
import { readTextLines, type TextLine } from './text-lines.ts';

export type RecordingEntry =
  | ({ kind: 'incident'; file: string; line: number } & RecordedIncident)
  | { kind: 'rejected'; file: string; line: number; reason: string };

export interface RecordingOptions {
  /** For times that are written without a zone. */
  timeZone: TimeZone;
  map?: RecordingMap;
}

/**
 * Yields one entry per row (CSV) or line (NDJSON), so that read = incidents + rejected, exactly; empty
 * lines are neither. Throws `RecordingError` where the file can't be read, or its header not understood.
 */
export async function* readRecording(
  file: string,
  options: RecordingOptions,
): AsyncGenerator<RecordingEntry> {
  const portions = readTextLines(file);
  const first = await portions.next();
  if (first.done === true) return;
  const isNdjson =
    first.value
      .find(({ text }) => text.trim() !== '')
      ?.text.trimStart()
      .startsWith('{') === true;
  const all = startingWith(first.value, portions);
  yield* isNdjson ? readNdjson(file, all) : readCsv(file, all, options);
}

async function* readNdjson(
  file: string,
  portions: AsyncIterable<TextLine[]>,
): AsyncGenerator<RecordingEntry> {
  for await (const portion of portions) {
    for (const { number: line, text } of portion) {
      if (text.trim() === '') continue;
      const reading = readNdjsonLine(text);
      yield 'reason' in reading
        ? { kind: 'rejected', file, line, reason: reading.reason }
        : { kind: 'incident', file, line, ...reading };
    }
  }
}

async function* readCsv(
  file: string,
  portions: AsyncIterable<TextLine[]>,
  { timeZone, map }: RecordingOptions,
): AsyncGenerator<RecordingEntry> {
  const context = { timeZone, classifier: new Classifier(map?.categories) };
  let layout: CsvLayout | undefined;
  for await (const row of readCsvRows(portions)) {
    const { line } = row;
    const fields = 'fields' in row ? row.fields : [];
    if (layout === undefined) {
      layout = layoutOf(file, fields, map);
      continue;
    }
    const reading =
      'broken' in row
        ? { reason: row.broken }
        : fields.length === layout.width
          ? readRow(layout.textsOf(fields), context)
          : { reason: `has ${fields.length} fields, not ${layout.width}` };
    yield 'reason' in reading
      ? { kind: 'rejected', file, line, reason: reading.reason }
      : { kind: 'incident', file, line, ...reading };
  }
}

async function* startingWith<Item>(first: Item, rest: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* rest;
}
