/** Announces a committed batch: one message per force, split where it would be too large. */
import type { IncidentChange, IncidentsStored, StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { MAX_PAYLOAD_BYTES, type LiveStream } from './live-stream.ts';
import { splitByBytes } from './split.ts';

/**
 * The parts of one batch are the same at each attempt, in whatever order its changes are given: a repeat
 * has the same identities, and what was in part 1 before a crash must not be in part 0 after it.
 */
export function incidentAnnouncements(
  batch: number,
  changes: readonly IncidentChange[],
  at: string,
): IncidentsStored[] {
  const byForce = new Map<Force, IncidentChange[]>();
  for (const change of changes.toSorted(inOrder)) {
    const sameForce = byForce.get(change.incident.force);
    if (sameForce === undefined) byForce.set(change.incident.force, [change]);
    else sameForce.push(change);
  }
  const parts = [...byForce].sort(([one], [other]) => (one < other ? -1 : 1));
  return parts
    .flatMap(([force, own]) => splitByBytes(own, MAX_PAYLOAD_BYTES - 1_000).map((some) => ({ force, some })))
    .map(({ force, some }, part) => ({ type: 'incidents.stored', at, force, batch, part, changes: some }));
}

/** Revisions of one incident ascending, otherwise as received. */
function inOrder({ incident: one }: IncidentChange, { incident: other }: IncidentChange): number {
  if (one.revision !== other.revision) return one.revision - other.revision;
  const [oneName, otherName] = [orderName(one), orderName(other)];
  return oneName < otherName ? -1 : Number(oneName > otherName);
}

function orderName({ receivedAt, agency, feed, id }: StoredIncident): string {
  return `${receivedAt}|${agency}|${feed}|${id}`;
}

export async function announceIncidents(
  live: LiveStream,
  announcements: readonly IncidentsStored[],
): Promise<void> {
  await Promise.all(
    announcements.map((announcement) =>
      live.announce(announcement, `stored:${announcement.batch}:${announcement.part}`),
    ),
  );
}
