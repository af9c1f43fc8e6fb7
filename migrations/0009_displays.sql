-- What each of a control room's named screens shows; walls ask for theirs by name.
create table displays (
  name text primary key,
  version integer not null,
  display jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
