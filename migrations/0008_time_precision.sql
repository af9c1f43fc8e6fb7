-- What is known to the day or month only is found apart, and a feed that tells by the month is not silent between two.

create index incidents_untimed on incidents (occurred_at) where time_precision in ('day', 'month');

-- 1 minute, 2 hour, 3 day, 4 month: the finest of any time that the feed ever told.
alter table feeds add column finest_precision smallint;
