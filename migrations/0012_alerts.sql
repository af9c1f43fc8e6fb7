-- Alerts, and every step that was taken with them.

create table alerts (
  id bigint generated always as identity primary key,
  force text not null,
  -- What was found where: of one finding there is one open alert, whoever raises it again.
  place text not null,
  open boolean not null,
  raised_at timestamptz not null,
  changed_at timestamptz not null,
  -- The one it is handled with.
  parent bigint references alerts,
  -- When people were first told; null while it is held back.
  called_at timestamptz,
  -- When the server acts by itself: passes it on, or takes it from the shelf.
  escalate_at timestamptz,
  unshelve_at timestamptz,
  body jsonb not null
);
create unique index alerts_open_place on alerts (place) where open;
create index alerts_open on alerts (force) where open;
create index alerts_raised_at on alerts (force, raised_at);
create index alerts_called_at on alerts (force, called_at);
create index alerts_parent on alerts (parent) where open;
create index alerts_due on alerts (least(escalate_at, unshelve_at)) where open;

create table alert_steps (
  alert bigint not null references alerts,
  version integer not null,
  at timestamptz not null,
  by_name text not null,
  by_role text not null,
  step jsonb not null,
  primary key (alert, version)
);
create index alert_steps_at on alert_steps (at);

-- Who has a desk open, so that alerts are measured against the people there are.
create table desk_presence (
  name text primary key,
  forces text[] not null,
  seen_at timestamptz not null
);
