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
  // Nearly always among the first.
  const index = list.findIndex((other) => newestFirst(incident, other) < 0);
  list.splice(index < 0 ? list.length : index, 0, incident);
  return list.length > limit ? list.pop() : undefined;
}

function nameOf({ agency, feed, id }: Received): string {
  return `${agency}/${feed}/${id}`;
}
