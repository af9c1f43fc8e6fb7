/** Which stored revisions had been superseded at an instant. */
import type { Transaction } from './database.ts';
import { KNOWN_AT } from './known-at.ts';

export interface RevisionKey {
  agency: string;
  feed: string;
  id: string;
  revision: number;
}

interface LaterRevision extends RevisionKey {
  /** Position in `revisions` of the one that it supersedes, from 1. */
  ordinal: number;
  occurred_at: Date;
}

/** Those of `revisions` of which a later one was known before `knownByMs`, whatever it says and wherever it puts it. */
export async function selectSupersededBy<Key extends RevisionKey>(
  transaction: Transaction,
  revisions: readonly Key[],
  knownByMs: number,
): Promise<Set<Key>> {
  if (revisions.length === 0) return new Set();
  const { rows: later } = await transaction.query<LaterRevision>(
    `select named.ordinal, l.agency, l.feed, l.id, l.revision, l.occurred_at
     from unnest($1::text[], $2::text[], $3::text[], $4::int[]) with ordinality
       as named (agency, feed, id, revision, ordinal)
     join (
       select agency, feed, id, revision, occurred_at from incident_keys
       union all
       select agency, feed, id, revision, occurred_at from incident_history_keys
     ) l on l.agency = named.agency and l.feed = named.feed and l.id = named.id and l.revision > named.revision`,
    keyArrays(revisions),
  );
  if (later.length === 0) return new Set();
  const instants = later.map(({ occurred_at }) => occurred_at.getTime());
  // The span lets TimescaleDB leave out other times' chunks when it plans: of years there are hundreds.
  const { rows } = await transaction.query<{ ordinal: number }>(
    `select distinct named.ordinal
     from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::int[])
       as named (agency, feed, id, revision, occurred_at, ordinal)
     join incidents i using (agency, feed, id, revision, occurred_at)
     where i.occurred_at between $7 and $8 and ${KNOWN_AT} < $9`,
    [
      ...keyArrays(later),
      later.map(({ occurred_at }) => occurred_at.toISOString()),
      later.map(({ ordinal }) => ordinal),
      new Date(Math.min(...instants)),
      new Date(Math.max(...instants)),
      new Date(knownByMs),
    ],
  );
  const superseded = new Set(rows.map(({ ordinal }) => ordinal - 1));
  return new Set(revisions.filter((_, index) => superseded.has(index)));
}

function keyArrays(keys: readonly RevisionKey[]): (string | number)[][] {
  return [
    keys.map(({ agency }) => agency),
    keys.map(({ feed }) => feed),
    keys.map(({ id }) => id),
    keys.map(({ revision }) => revision),
  ];
}
