/** Incidents of chance in the order in which they become known, as late as feeds tell of them. */
import { delayOfShare, type Completeness } from '../../shared/reporting-delay.ts';
import { HOUR_MS } from '../../shared/time.ts';
import type { ChanceIncident } from './replicas.ts';
import { LONGEST_WINDOW_MS } from './scan-windows.ts';

/** What is told so much later is counted, and makes nothing emerge: a past that is loaded raises no alert. */
export const TIMELY_MS = HOUR_MS;

export interface ToldIncident {
  /** Index in the grid. */
  cell: number;
  occurredMs: number;
  /** When it becomes known. */
  atMs: number;
}

/**
 * Takes incidents in order of time, and yields them in that of becoming known, each with a delay of its own; all at once
 * without `completeness`. What is told too late for any window is left out.
 */
export function* toldLate(
  incidents: Iterable<ChanceIncident>,
  completeness: Completeness | undefined,
  random: () => number,
): Generator<ToldIncident> {
  const byHour = new Map<number, ToldIncident[]>();
  let hour = -Infinity;
  for (const { cell, atMs: occurredMs } of incidents) {
    if (completeness === undefined) {
      yield { cell, occurredMs, atMs: occurredMs };
      continue;
    }
    const now = Math.floor(occurredMs / HOUR_MS);
    if (now > hour) yield* knownBefore(byHour, now);
    hour = now;
    const delayMs = delayOfShare(completeness, random());
    if (delayMs >= LONGEST_WINDOW_MS) continue;
    const told = { cell, occurredMs, atMs: occurredMs + delayMs };
    const known = Math.floor(told.atMs / HOUR_MS);
    byHour.set(known, [...(byHour.get(known) ?? []), told]);
  }
  yield* knownBefore(byHour, Infinity);
}

/** Lets go of the hours before this one: nothing that happens from now on becomes known in them. */
function* knownBefore(byHour: Map<number, ToldIncident[]>, hour: number): Generator<ToldIncident> {
  for (const known of [...byHour.keys()].filter((one) => one < hour).sort((one, other) => one - other)) {
    yield* (byHour.get(known) ?? []).sort((one, other) => one.atMs - other.atMs);
    byHour.delete(known);
  }
}
