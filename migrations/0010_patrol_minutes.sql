-- Patrols: where units were within the last day, and for longer how many minutes each cell was given.

-- Kept for a day. (stream_at, stream_seq) names the message, so that a redelivery is told from a duplicate.
create table patrol_pings (
  force text not null,
  unit text not null,
  at timestamptz not null,
  cell bigint not null,
  stream_at timestamptz not null,
  stream_seq bigint not null,
  primary key (force, unit, at)
);
create index patrol_pings_at on patrol_pings (at);

-- Messages that became no ping, kept as long: counted once, however often they are delivered.
create table patrol_messages_passed_over (
  stream_at timestamptz not null,
  stream_seq bigint not null,
  primary key (stream_at, stream_seq)
);

-- Time that units spent in a cell, by the hour of UTC; of no unit in particular.
create table patrol_doses (
  force text not null,
  cell bigint not null,
  hour timestamptz not null,
  milliseconds bigint not null,
  primary key (force, cell, hour)
);
create index patrol_doses_cell on patrol_doses (cell, hour);
create index patrol_doses_hour on patrol_doses (force, hour);

create table patrol_accounts (
  force text primary key,
  stored bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  last_rejection_reason text,
  last_rejection_at timestamptz
);
