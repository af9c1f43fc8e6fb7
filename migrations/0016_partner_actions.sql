-- Actions that partners take on, each step of them, and which organisation a partner's account speaks for.

alter table accounts add column organisation text;
alter table access_tokens add column organisation text;
alter table sessions add column organisation text;

create table partner_actions (
  id bigint generated always as identity primary key,
  force text not null,
  -- Of the owner: never a person.
  organisation text not null,
  given_at timestamptz not null,
  body jsonb not null
);
create index partner_actions_force on partner_actions (force, given_at);
create index partner_actions_organisation on partner_actions (organisation, given_at);

create table partner_action_steps (
  action bigint not null references partner_actions,
  version integer not null,
  at timestamptz not null,
  by_name text not null,
  by_role text not null,
  step jsonb not null,
  primary key (action, version)
);
