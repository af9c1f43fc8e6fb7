/** What a batch too large to name each incident changes in the counts: by quarter of an hour, or by day and month. */
import { harmOf } from '../../shared/harm.ts';
import type { CountChange, PeriodChange, ShownChange, ShownSuperseded } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import { countStep } from './live-picture.ts';

/** What comes to nothing is left out. */
export function countChanges(
  changes: readonly ShownChange[],
  themes: readonly Theme[],
): { counts: CountChange[]; periods: PeriodChange[] } {
  const counts = new Map<string, CountChange>();
  const periods = new Map<string, PeriodChange>();
  const count = (place: ShownSuperseded, change: 1 | -1): void => {
    if (place.status === 'cancelled') return;
    const { cell, category, force, period } = place;
    const step = countStep(place);
    for (const theme of themesOf(place).filter((own) => themes.includes(own))) {
      if (period !== null) {
        const key = `${theme}|${force}|${cell}|${period}|${category}`;
        add(periods, key, { theme, force, cell, period, category, change });
      } else if (step !== undefined) {
        const key = `${theme}|${cell}|${step}|${category}`;
        add(counts, key, { theme, cell, step, category, change, harm: change * harmOf(place) });
      }
    }
  };
  for (const { incident, superseded } of changes) {
    if (superseded !== undefined) count(superseded, -1);
    count(incident, 1);
  }
  return { counts: changed(counts), periods: changed(periods) };
}

function add<Change extends { change: number; harm?: number }>(
  sums: Map<string, Change>,
  key: string,
  one: Change,
): void {
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, one);
  else {
    sum.change += one.change;
    if (one.harm !== undefined) sum.harm = (sum.harm ?? 0) + one.harm;
  }
}

function changed<Change extends { change: number; harm?: number }>(
  sums: ReadonlyMap<string, Change>,
): Change[] {
  return [...sums.values()].filter(({ change, harm = 0 }) => change !== 0 || harm !== 0);
}
