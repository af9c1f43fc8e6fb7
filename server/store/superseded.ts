/** What an incident's earlier revision said, so that a correction can take back what it counted. */
import type { Superseded } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Transaction } from './database.ts';

/** Names one stored revision; `occurredAt` lets the time index find it. */
export interface RevisionName {
  agency: string;
  feed: string;
  id: string;
  revision: number;
  occurredAt: Date;
}

interface SupersededRow {
  ordinal: number;
  revision: number;
  status: Superseded['status'];
  occurred_at: Date;
  time_precision: Superseded['timePrecision'];
  cell: Cell;
  category: Superseded['category'];
  markers: Superseded['markers'];
  force: Superseded['force'];
  discovery: Superseded['discovery'];
}

/** By position in `names`; a revision that retention has removed is missing. */
export async function selectSuperseded(
  transaction: Transaction,
  names: readonly RevisionName[],
): Promise<Map<number, Superseded>> {
  if (names.length === 0) return new Map();
  const instants = names.map(({ occurredAt }) => occurredAt.getTime());
  // The span lets TimescaleDB leave out other times' chunks when it plans: of years there are hundreds. Each name is
  // looked up by itself: one instant may hold a month's incidents.
  const { rows } = await transaction.query<SupersededRow>(
    `select named.ordinal, i.revision, i.status, i.occurred_at, i.time_precision, to_hex(i.cell) as cell,
       i.category, i.markers, i.force, i.discovery
     from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[])
       with ordinality as named (agency, feed, id, revision, occurred_at, ordinal)
     cross join lateral (
       select * from incidents i
       where i.agency = named.agency and i.feed = named.feed and i.id = named.id and i.revision = named.revision
         and i.occurred_at = named.occurred_at and i.occurred_at between $6 and $7
       limit 1
     ) i`,
    [
      names.map(({ agency }) => agency),
      names.map(({ feed }) => feed),
      names.map(({ id }) => id),
      names.map(({ revision }) => revision),
      names.map(({ occurredAt }) => occurredAt.toISOString()),
      new Date(Math.min(...instants)),
      new Date(Math.max(...instants)),
    ],
  );
  return new Map(
    rows.map((row) => [
      row.ordinal - 1,
      {
        revision: row.revision,
        status: row.status,
        occurredAt: row.occurred_at.toISOString(),
        timePrecision: row.time_precision,
        cell: row.cell,
        category: row.category,
        markers: row.markers,
        force: row.force,
        discovery: row.discovery,
      },
    ]),
  );
}
