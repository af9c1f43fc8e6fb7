/** Where TimescaleDB can: keeps the counts per hour and cell up to date, in place of the plain views of the same names. */
import type pg from 'pg';

/** As the migration's views: an aggregate cannot join, so what no longer counts has one of its own, to be subtracted. */
const AGGREGATES = [
  { name: 'incident_hours', counted: "incidents where status <> 'cancelled'" },
  { name: 'incident_reversal_hours', counted: 'incident_reversals' },
] as const;
const DIFFERENCE = 'incident_counts';
const COLUMNS = 'force, cell, category, markers, discovery, time_precision';

/** Idempotent. What is stored already is counted by the first run of the policy, in the background. */
export async function makeContinuousAggregates(connection: pg.Client): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    'select view_name as name from timescaledb_information.continuous_aggregates where view_schema = current_schema',
  );
  const made = new Set(rows.map(({ name }) => name));
  if (!AGGREGATES.every(({ name }) => made.has(name))) await replaceViews(connection);
  for (const { name } of AGGREGATES) {
    // From the beginning on: only what changed is counted anew, and the past is taken however old.
    await connection.query(
      `select add_continuous_aggregate_policy($1::regclass, start_offset => null, end_offset => interval '1 hour',
         schedule_interval => interval '15 minutes', if_not_exists => true)`,
      [name],
    );
  }
}

/** In one transaction, so that whoever reads finds either kind. */
async function replaceViews(connection: pg.Client): Promise<void> {
  await connection.query('begin');
  const { rows } = await connection.query<{ definition: string }>(
    'select pg_get_viewdef($1::regclass) as definition',
    [DIFFERENCE],
  );
  await connection.query(`drop view ${DIFFERENCE}, ${AGGREGATES.map(({ name }) => name).join(', ')}`);
  for (const { name, counted } of AGGREGATES) {
    // Hours that are not counted yet are counted when they are asked for (materialized_only = false).
    await connection.query(
      `create materialized view ${name} with (timescaledb.continuous, timescaledb.materialized_only = false,
         timescaledb.create_group_indexes = false) as
       select time_bucket('1 hour', occurred_at) as hour, ${COLUMNS}, count(*) as incidents
       from ${counted} group by 1, ${COLUMNS} with no data`,
    );
    await connection.query(`create index ${name}_cell on ${name} (cell, hour)`);
  }
  await connection.query(`create view ${DIFFERENCE} as ${rows[0]?.definition ?? ''}`);
  await connection.query('commit');
}
