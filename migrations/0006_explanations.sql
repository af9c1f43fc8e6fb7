-- What an issued forecast needs to be explained and bounded later, by whatever model made it.
alter table forecasts add column dispersion real;

-- Kept as long as the forecast: what all its cells have in common, and of the hotspots the decayed counts, one row of
-- `kernels` numbers per cell of `cells`, fine ones first, then coarse ones. Each times its `per_incident` is what it brings.
create table forecast_explanations (
  forecast bigint primary key,
  fitted_on text not null,
  mean_cell double precision not null,
  empty_cell double precision not null,
  weighted_hours double precision not null,
  known_days double precision not null,
  kernels text[] not null,
  per_incident double precision[] not null,
  cells bigint[] not null,
  decayed real[] not null
);
