/** Learns each feed's and category's delays from what the database knows, and what that means for a theme. */
import { learnDelays, mixedDelays, type DelayCount } from '../../models/reporting-delay.ts';
import type { Force } from '../../shared/force.ts';
import { DELAY_EDGES_HOURS, type DelayCurve, type ReportingDelays } from '../../shared/reporting-delay.ts';
import { belongsTo, type Theme } from '../../shared/theme.ts';
import type { SampledDelays } from '../store/delay-sample.ts';

type Key = string;

/** Only what happened in `forces` counts for themes; a feed's delays are its own wherever it tells of. */
export function reportingDelays(
  sample: readonly SampledDelays[],
  forces: readonly Force[],
  themes: readonly Theme[],
): ReportingDelays {
  const overall = learnDelays(summed(sample));
  const byFeed = learnt(
    sample,
    ({ agency, feed }) => `${agency}/${feed}`,
    () => overall,
  );
  const byCategory = learnt(
    sample,
    ({ agency, feed, category }) => `${agency}/${feed}/${category}`,
    ({ agency, feed }) => byFeed.get(`${agency}/${feed}`)?.curve ?? overall,
  );
  const own = sample.filter(({ force }) => forces.includes(force));
  return {
    edgesHours: [...DELAY_EDGES_HOURS],
    themes: themes.map((theme) => {
      const parts = Map.groupBy(
        own.filter((row) => belongsTo(theme, row)),
        ({ agency, feed, category }) => `${agency}/${feed}/${category}`,
      );
      const curves = [...parts].map(([key, rows]) => ({
        curve: byCategory.get(key)?.curve ?? overall,
        weight: rows.reduce((sum, { incidents }) => sum + incidents, 0),
      }));
      return { theme, ...mixedDelays(curves) };
    }),
    feeds: [...byCategory.values()]
      .filter(({ of: { agency, feed } }) => own.some((row) => row.agency === agency && row.feed === feed))
      .map(({ of: { agency, feed, category }, curve }) => ({ agency, feed, category, ...curve })),
  };
}

function learnt(
  sample: readonly SampledDelays[],
  keyOf: (row: SampledDelays) => Key,
  leanOn: (row: SampledDelays) => DelayCurve,
): Map<Key, { of: SampledDelays; curve: DelayCurve }> {
  const curves = new Map<Key, { of: SampledDelays; curve: DelayCurve }>();
  for (const [key, rows] of Map.groupBy(sample, keyOf)) {
    const [of] = rows;
    if (of !== undefined) curves.set(key, { of, curve: learnDelays(summed(rows), leanOn(of)) });
  }
  return curves;
}

function summed(rows: readonly SampledDelays[]): DelayCount[] {
  const counts = new Map<string, DelayCount>();
  for (const { delayBin, agePassed, incidents } of rows) {
    const key = `${delayBin}|${agePassed}`;
    const count = counts.get(key) ?? { delayBin, agePassed, incidents: 0 };
    count.incidents += incidents;
    counts.set(key, count);
  }
  return [...counts.values()];
}
