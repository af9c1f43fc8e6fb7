-- What a shift hands over: how each feed's condition went, what the shift leads note, and alerts by when they changed.

-- A row whenever a feed's condition became another: silent since its last word, or speaking again since its first.
create table feed_conditions (
  agency text not null,
  feed text not null,
  noted_at timestamptz not null,
  since timestamptz not null,
  condition text not null,
  primary key (agency, feed, noted_at)
);
create index feed_conditions_silent on feed_conditions (since) where condition = 'silent';

create table handover_notes (
  id bigint generated always as identity primary key,
  force text not null,
  span_from timestamptz not null,
  span_to timestamptz not null check (span_to > span_from)
);
create index handover_notes_force on handover_notes (force, span_to);

-- A note is never overwritten: the highest version is shown, those before it are kept.
create table handover_note_versions (
  note bigint not null references handover_notes,
  version integer not null,
  at timestamptz not null,
  by_name text not null,
  by_role text not null,
  body text not null,
  primary key (note, version)
);

create index alerts_changed_at on alerts (force, changed_at);
