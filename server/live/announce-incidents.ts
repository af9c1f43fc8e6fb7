/** Announces a committed batch: one message per force, split where it would be too large. */
import type { IncidentChange, IncidentsStored } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { MAX_PAYLOAD_BYTES, type LiveStream } from './live-stream.ts';
import { splitByBytes } from './split.ts';

/** The parts of one batch are the same at each attempt, so that a repeat has the same identities. */
export function incidentAnnouncements(
  batch: number,
  changes: readonly IncidentChange[],
  at: string,
): IncidentsStored[] {
  const byForce = new Map<Force, IncidentChange[]>();
  for (const change of changes) {
    const sameForce = byForce.get(change.incident.force);
    if (sameForce === undefined) byForce.set(change.incident.force, [change]);
    else sameForce.push(change);
  }
  const parts = [...byForce].sort(([one], [other]) => (one < other ? -1 : 1));
  return parts
    .flatMap(([force, own]) => splitByBytes(own, MAX_PAYLOAD_BYTES - 1_000).map((some) => ({ force, some })))
    .map(({ force, some }, part) => ({ type: 'incidents.stored', at, force, batch, part, changes: some }));
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
