/** Counts as a client keeps them: from a snapshot, then by deltas. */
import type { CellCounts, Delta } from '../../shared/messages.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import { themesOf, type Theme } from '../../shared/theme.ts';
import type { Superseded } from '../../shared/announcement.ts';

export type Tally = Record<string, number>;

export function tallyOf(counts: readonly CellCounts[]): Tally {
  const tally: Tally = {};
  for (const { theme, cell, steps } of counts) {
    for (const [step, count] of steps) add(tally, theme, cell, step, count);
  }
  return tally;
}

/** Applies a delta of incidents to what a snapshot of these themes gave. */
export function applyDelta(tally: Tally, delta: Delta, { themes }: { themes: readonly Theme[] }): void {
  if (delta.type !== 'incidents.stored') return;
  if ('counts' in delta) {
    for (const { theme, cell, step, change } of delta.counts) add(tally, theme, cell, step, change);
    return;
  }
  for (const { incident, superseded } of delta.changes) {
    if (superseded !== undefined) addPlace(tally, superseded, themes, -1);
    addPlace(tally, incident, themes, 1);
  }
}

function addPlace(
  tally: Tally,
  place: Omit<Superseded, 'discovery' | 'revision'>,
  themes: readonly Theme[],
  change: number,
): void {
  if (place.status === 'cancelled' || place.timePrecision === 'day' || place.timePrecision === 'month')
    return;
  const step = Math.floor(Date.parse(place.occurredAt) / COUNT_STEP_MS);
  for (const theme of themesOf(place))
    if (themes.includes(theme)) add(tally, theme, place.cell, step, change);
}

function add(tally: Tally, theme: string, cell: string, step: number, change: number): void {
  const key = `${theme} ${cell} ${step}`;
  const sum = (tally[key] ?? 0) + change;
  if (sum === 0) Reflect.deleteProperty(tally, key);
  else tally[key] = sum;
}
