-- Rules that administrators write, and alerts told to other programs: as CAP messages, and by webhook.

create table alert_rules (
  id bigint generated always as identity primary key,
  force text not null,
  version integer not null,
  enabled boolean not null,
  -- Name, priority, what it counts, and what its dry run said when it was saved.
  body jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by text not null
);

-- Who changed what: only added to, so the number of rows tells whether anything has changed.
create table alert_rule_changes (
  id bigint generated always as identity primary key,
  rule bigint not null,
  version integer not null,
  at timestamptz not null default now(),
  by_name text not null,
  -- Null where it was removed.
  body jsonb
);

-- What somebody was shown before saving; gone after a day.
create table alert_rule_dry_runs (
  id text primary key,
  by_name text not null,
  at timestamptz not null default now(),
  rule jsonb not null,
  figures jsonb not null
);
create index alert_rule_dry_runs_at on alert_rule_dry_runs (at);

-- Each change of an alert as it was: what a CAP message says, and later ones refer to.
create table alert_messages (
  alert bigint not null references alerts,
  revision integer not null,
  sent timestamptz not null,
  body jsonb not null,
  primary key (alert, revision)
);
insert into alert_messages (alert, revision, sent, body)
  select id, (body -> 'alert' ->> 'revision')::integer, changed_at,
    jsonb_set(body, '{alert,id}', to_jsonb(id::text)) from alerts;

create table webhooks (
  id bigint generated always as identity primary key,
  force text not null,
  url text not null,
  -- Signs what is sent, so it is kept as it is; no route shows it.
  secret text not null,
  -- Whether it is told fine cells of what only the cleared may place.
  cleared boolean not null,
  created_at timestamptz not null default now(),
  created_by text not null
);
create index webhooks_force on webhooks (force);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook bigint not null references webhooks on delete cascade,
  alert bigint not null,
  revision integer not null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- When it is tried next; an attempt under way has moved it on.
  next_at timestamptz not null default now(),
  -- Set once, one of the two: it was taken, or given up.
  delivered_at timestamptz,
  dead_at timestamptz,
  reason text,
  foreign key (alert, revision) references alert_messages
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook, alert, id)
  where delivered_at is null and dead_at is null;
create index webhook_deliveries_due on webhook_deliveries (next_at)
  where delivered_at is null and dead_at is null;
create index webhook_deliveries_recent on webhook_deliveries (webhook, id);
