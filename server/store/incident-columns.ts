/** How incidents cross into PostgreSQL: one array per column, so that a batch is one statement whatever its size. */
import type { AcceptedIncident } from '../feeds/validate.ts';

/** An accepted incident and the message that brought it. */
export interface Arrival extends AcceptedIncident {
  streamAtMs: number;
  streamSeq: number;
}

type ColumnValue = string | number | Buffer | null;
type ColumnType = 'text' | 'int' | 'smallint' | 'bigint' | 'float8' | 'real' | 'timestamptz' | 'bytea';

const COLUMNS: readonly [name: string, type: ColumnType, value: (arrival: Arrival) => ColumnValue][] = [
  ['agency', 'text', ({ stored }) => stored.agency],
  ['feed', 'text', ({ stored }) => stored.feed],
  ['id', 'text', ({ stored }) => stored.id],
  ['revision', 'int', ({ stored }) => stored.revision],
  ['status', 'text', ({ stored }) => stored.status],
  ['origin', 'text', ({ stored }) => stored.origin],
  ['occurred_at', 'timestamptz', ({ stored }) => stored.occurredAt],
  ['occurred_until', 'timestamptz', ({ stored }) => stored.occurredUntil],
  ['time_precision', 'text', ({ stored }) => stored.timePrecision],
  ['reported_at', 'timestamptz', ({ reportedAt }) => reportedAt],
  ['received_at', 'timestamptz', ({ stored }) => stored.receivedAt],
  ['lat', 'float8', ({ stored }) => stored.lat],
  ['lon', 'float8', ({ stored }) => stored.lon],
  ['precision_metres', 'real', ({ precisionMetres }) => precisionMetres],
  // An H3 index exceeds a double's 53 bits: it travels as hexadecimal text.
  ['cell_text', 'text', ({ stored }) => stored.cell],
  ['category', 'text', ({ stored }) => stored.category],
  ['marker_list', 'text', ({ stored }) => stored.markers.join(',')],
  ['native_category', 'text', ({ stored }) => stored.nativeCategory],
  ['severity', 'smallint', ({ stored }) => stored.severity],
  ['force', 'text', ({ stored }) => stored.force],
  ['discovery', 'text', ({ stored }) => stored.discovery],
  ['summary', 'text', ({ summary }) => summary],
  ['content_sha256', 'bytea', ({ contentSha256 }) => contentSha256],
  ['stream_at', 'timestamptz', ({ streamAtMs }) => new Date(streamAtMs).toISOString()],
  ['stream_seq', 'bigint', ({ streamSeq }) => streamSeq],
];

/** A `from` item named `input` whose rows are the arrivals, in order, as `$1 …`. */
export const INPUT_ROWS = `unnest(${COLUMNS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
  with ordinality as input (${COLUMNS.map(([name]) => name).join(', ')}, ordinal)`;

/** `insert into ingest_batches …`, of the parameters of `INPUT_ROWS`; returns `batch`. */
export function insertBatch({ announced }: { announced: boolean }): string {
  return `insert into ingest_batches (earliest_occurred_at, latest_occurred_at, latest_received_at, announced)
  select min(occurred_at), max(occurred_at), max(received_at), ${String(announced)}
  from unnest($${parameterOf('occurred_at')}::timestamptz[], $${parameterOf('received_at')}::timestamptz[])
    as happening (occurred_at, received_at)
  returning batch`;
}

function parameterOf(column: string): number {
  return COLUMNS.findIndex(([name]) => name === column) + 1;
}

/** The parameters of `INPUT_ROWS`, as values. */
export function inputValues(arrivals: readonly Arrival[]): ColumnValue[][] {
  return COLUMNS.map(([, , value]) => arrivals.map(value));
}

/** The parameters of `INPUT_ROWS`, as array literals: pg's own writing of arrays was a sixth of ingest's time. */
export function inputArrays(arrivals: readonly Arrival[]): string[] {
  return COLUMNS.map(([, type, value]) => {
    const write = WRITE[type];
    return `{${arrivals.map((arrival) => written(value(arrival), write)).join(',')}}`;
  });
}

type Write = (value: ColumnValue) => string;

const plain: Write = String;
const quoted: Write = (value) => `"${String(value)}"`;
const hexadecimal: Write = (value) => `"\\\\x${(value as Buffer).toString('hex')}"`;
const escaped: Write = (value) => {
  const text = String(value);
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`;
};

const WRITE: Record<ColumnType, Write> = {
  text: escaped,
  int: plain,
  smallint: plain,
  bigint: plain,
  float8: plain,
  real: plain,
  timestamptz: quoted,
  bytea: hexadecimal,
};

function written(value: ColumnValue, write: Write): string {
  return value === null ? 'NULL' : write(value);
}

/** The columns of `incidents` after `batch`, and the expressions that fill them from `input`. */
const STORED: readonly (readonly [column: string, expression?: string])[] = [
  ['agency'], ['feed'], ['id'], ['revision'], ['status'], ['origin'], ['occurred_at'], ['occurred_until'],
  ['time_precision'], ['reported_at'], ['received_at'], ['lat'], ['lon'], ['precision_metres'],
  ['cell', "('x' || lpad(input.cell_text, 16, '0'))::bit(64)::bigint"],
  ['category'],
  ['markers', "string_to_array(input.marker_list, ',')"],
  ['native_category'], ['severity'], ['force'], ['discovery'], ['summary'],
]; // prettier-ignore

/** `insert into incidents … select …` up to the `from`: the caller joins `input` to what decides. */
export const INSERT_INCIDENTS = `insert into incidents (batch, ${STORED.map(([column]) => column).join(', ')})
  select batch.batch, ${STORED.map(([column, expression]) => expression ?? `input.${column}`).join(', ')}`;
