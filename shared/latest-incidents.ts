/** The order of the latest incidents, the same on the server and on every screen: newest receipt first. */
import type { Agency } from './category.ts';

interface Received {
  /** As the server writes it, so that the order of the texts is that of the times. */
  receivedAt: string;
  agency: Agency;
  feed: string;
  id: string;
}

/** Compares for a sort; of those received in the same instant, by their names. */
export function newestFirst(one: Received, other: Received): number {
  if (one.receivedAt !== other.receivedAt) return one.receivedAt > other.receivedAt ? -1 : 1;
  return nameOf(one) < nameOf(other) ? -1 : 1;
}

/** Inserts into a list in that order, and returns what falls out at its end: `undefined` while there is room. */
export function insertNewest<Incident extends Received>(
  list: Incident[],
  incident: Incident,
  limit: number,
): Incident | undefined {
  const last = list.at(-1);
  // A recording of months brings thousands in one instant: most of them fall out at once.
  if (last !== undefined && list.length >= limit && newestFirst(last, incident) < 0) return incident;
  list.splice(placeOf(incident, list), 0, incident);
  return list.length > limit ? list.pop() : undefined;
}

/** Before the first that comes after it, by halves. */
function placeOf(incident: Received, list: readonly Received[]): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = list[middle];
    if (other !== undefined && newestFirst(incident, other) < 0) to = middle;
    else from = middle + 1;
  }
  return from;
}

function nameOf({ agency, feed, id }: Received): string {
  return `${agency}/${feed}/${id}`;
}
