/** Which column holds what, by a CSV's header: our own, police.uk's as published, or as a map tells. */
import { createHash } from 'node:crypto';
import type { ForceSlug } from '../../../shared/force.ts';
import { forceNamed } from '../../force-areas/force-named.ts';
import { RecordingError } from './recording-error.ts';
import { COLUMNS, type RecordingMap } from './recording-map.ts';
import type { RowTexts } from './recorded-row.ts';

export interface CsvLayout {
  /** How many fields each row must have. */
  width: number;
  textsOf(fields: readonly string[]): RowTexts;
}

/** Throws `RecordingError` where the header lacks a column that is needed. */
export function layoutOf(file: string, header: readonly string[], map: RecordingMap | undefined): CsvLayout {
  const names = header.map((name) => name.trim());
  if (map === undefined && names.includes('Crime type') && names.includes('Month'))
    return policeUkLayout(names);
  const [id, occurredAt, lat, lon, category, source, reportedAt] = COLUMNS.map((column) => {
    const name = map?.columns[column] ?? column;
    const index = names.indexOf(name);
    if (index < 0 && !['source', 'reported_at', 'id'].includes(column)) {
      throw new RecordingError(file, `has no column "${name}"; --map can name the one that holds ${column}`);
    }
    return index;
  });
  const rowId = new ContentId();
  return {
    width: names.length,
    textsOf: (fields) => {
      const text = (index = -1): string => fields[index] ?? '';
      return {
        id: id === -1 ? rowId.of(fields) : text(id),
        occurredAt: text(occurredAt),
        reportedAt: text(reportedAt),
        lat: text(lat),
        lon: text(lon),
        category: text(category),
        source: text(source),
        ...forceOf(text(source).replace(/^police\.uk:/, '')),
      };
    },
  };
}

/** https://data.police.uk/about/#columns; anti-social behaviour has no id. */
function policeUkLayout(names: readonly string[]): CsvLayout {
  const rowId = new ContentId();
  const index = Object.fromEntries(names.map((name, at) => [name, at]));
  return {
    width: names.length,
    textsOf: (fields) => {
      const text = (name: string): string => fields[index[name] ?? -1] ?? '';
      const reportedBy = text('Reported by');
      const id = text('Crime ID').trim();
      return {
        id: id === '' ? rowId.of(fields) : id,
        occurredAt: text('Month'),
        lat: text('Latitude'),
        lon: text('Longitude'),
        category: text('Crime type'),
        source: `police.uk:${slug(reportedBy)}`,
        ...forceOf(reportedBy),
      };
    },
  };
}

/** An id for rows that have none: their content, and which of its equals in the file this is. */
class ContentId {
  readonly #seen = new Map<string, number>();

  of(fields: readonly string[]): string {
    const digest = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 24);
    const ordinal = (this.#seen.get(digest) ?? 0) + 1;
    this.#seen.set(digest, ordinal);
    return `row:${digest}:${ordinal}`;
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

const forceByName = new Map<string, { force?: ForceSlug }>();

/** Nothing where it is none of the 43. */
function forceOf(name: string): { force?: ForceSlug } {
  const known = forceByName.get(name);
  if (known !== undefined) return known;
  const found = forceNamed(name);
  const force = found === undefined ? {} : { force: found };
  if (forceByName.size < 1_000) forceByName.set(name, force);
  return force;
}
