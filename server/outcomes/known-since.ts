/** Tells what of a past window became known only afterwards, incident by incident. */
import type { StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { belongsTo, type Theme } from '../../shared/theme.ts';

export interface PastWindow {
  /** Happened after this, up to `atMs`. */
  fromMs: number;
  /** The moment looked back from: what was received by then was known. */
  atMs: number;
  theme: Theme;
  forces: readonly Force[];
}

export interface KnownSince {
  /** How many were looked at. */
  incidents: number;
  /** Each as it is known now. */
  late: StoredIncident[];
  corrected: { before: StoredIncident; after: StoredIncident }[];
  /** As it was known then, and when it was taken back. */
  cancelled: { incident: StoredIncident; cancelledAt: string }[];
  /** By how many more incidents of the window count now than then. */
  gained: number;
}

/** `revisions` of whole incidents, those of one beside each other, the first revision first. */
export function knownSince(revisions: readonly StoredIncident[], window: PastWindow): KnownSince {
  const lives = Map.groupBy(revisions, ({ agency, feed, id }) => `${agency}/${feed}/${id}`);
  const since: KnownSince = { incidents: lives.size, late: [], corrected: [], cancelled: [], gained: 0 };
  for (const life of lives.values()) addLife(since, life, window);
  return since;
}

function addLife(since: KnownSince, life: readonly StoredIncident[], window: PastWindow): void {
  const then = life.findLast(({ receivedAt }) => Date.parse(receivedAt) <= window.atMs);
  const now = life.at(-1);
  if (now === undefined || now === then) return;
  const countedThen = then !== undefined && countsIn(then, window);
  const countsNow = countsIn(now, window);
  since.gained += Number(countsNow) - Number(countedThen);
  if (then === undefined) {
    if (countsNow) since.late.push(now);
  } else if (countedThen && now.status === 'cancelled') {
    since.cancelled.push({ incident: then, cancelledAt: now.receivedAt });
  } else if (countedThen || countsNow) {
    since.corrected.push({ before: then, after: now });
  }
}

function countsIn(incident: StoredIncident, { fromMs, atMs, theme, forces }: PastWindow): boolean {
  const occurredMs = Date.parse(incident.occurredAt);
  return (
    incident.status !== 'cancelled' &&
    occurredMs > fromMs &&
    occurredMs <= atMs &&
    forces.includes(incident.force) &&
    belongsTo(theme, incident)
  );
}
