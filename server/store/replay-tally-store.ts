/** Tallies of the archive: what changed between two pictures, a minute or so at a time. */
import type { Force } from '../../shared/force.ts';
import type { Database } from './database.ts';

type Asked = Pick<Database, 'query'>;

export interface KeptTally {
  fromSeq: number;
  toSeq: number;
  fromStampMs: number;
  toStampMs: number;
  weight: number;
  known: [force: Force, themes: number, minute: number, incidents: number][];
  repeats: number[];
  body: Uint8Array;
}

export async function insertTally(
  database: Asked,
  run: number,
  { fromSeq, toSeq, fromStampMs, toStampMs, weight, known, repeats, body }: KeptTally,
): Promise<void> {
  await database.query(
    `insert into replay_tallies (run, from_seq, to_seq, from_stamp, to_stamp, weight, known, repeats, body)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[run, fromSeq, toSeq, new Date(fromStampMs), new Date(toStampMs)],
      ...[weight, JSON.stringify(known), repeats, body],
    ],
  );
}

/** Those between two seqs of a run that lie whole in between, in order. */
export async function selectTallies(
  database: Asked,
  run: number,
  afterSeq: number,
  upToSeq: number,
): Promise<{ fromSeq: number; toSeq: number; body: Uint8Array }[]> {
  const { rows } = await database.query<{ from_seq: number; to_seq: number; body: Uint8Array }>(
    `select from_seq, to_seq, body from replay_tallies
     where run = $1 and to_seq > $2 and to_seq <= $3 order by to_seq`,
    [run, afterSeq, upToSeq],
  );
  return rows.map(({ from_seq: fromSeq, to_seq: toSeq, body }) => ({ fromSeq, toSeq, body }));
}

/** How far they have got after a picture's seq, and what going over them again would cost. */
export async function selectTallied(
  database: Asked,
  run: number,
  afterSeq: number,
): Promise<{ toSeq: number; toStampMs: number; weight: number } | undefined> {
  const { rows } = await database.query<{ to_seq: number | null; to_stamp: Date; weight: number }>(
    `select max(to_seq) as to_seq, max(to_stamp) as to_stamp, sum(weight)::float8 as weight
     from replay_tallies where run = $1 and to_seq > $2`,
    [run, afterSeq],
  );
  const [row] = rows;
  if (row === undefined || row.to_seq === null) return undefined;
  return { toSeq: row.to_seq, toStampMs: row.to_stamp.getTime(), weight: row.weight };
}

/** Seqs in the span of what was announced again, as far as the run is tallied: to where that is. */
export async function selectRepeats(
  database: Asked,
  run: number,
  fromSeq: number,
  toSeq: number,
): Promise<{ repeats: number[]; talliedTo: number }> {
  const { rows } = await database.query<{ repeats: number[]; tallied: number | null }>(
    `select array(
       select unnest(repeats) from replay_tallies where run = $1 and to_seq >= $2 and from_seq < $3
     ) as repeats, (select max(to_seq) from replay_tallies where run = $1) as tallied`,
    [run, fromSeq, toSeq],
  );
  const { repeats = [], tallied = null } = rows[0] ?? {};
  return { repeats, talliedTo: tallied ?? 0 };
}

/** What became known in the span, by tallies that touch it. */
export async function selectKnown(
  database: Asked,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<KeptTally['known']> {
  const { rows } = await database.query<{ known: KeptTally['known'] }>(
    'select known from replay_tallies where to_stamp >= $1 and from_stamp < $2',
    [new Date(fromMs), new Date(toMs)],
  );
  return rows.flatMap(({ known }) => known);
}
