-- Neighbourhoods as forces publish them, with the officer they name for each. A box finds those that may hold a point.
create table neighbourhoods (
  force text not null,
  id text not null,
  name text not null,
  officer_name text,
  officer_role text,
  officer_contact text,
  south double precision not null,
  west double precision not null,
  north double precision not null,
  east double precision not null,
  geometry jsonb not null,
  imported_at timestamptz not null,
  primary key (force, id)
);
create index neighbourhoods_south on neighbourhoods (south, north);
