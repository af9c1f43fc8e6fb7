/** Counts, and their harm, as a client keeps them: from a snapshot, then by deltas. */
import { harmOf } from '../../shared/harm.ts';
import type { CellCounts, Delta, PeriodCounts } from '../../shared/messages.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import type { Force } from '../../shared/force.ts';
import type { Period } from '../../shared/period.ts';
import type { Superseded } from '../../shared/announcement.ts';

export type Tally = Record<string, number>;

export function tallyOf(counts: readonly CellCounts[]): Tally {
  const tally: Tally = {};
  for (const { theme, cell, steps } of counts) {
    for (const [step, count, harm] of steps) {
      add(tally, theme, cell, step, count);
      add(tally, theme, `${cell} harm`, step, harm ?? NaN);
    }
  }
  return tally;
}

/** By theme, force, period and cell. */
export function periodTallyOf(periods: readonly PeriodCounts[]): Tally {
  const tally: Tally = {};
  for (const { theme, force, period, cells } of periods) {
    for (const [cell, count] of cells) add(tally, theme, `${force} ${period}`, cell, count);
  }
  return tally;
}

/** The same for what is counted by day and month. */
export function applyToPeriods(tally: Tally, delta: Delta, { themes }: { themes: readonly Theme[] }): void {
  if (delta.type !== 'incidents.stored') return;
  if ('counts' in delta) {
    for (const { theme, force, period, cell, change } of delta.periods)
      add(tally, theme, `${force} ${period}`, cell, change);
    return;
  }
  const count = (place: Superseded & { period: Period | null; force: Force }, change: number): void => {
    if (place.status === 'cancelled' || place.period === null) return;
    for (const theme of themesOf(place)) {
      if (themes.includes(theme)) add(tally, theme, `${place.force} ${place.period}`, place.cell, change);
    }
  };
  for (const { incident, superseded } of delta.changes) {
    if (superseded !== undefined) count(superseded, -1);
    count(incident, 1);
  }
}

/** What a tally has of the periods that are shown: of older ones a client may know more, and lets it go. */
export function shownOf(tally: Tally, periods: readonly PeriodCounts[]): Tally {
  const shown = new Set(periods.map(({ theme, force, period }) => `${theme} ${force} ${period}`));
  return Object.fromEntries(
    Object.entries(tally).filter(([key]) => shown.has(key.slice(0, key.lastIndexOf(' ')))),
  );
}

/** Applies a delta of incidents to what a snapshot of these themes gave. */
export function applyDelta(tally: Tally, delta: Delta, { themes }: { themes: readonly Theme[] }): void {
  if (delta.type !== 'incidents.stored') return;
  if ('counts' in delta) {
    for (const { theme, cell, step, change, harm } of delta.counts) {
      add(tally, theme, cell, step, change);
      add(tally, theme, `${cell} harm`, step, harm ?? NaN);
    }
    return;
  }
  for (const { incident, superseded } of delta.changes) {
    if (superseded !== undefined) addPlace(tally, superseded, themes, -1);
    addPlace(tally, incident, themes, 1);
  }
}

function addPlace(
  tally: Tally,
  place: Omit<Superseded, 'revision'>,
  themes: readonly Theme[],
  change: number,
): void {
  if (place.status === 'cancelled' || place.timePrecision === 'day' || place.timePrecision === 'month')
    return;
  const step = Math.floor(Date.parse(place.occurredAt) / COUNT_STEP_MS);
  for (const theme of themesOf(place).filter((own) => themes.includes(own))) {
    add(tally, theme, place.cell, step, change);
    add(tally, theme, `${place.cell} harm`, step, change * harmOf(place));
  }
}

function add(tally: Tally, theme: string, place: string, step: number | string, change: number): void {
  const key = `${theme} ${place} ${step}`;
  const sum = (tally[key] ?? 0) + change;
  if (sum === 0) Reflect.deleteProperty(tally, key);
  else tally[key] = sum;
}
