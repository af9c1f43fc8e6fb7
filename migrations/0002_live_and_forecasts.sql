-- What was announced, what was forecast, and the state that a restart resumes from.

-- LIVE, kept beyond its 24 hours. What the room knew at t is LIVE up to the last message stamped <= t.
create table live_archive (
  epoch text not null,
  seq bigint not null,
  stamp timestamptz not null,
  subject text not null,
  payload jsonb not null,
  primary key (epoch, seq, stamp)
);
create index live_archive_stamp on live_archive (stamp);

-- Announcements of changes not born of a message: written in the change's own transaction, deleted once LIVE has them.
create table outbox (
  id bigint generated always as identity primary key,
  payload jsonb not null
);

-- The cells of a force in the order of its forecasts' arrays; a new row whenever cells were added.
create table forecast_grids (
  grid bigint generated always as identity primary key,
  force text not null,
  cells bigint[] not null,
  sha256 bytea not null,
  unique (force, sha256)
);

create table forecasts (
  forecast bigint generated always as identity,
  force text not null,
  theme text not null,
  horizon_hours smallint not null,
  issued_at timestamptz not null,
  window_from timestamptz not null,
  window_to timestamptz not null,
  model_id text not null,
  grid bigint not null references forecast_grids,
  expected real[] not null,
  primary key (force, theme, horizon_hours, window_from),
  unique (forecast)
);

create table forecast_checkpoints (
  part text primary key,
  epoch text not null,
  seq bigint not null,
  state bytea not null,
  saved_at timestamptz not null default now()
);
