/** CSV rows (RFC 4180) from lines, such that one bad quote costs one row and never those after it. */
import type { TextLine } from './text-lines.ts';

export type CsvRow = { line: number; fields: string[] } | { line: number; broken: string };

// A field may hold line breaks; where none of so many lines closes the quote, the quote itself is the fault.
const LONGEST_ROW_LINES = 20;

/** Empty lines are no rows. A row over several lines has the number of its first. */
export async function* readCsvRows(portions: AsyncIterable<TextLine[]>): AsyncGenerator<CsvRow> {
  let waiting: TextLine[] = [];
  for await (const portion of portions) {
    waiting = waiting.length === 0 ? portion : [...waiting, ...portion];
    let at = 0;
    while (at < waiting.length) {
      const taken = takeRow(waiting, at, false);
      if (taken === undefined) break;
      if (taken.row !== undefined) yield taken.row;
      at += taken.lines;
    }
    waiting = waiting.slice(at);
  }
  for (let at = 0; at < waiting.length;) {
    const taken = takeRow(waiting, at, true);
    if (taken?.row !== undefined) yield taken.row;
    at += taken?.lines ?? 1;
  }
}

/** `undefined` where only lines still to come can tell how the row ends. */
function takeRow(
  lines: readonly TextLine[],
  at: number,
  isEnd: boolean,
): { lines: number; row?: CsvRow } | undefined {
  const first = lines[at];
  if (first === undefined || first.text === '') return { lines: 1 };
  if (!first.text.includes('"'))
    return { lines: 1, row: { line: first.number, fields: first.text.split(',') } };
  let text = first.text;
  for (let count = 1; count <= LONGEST_ROW_LINES; count++) {
    const parsed = parseCsvRow(text);
    if (Array.isArray(parsed)) return { lines: count, row: { line: first.number, fields: parsed } };
    if (parsed === 'misplaced') break;
    const next = lines[at + count];
    if (next === undefined) {
      if (isEnd) break;
      return count < LONGEST_ROW_LINES ? undefined : { lines: 1, row: broken(first) };
    }
    text += `\n${next.text}`;
  }
  return { lines: 1, row: broken(first) };
}

function broken(line: TextLine): CsvRow {
  return { line: line.number, broken: 'a quote is misplaced or never closed' };
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|$)/y;

function parseCsvRow(text: string): string[] | 'misplaced' | 'unclosed' {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (;;) {
    const from = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (match === null) return isUnclosed(text, from) ? 'unclosed' : 'misplaced';
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return fields;
  }
}

/** Whether the field that begins here opens a quote that nothing closes. */
function isUnclosed(text: string, from: number): boolean {
  return text[from] === '"' && /^"(?:[^"]|"")*$/.test(text.slice(from));
}
