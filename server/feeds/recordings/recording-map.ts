/** The file that `--map` names: which columns and categories a CSV has that we do not know. */
import { readFile } from 'node:fs/promises';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { CATEGORIES, MARKERS } from '../../../shared/category.ts';
import type { Classification } from './classifier.ts';
import { RecordingError } from './recording-error.ts';

/** The columns of a recording in CSV, by the names they have in its header. */
export const COLUMNS = ['id', 'occurred_at', 'lat', 'lon', 'category', 'source', 'reported_at'] as const;
export type Column = (typeof COLUMNS)[number];

const Category = Type.Enum([...CATEGORIES]);
const Schema = Type.Object(
  {
    columns: Type.Optional(
      Type.Object(Object.fromEntries(COLUMNS.map((column) => [column, Type.Optional(Type.String())])), {
        additionalProperties: false,
      }),
    ),
    categories: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([
          Category,
          Type.Object(
            { category: Category, markers: Type.Optional(Type.Array(Type.Enum([...MARKERS]))) },
            { additionalProperties: false },
          ),
        ]),
      ),
    ),
  },
  { additionalProperties: false },
);
const validator = Compile(Schema);

export interface RecordingMap {
  /** The header's name of each column that is not called as we call it. */
  columns: Partial<Record<Column, string>>;
  /** By native name in lower case. */
  categories: ReadonlyMap<string, Omit<Classification, 'isMapped'>>;
}

/**
 * `{"columns": {"occurred_at": "Date"}, "categories": {"Mugging": {"category": "robbery", "markers": ["knife"]}}}`.
 * Throws `RecordingError` where it is not that.
 */
export async function readRecordingMap(file: string): Promise<RecordingMap> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new RecordingError(file, "can't be read as JSON", { cause });
  }
  if (!validator.Check(content)) {
    const [first] = validator.Errors(content);
    const place = first === undefined ? '' : ` at ${first.instancePath || '/'}: ${first.message}`;
    throw new RecordingError(file, `is no map {columns?, categories?}${place}`);
  }
  const categories = Object.entries(content.categories ?? {}).map(([name, to]) => {
    const { category, markers = [] } = typeof to === 'string' ? { category: to } : to;
    return [name.trim().toLowerCase(), { category, markers }] as const;
  });
  return { columns: content.columns ?? {}, categories: new Map(categories) };
}
