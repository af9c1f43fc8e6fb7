-- Incidents as feeds sent them, their identity, and the account of every message.

-- One committed batch of incidents; announced once LIVE has acknowledged all its parts.
create table ingest_batches (
  batch bigint generated always as identity primary key,
  earliest_occurred_at timestamptz not null,
  latest_occurred_at timestamptz not null,
  committed_at timestamptz not null default now(),
  announced boolean not null default false
);
create index ingest_batches_unannounced on ingest_batches (batch) where not announced;

-- Every revision of every incident; corrections are inserts, never updates, so that old chunks can be compressed.
create table incidents (
  agency text not null,
  feed text not null,
  id text not null,
  revision integer not null,
  batch bigint not null,
  status text not null,
  origin text not null,
  occurred_at timestamptz not null,
  occurred_until timestamptz,
  time_precision text not null,
  reported_at timestamptz,
  received_at timestamptz not null,
  lat double precision not null,
  lon double precision not null,
  precision_metres real,
  cell bigint not null,
  category text not null,
  markers text[] not null,
  native_category text,
  severity smallint not null,
  force text not null,
  discovery text not null,
  summary text
);
create index incidents_occurred_at on incidents (occurred_at);
create index incidents_cell_occurred_at on incidents (cell, occurred_at);

-- Identity, apart from incidents: a unique index of a hypertable would have to contain its time column.
-- One row per incident, for the revision that counts; (stream_at, stream_seq) names the message that brought it,
-- so that a redelivery is told from a duplicate.
create table incident_keys (
  agency text not null,
  feed text not null,
  id text not null,
  revision integer not null,
  occurred_at timestamptz not null,
  content_sha256 bytea not null,
  stream_at timestamptz not null,
  stream_seq bigint not null,
  primary key (agency, feed, id)
);

-- Revisions that do not count: superseded, or late and older than the one that counts.
create table incident_history_keys (
  agency text not null,
  feed text not null,
  id text not null,
  revision integer not null,
  occurred_at timestamptz not null,
  content_sha256 bytea not null,
  stream_at timestamptz not null,
  stream_seq bigint not null,
  primary key (agency, feed, id, revision)
);

create table duplicate_deliveries (
  stream_at timestamptz not null,
  stream_seq bigint not null,
  agency text not null,
  feed text not null,
  primary key (stream_at, stream_seq)
);

-- The known, valid fields of refused messages, never their content.
create table rejected_messages (
  stream_at timestamptz not null,
  stream_seq bigint not null,
  agency text not null,
  feed text not null,
  received_at timestamptz not null,
  reason text not null,
  path text not null,
  fields jsonb not null,
  sha256 text not null,
  primary key (stream_at, stream_seq)
);

create table feeds (
  agency text not null,
  feed text not null,
  stored bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  last_received_at timestamptz not null,
  last_occurred_at timestamptz,
  mean_gap_seconds double precision,
  last_rejection_reason text,
  last_rejection_path text,
  last_rejection_at timestamptz,
  primary key (agency, feed)
);
