-- What keeps the work bounded as the years fill the database: indexes by which each query of the live path finds its
-- rows, counts per hour and cell, and when the archive was written.

-- One instant may hold a whole month's incidents, where a recording knows no more than the month: an identity and the
-- end of a page are found within it, too.
create index incidents_identity on incidents (occurred_at, agency, feed, id, revision);
drop index incidents_occurred_at;
-- A batch that was left behind is found, however far apart its incidents happened.
create index incidents_batch on incidents (batch);

alter table ingest_batches add column latest_received_at timestamptz;
update ingest_batches set latest_received_at = committed_at;
alter table ingest_batches alter column latest_received_at set not null;
create index ingest_batches_latest_received_at on ingest_batches (latest_received_at);

-- What counted once, or never did: revisions that were superseded or came late, unless they were cancelled themselves.
-- A stored row is never changed, so that old chunks can be compressed: what no longer counts is written down again, here.
create table incident_reversals (
  agency text not null,
  feed text not null,
  id text not null,
  revision integer not null,
  occurred_at timestamptz not null,
  time_precision text not null,
  force text not null,
  cell bigint not null,
  category text not null,
  markers text[] not null,
  discovery text not null
);
create index incident_reversals_occurred_at on incident_reversals (occurred_at);
insert into incident_reversals
select agency, feed, id, revision, occurred_at, i.time_precision, i.force, i.cell, i.category, i.markers, i.discovery
from incident_history_keys join incidents i using (agency, feed, id, revision, occurred_at)
where i.status <> 'cancelled';

-- Incidents that count, per hour and cell, by what a theme is made of. Where the server offers TimescaleDB, the first
-- two are replaced by continuous aggregates of the same columns (server/store/continuous-aggregates.ts).
create view incident_hours as
select date_bin('1 hour', occurred_at, 'epoch') as hour, force, cell, category, markers, discovery, time_precision,
  count(*) as incidents
from incidents where status <> 'cancelled'
group by 1, 2, 3, 4, 5, 6, 7;
create view incident_reversal_hours as
select date_bin('1 hour', occurred_at, 'epoch') as hour, force, cell, category, markers, discovery, time_precision,
  count(*) as incidents
from incident_reversals
group by 1, 2, 3, 4, 5, 6, 7;
create view incident_counts as
select hour, force, cell, category, markers, discovery, time_precision, sum(incidents)::bigint as incidents
from (
  select * from incident_hours
  union all
  select hour, force, cell, category, markers, discovery, time_precision, -incidents from incident_reversal_hours
) told
group by 1, 2, 3, 4, 5, 6, 7
having sum(incidents) <> 0;

-- How far the archive had got, hour by hour: under the feed clock a stamp does not tell when its message was archived.
create table archive_marks (
  epoch text not null,
  seq bigint not null,
  marked_at timestamptz not null default now(),
  primary key (epoch, seq)
);
