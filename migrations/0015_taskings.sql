-- Units tasked to hotspots, each step of it, and the hotspots that are left alone so that patrols can be measured.

create table taskings (
  id bigint generated always as identity primary key,
  force text not null,
  cell bigint not null,
  open boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  body jsonb not null
);
-- Of two who task a hotspot at the same time one comes first.
create unique index taskings_open_cell on taskings (force, cell) where open;
create index taskings_changed_at on taskings (force, changed_at);

create table tasking_steps (
  tasking bigint not null references taskings,
  version integer not null,
  at timestamptz not null,
  by_name text not null,
  by_role text not null,
  step jsonb not null,
  primary key (tasking, version)
);

-- Of a force and theme there is one at a time: what is drawn does not change afterwards.
create table hold_outs (
  id bigint generated always as identity primary key,
  force text not null,
  theme text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  seed integer not null,
  -- One hotspot of so many is held out.
  one_in smallint not null,
  drawn_by text not null
);
create index hold_outs_force on hold_outs (force, starts_at);

create table hold_out_cells (
  hold_out bigint not null references hold_outs,
  cell bigint not null,
  stratum smallint not null,
  -- Incidents expected in a day, as forecast before the draw.
  expected_per_day double precision not null,
  held_out boolean not null,
  primary key (hold_out, cell)
);

-- Who was where within the day, hotspot by hotspot.
create index patrol_pings_cell on patrol_pings (cell, at);
