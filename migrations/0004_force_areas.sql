-- Police force areas as imported. `geometry` decides where a point lies, `outline` is the same, thinned for the map.
create table force_areas (
  force text primary key,
  name text not null,
  geometry jsonb not null,
  outline jsonb not null,
  area_km2 double precision not null,
  imported_at timestamptz not null
);
