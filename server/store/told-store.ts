/** Reads what LIVE said from its archive: by its place, by its time, and no more of it than is needed. */
import type { Announcement, IncidentsStored, StoredIncident } from '../../shared/announcement.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Theme } from '../../shared/theme.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Database } from './database.ts';

type Asked = Pick<Database, 'query'>;

/** Stamps rise with seqs, but for what a clock that is set may do: bounded by them, a query leaves old chunks alone. */
const SET_BACK_MS = 10 * MINUTE_MS;

export interface Stretch {
  epoch: string;
  afterSeq: number;
  /** When what `afterSeq` names was said, or before. */
  afterStampMs: number;
  upToSeq: number;
}

export interface ToldRow {
  seq: number;
  stampMs: number;
  subject: string;
  stored: IncidentsStored | null;
  theme: Theme | null;
  horizonHours: HorizonHours | null;
}

/** What happened, whole, and the names of all else; in order, at most `limit`. */
export async function selectTold(
  database: Asked,
  { epoch, afterSeq, afterStampMs, upToSeq }: Stretch,
  limit: number,
): Promise<ToldRow[]> {
  const { rows } = await database.query<Omit<ToldRow, 'stampMs'> & { stamp: Date }>(
    `select seq, stamp, subject,
       case when subject like 'stored.v1.%' then payload end as stored,
       case when subject like 'hotspots.v1.%' then payload->>'theme' end as theme,
       case when subject like 'hotspots.v1.%' then (payload->>'horizonHours')::int end as "horizonHours"
     from live_archive
     where epoch = $1 and seq > $2 and seq <= $3 and stamp >= $4 order by seq limit $5`,
    [epoch, afterSeq, upToSeq, new Date(afterStampMs - SET_BACK_MS), limit],
  );
  return rows.map(({ stamp, ...row }) => ({ ...row, stampMs: stamp.getTime() }));
}

export interface AnnouncedRow {
  seq: number;
  stampMs: number;
  /** Null of a ranking that was not asked for. */
  announcement: Announcement | null;
}

/** What was announced, in order, at most `limit`; of rankings only those of the themes and the horizon. */
export async function selectAnnounced(
  database: Asked,
  { epoch, afterSeq, afterStampMs, upToSeq }: Stretch,
  { themes, horizonHours, toMs }: { themes: readonly Theme[]; horizonHours: HorizonHours; toMs: number },
  limit: number,
): Promise<AnnouncedRow[]> {
  const { rows } = await database.query<{ seq: number; stamp: Date; announcement: Announcement | null }>(
    `select seq, stamp, case
       when subject not like 'hotspots.v1.%' then payload
       when payload->>'theme' = any($6) and payload->>'horizonHours' = $7 then payload - 'moved'
     end as announcement
     from live_archive
     where epoch = $1 and seq > $2 and seq <= $3 and stamp >= $4 and stamp <= $5 order by seq limit $8`,
    [
      ...[epoch, afterSeq, upToSeq, new Date(afterStampMs - SET_BACK_MS), new Date(toMs)],
      ...[themes, String(horizonHours), limit],
    ],
  );
  return rows.map(({ stamp, ...row }) => ({ ...row, stampMs: stamp.getTime() }));
}

/** These messages, in order. */
export async function selectMessages(
  database: Asked,
  { epoch, afterStampMs, upToStampMs }: { epoch: string; afterStampMs: number; upToStampMs: number },
  seqs: readonly number[],
): Promise<Announcement[]> {
  if (seqs.length === 0) return [];
  const { rows } = await database.query<{ payload: Announcement }>(
    `select payload - 'moved' as payload from live_archive
     where epoch = $1 and seq = any($2) and stamp between $3 and $4 order by seq`,
    [epoch, seqs, new Date(afterStampMs - SET_BACK_MS), new Date(upToStampMs + SET_BACK_MS)],
  );
  return rows.map(({ payload }) => payload);
}

/** Incidents by their message and their place in it. */
export async function selectToldIncidents(
  database: Asked,
  { epoch, afterStampMs, upToStampMs }: { epoch: string; afterStampMs: number; upToStampMs: number },
  places: ReadonlyMap<number, readonly number[]>,
): Promise<StoredIncident[]> {
  if (places.size === 0) return [];
  const wanted = [...places].flatMap(([seq, indexes]) => indexes.map((index) => [seq, index] as const));
  // Each message is taken apart once, however many of its incidents are wanted.
  const { rows } = await database.query<{ incident: StoredIncident }>(
    `select change.value->'incident' as incident
     from (
       select seq, array_agg(place) as places from unnest($2::bigint[], $3::int[]) wanted (seq, place) group by seq
     ) wanted
     join live_archive a on a.epoch = $1 and a.seq = wanted.seq and a.stamp between $4 and $5
     cross join lateral jsonb_array_elements(a.payload->'changes') with ordinality change (value, number)
     where change.number - 1 = any(wanted.places)`,
    [
      ...[epoch, wanted.map(([seq]) => seq), wanted.map(([, index]) => index)],
      ...[new Date(afterStampMs - SET_BACK_MS), new Date(upToStampMs + SET_BACK_MS)],
    ],
  );
  return rows.map(({ incident }) => incident);
}

/** The names of the batches' parts that were announced in a stretch: `batch.part`. */
export async function selectPartNames(
  database: Asked,
  { epoch, afterSeq, afterStampMs, upToSeq }: Stretch,
): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select (payload->>'batch') || '.' || (payload->>'part') as name from live_archive
     where epoch = $1 and seq > $2 and seq <= $3 and stamp >= $4 and subject like 'stored.v1.%'`,
    [epoch, afterSeq, upToSeq, new Date(afterStampMs - SET_BACK_MS)],
  );
  return rows.map(({ name }) => name);
}

/** The last that was said by then in an epoch, after a seq: where its state stands. */
export async function selectLastBy(
  database: Asked,
  { epoch, afterSeq, afterStampMs, upToSeq }: Stretch,
  atMs: number,
): Promise<{ seq: number; stampMs: number } | undefined> {
  const { rows } = await database.query<{ seq: number; stamp: Date }>(
    `select seq, stamp from live_archive
     where stamp <= $1 and stamp >= $2 and epoch = $3 and seq > $4 and seq <= $5
     order by stamp desc, seq desc limit 1`,
    [new Date(atMs), new Date(afterStampMs - SET_BACK_MS), epoch, afterSeq, upToSeq],
  );
  return rows[0] && { seq: rows[0].seq, stampMs: rows[0].stamp.getTime() };
}

/** The message itself, or the next there is. */
export async function selectFrom(
  database: Asked,
  epoch: string,
  seq: number,
): Promise<{ seq: number; stampMs: number } | undefined> {
  const { rows } = await database.query<{ seq: number; stamp: Date }>(
    'select seq, stamp from live_archive where epoch = $1 and seq >= $2 order by seq limit 1',
    [epoch, seq],
  );
  return rows[0] && { seq: rows[0].seq, stampMs: rows[0].stamp.getTime() };
}

/** The message itself, or the one before. */
export async function selectUpTo(
  database: Asked,
  epoch: string,
  seq: number,
): Promise<{ seq: number; stampMs: number } | undefined> {
  const { rows } = await database.query<{ seq: number; stamp: Date }>(
    'select seq, stamp from live_archive where epoch = $1 and seq <= $2 order by seq desc limit 1',
    [epoch, seq],
  );
  return rows[0] && { seq: rows[0].seq, stampMs: rows[0].stamp.getTime() };
}

/** What waits after a seq: how much of it, and how long it took to be said. */
export async function selectWaiting(
  database: Asked,
  { epoch, afterSeq, afterStampMs }: Omit<Stretch, 'upToSeq'>,
): Promise<{ messages: number; bytes: number; spanMs: number }> {
  const { rows } = await database.query<{ messages: number; bytes: number; span: number }>(
    `select count(*) as messages,
       coalesce(sum(case when subject like 'stored.v1.%' then bytes end), 0)::float8 as bytes,
       coalesce(extract(epoch from max(stamp) - min(stamp)), 0)::float8 * 1000 as span
     from (
       select subject, stamp, pg_column_size(payload) as bytes from live_archive
       where epoch = $1 and seq > $2 and stamp >= $3 order by seq limit 1000
     ) waiting`,
    [epoch, afterSeq, new Date(afterStampMs - SET_BACK_MS)],
  );
  const { messages = 0, bytes = 0, span = 0 } = rows[0] ?? {};
  return { messages, bytes, spanMs: span };
}
