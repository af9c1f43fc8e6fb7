/** Keeps refused messages: what was wrong and where, never what they said. */
import type { Agency } from '../../shared/category.ts';
import type { Rejection } from '../feeds/validate.ts';
import type { Database } from './database.ts';

export interface RejectedMessage extends Rejection {
  agency: Agency;
  feed: string;
  streamAtMs: number;
  streamSeq: number;
  receivedAtMs: number;
  /** Of the message's bytes, hexadecimal. */
  sha256: string;
}

/** Idempotent: a message is stored and counted once, however often it is delivered. */
export async function storeRejections(
  database: Database,
  rejected: readonly RejectedMessage[],
): Promise<void> {
  if (rejected.length === 0) return;
  await database.query(
    `with told as (
       insert into rejected_messages (stream_at, stream_seq, agency, feed, received_at, reason, path, fields, sha256)
       select * from unnest($1::timestamptz[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[],
         $6::text[], $7::text[], $8::jsonb[], $9::text[])
       on conflict do nothing
       returning agency, feed, received_at, reason, path, stream_seq
     ), counts as (
       select agency, feed, count(*) as rejected, max(received_at) as last_at,
         (array_agg(reason order by received_at desc, stream_seq desc))[1] as reason,
         (array_agg(path order by received_at desc, stream_seq desc))[1] as path
       from told group by agency, feed order by agency, feed
     )
     insert into feeds (agency, feed, rejected, last_received_at,
       last_rejection_reason, last_rejection_path, last_rejection_at)
     select agency, feed, rejected, last_at, reason, path, last_at from counts
     on conflict (agency, feed) do update set
       rejected = feeds.rejected + excluded.rejected,
       last_received_at = greatest(feeds.last_received_at, excluded.last_received_at),
       last_rejection_reason = excluded.last_rejection_reason,
       last_rejection_path = excluded.last_rejection_path,
       last_rejection_at = excluded.last_rejection_at`,
    [
      rejected.map(({ streamAtMs }) => new Date(streamAtMs).toISOString()),
      rejected.map(({ streamSeq }) => streamSeq),
      rejected.map(({ agency }) => agency),
      rejected.map(({ feed }) => feed),
      rejected.map(({ receivedAtMs }) => new Date(receivedAtMs).toISOString()),
      rejected.map(({ reason }) => reason),
      rejected.map(({ path }) => path),
      rejected.map(({ fields }) => JSON.stringify(fields)),
      rejected.map(({ sha256 }) => sha256),
    ],
  );
}
