-- What came of issued forecasts, beside the naive map, and which forecasts have come loose from what happens.

-- How far a forecast has been scored: 0 not yet, 1 as its window closed, 2 as it settled. Nothing is shown of a
-- forecast that is withheld, for the reason given; it is scored all the same.
alter table forecasts
  add column scored smallint not null default 0,
  add column withheld text;
create index forecasts_to_score on forecasts (scored, window_to) where scored < 2;

-- Sums of one window, so that any span of windows can be pooled. Arrays go by area_shares, in its order.
create table scores (
  force text not null,
  theme text not null,
  horizon_hours smallint not null,
  window_from timestamptz not null,
  -- closed: what was known when the window ended; settled: what was known 48 hours later.
  stage text not null check (stage in ('closed', 'settled')),
  window_to timestamptz not null,
  model_id text not null,
  dispersion real not null,
  -- Of the incidents of the year before, the share whose time is known finely enough for this horizon.
  timed_share real not null,
  -- Whether later happenings were told of by then, so that a window without incidents was one; null when closed.
  covered boolean,
  cells integer not null,
  expected double precision not null,
  observed integer not null,
  outside integer not null,
  coverage80 double precision not null,
  area_shares real[] not null,
  best_hits integer[] not null,
  model_gain double precision not null,
  model_areas double precision[] not null,
  model_hits integer[] not null,
  naive_gain double precision not null,
  naive_areas double precision[] not null,
  naive_hits integer[] not null,
  primary key (force, theme, horizon_hours, stage, window_from)
);

-- A model's forecasts of one force, theme and horizon that drift, or did until somebody reinstated them.
create table forecast_drifts (
  force text not null,
  theme text not null,
  horizon_hours smallint not null,
  model_id text not null,
  -- Null where they drift no longer.
  reason text,
  since timestamptz not null,
  -- Only windows from here on are judged.
  judged_from timestamptz not null default '-infinity',
  reinstated_by text,
  primary key (force, theme, horizon_hours, model_id)
);
