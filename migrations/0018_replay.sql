-- What makes a moment of the archive quick to find: pictures about hourly, and between them what changed, a minute at a time.

-- A stretch of LIVE's archive without a break, which begins with what the database knew.
create table replay_runs (
  run bigint generated always as identity primary key,
  epoch text not null,
  from_seq bigint not null,
  from_stamp timestamptz not null
);

create table replay_keyframes (
  keyframe bigint generated always as identity primary key,
  run bigint not null references replay_runs on delete cascade,
  seq bigint not null,
  stamp timestamptz not null,
  -- By the database's clock: under the feed clock a stamp does not tell how long ago it was kept.
  kept_at timestamptz not null default now(),
  unique (run, seq)
);
create index replay_keyframes_stamp on replay_keyframes (run, stamp);

-- A picture in parts, so that one moment's view loads what it shows, and no more.
create table replay_parts (
  keyframe bigint not null references replay_keyframes on delete cascade,
  kind text not null,
  name text not null,
  body bytea not null,
  primary key (keyframe, kind, name)
);

-- What the archive has from after `from_seq` to `to_seq`, without its texts.
create table replay_tallies (
  run bigint not null references replay_runs on delete cascade,
  from_seq bigint not null,
  to_seq bigint not null,
  from_stamp timestamptz not null,
  to_stamp timestamptz not null,
  -- Changes and messages: what going over it again would cost.
  weight integer not null,
  -- `[[force, themes, minute, incidents], …]`: how many new incidents became known.
  known jsonb not null,
  -- Seqs of what was announced again: it told nobody anything.
  repeats bigint[] not null,
  body bytea not null,
  primary key (run, to_seq)
);
create index replay_tallies_stamp on replay_tallies (to_stamp);
