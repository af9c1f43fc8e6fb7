/** Pictures of the past, in parts, and the runs that they belong to. */
import type { Database } from './database.ts';

type Asked = Pick<Database, 'query'>;

/** A stretch of LIVE's archive without a break. */
export interface Run {
  run: number;
  epoch: string;
  fromSeq: number;
  fromStampMs: number;
}

export interface Keyframe extends Run {
  keyframe: number;
  seq: number;
  stampMs: number;
}

export interface KeyframePart {
  kind: string;
  name: string;
  body: Uint8Array;
}

interface KeyframeRow {
  run: number;
  epoch: string;
  from_seq: number;
  from_stamp: Date;
  keyframe: number;
  seq: number;
  stamp: Date;
}

const COLUMNS = 'r.run, r.epoch, r.from_seq, r.from_stamp, k.keyframe, k.seq, k.stamp';

function keyframeOf(row: KeyframeRow): Keyframe {
  const { run, epoch, from_seq: fromSeq, from_stamp: fromStamp, keyframe, seq, stamp } = row;
  return { run, epoch, fromSeq, fromStampMs: fromStamp.getTime(), keyframe, seq, stampMs: stamp.getTime() };
}

export async function insertRun(
  database: Asked,
  { epoch, fromSeq, fromStampMs }: Omit<Run, 'run'>,
): Promise<Run> {
  const { rows } = await database.query<{ run: number }>(
    'insert into replay_runs (epoch, from_seq, from_stamp) values ($1, $2, $3) returning run',
    [epoch, fromSeq, new Date(fromStampMs)],
  );
  return { run: rows[0]?.run ?? NaN, epoch, fromSeq, fromStampMs };
}

export async function insertKeyframe(
  database: Asked,
  { run, seq, stampMs }: Pick<Keyframe, 'run' | 'seq' | 'stampMs'>,
): Promise<number> {
  const { rows } = await database.query<{ keyframe: number }>(
    'insert into replay_keyframes (run, seq, stamp) values ($1, $2, $3) returning keyframe',
    [run, seq, new Date(stampMs)],
  );
  return rows[0]?.keyframe ?? NaN;
}

export async function insertPart(
  database: Asked,
  keyframe: number,
  { kind, name, body }: KeyframePart,
): Promise<void> {
  await database.query('insert into replay_parts (keyframe, kind, name, body) values ($1, $2, $3, $4)', [
    ...[keyframe, kind, name, body],
  ]);
}

/** Of these names; those of a picture that has nothing of a kind are not there. */
export async function selectParts(
  database: Asked,
  keyframe: number,
  wanted: readonly [kind: string, name: string][],
): Promise<KeyframePart[]> {
  const { rows } = await database.query<KeyframePart>(
    `select kind, name, body from replay_parts
     where keyframe = $1 and (kind, name) in (select * from unnest($2::text[], $3::text[]))`,
    [keyframe, wanted.map(([kind]) => kind), wanted.map(([, name]) => name)],
  );
  return rows;
}

/** The newest of an epoch, with how many minutes ago it was kept. */
export async function selectNewestKeyframe(
  database: Asked,
  epoch: string,
): Promise<(Keyframe & { ageMinutes: number }) | undefined> {
  const { rows } = await database.query<KeyframeRow & { age: number }>(
    `select ${COLUMNS}, extract(epoch from now() - k.kept_at)::float8 / 60 as age
     from replay_runs r join replay_keyframes k using (run)
     where r.epoch = $1 order by k.keyframe desc limit 1`,
    [epoch],
  );
  const [row] = rows;
  return row === undefined ? undefined : { ...keyframeOf(row), ageMinutes: row.age };
}

/** The last picture of the latest run that had begun by then: what comes after it leads to that moment. */
export async function selectKeyframeAt(database: Asked, atMs: number): Promise<Keyframe | undefined> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from (
       select r.* from replay_runs r
       where exists (select from replay_keyframes f where f.run = r.run and f.stamp <= $1)
       order by r.run desc limit 1
     ) r join replay_keyframes k using (run)
     where k.stamp <= $1 order by k.seq desc limit 1`,
    [new Date(atMs)],
  );
  return rows[0] && keyframeOf(rows[0]);
}

export async function selectKeyframeBySeq(
  database: Asked,
  epoch: string,
  seq: number,
): Promise<Keyframe | undefined> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from replay_runs r join replay_keyframes k using (run)
     where r.epoch = $1 and k.seq <= $2 order by k.seq desc, k.keyframe desc limit 1`,
    [epoch, seq],
  );
  return rows[0] && keyframeOf(rows[0]);
}

/** The first of the same run after it. */
export async function selectKeyframeAfter(
  database: Asked,
  { run, seq }: Keyframe,
): Promise<Keyframe | undefined> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from replay_runs r join replay_keyframes k using (run)
     where r.run = $1 and k.seq > $2 order by k.seq limit 1`,
    [run, seq],
  );
  return rows[0] && keyframeOf(rows[0]);
}

/** The first picture of the next run that has any. */
export async function selectNextRun(database: Asked, run: number): Promise<Keyframe | undefined> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from replay_runs r join replay_keyframes k using (run)
     where r.run > $1 order by r.run, k.seq limit 1`,
    [run],
  );
  return rows[0] && keyframeOf(rows[0]);
}

/** The first picture of each run, oldest first. */
export async function selectRunStarts(database: Asked): Promise<Keyframe[]> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from replay_runs r, lateral (
       select f.* from replay_keyframes f where f.run = r.run order by f.seq limit 1
     ) k order by r.run`,
  );
  return rows.map(keyframeOf);
}

/** The first picture of a run from which on each message is in the archive, which begins at `firstSeq`. */
export async function selectFirstFull(
  database: Asked,
  run: number,
  firstSeq: number,
): Promise<Keyframe | undefined> {
  const { rows } = await database.query<KeyframeRow>(
    `select ${COLUMNS} from replay_runs r join replay_keyframes k using (run)
     where r.run = $1 and k.seq >= $2::bigint - 1 order by k.seq limit 1`,
    [run, firstSeq],
  );
  return rows[0] && keyframeOf(rows[0]);
}

/** Those of which the archive has not every message any more. */
export async function deleteTalliesBefore(database: Asked, run: number, firstSeq: number): Promise<void> {
  await database.query('delete from replay_tallies where run = $1 and from_seq < $2::bigint - 1', [
    run,
    firstSeq,
  ]);
}

/** Leaves the first picture of each hour, of those that the archive no longer leads on from; and the newest. */
export async function thinKeyframes(database: Asked, run: number, firstSeq: number): Promise<void> {
  await database.query(
    `delete from replay_keyframes k where run = $1 and seq < $2::bigint - 1
       and exists (
         select from replay_keyframes f
         where f.run = k.run and f.seq < k.seq and date_trunc('hour', f.stamp) = date_trunc('hour', k.stamp)
       )
       and seq < (select max(seq) from replay_keyframes n where n.run = k.run)`,
    [run, firstSeq],
  );
}

/** By the database's clock, but for each run's newest while LIVE goes on from it. */
export async function deleteOldKeyframes(database: Asked, days: number): Promise<void> {
  await database.query(
    `delete from replay_keyframes k where kept_at < now() - make_interval(days => $1)
       and exists (select from replay_keyframes n where n.keyframe > k.keyframe)`,
    [days],
  );
}

export async function deleteEmptyRuns(database: Asked): Promise<void> {
  await database.query(
    'delete from replay_runs r where not exists (select from replay_keyframes k where k.run = r.run)',
  );
}
