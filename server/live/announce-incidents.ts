/** Announces a committed batch: one message per force, split where it would be too large. */
import type { IncidentChange, IncidentsStored, StoredIncident } from '../../shared/announcement.ts';
import type { Force } from '../../shared/force.ts';
import { CLOCKS_APART_MS, MAX_PAYLOAD_BYTES, type LiveStream } from './live-stream.ts';
import { splitBySize } from './split.ts';

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
  for (const change of ordered(changes)) {
    const sameForce = byForce.get(change.incident.force);
    if (sameForce === undefined) byForce.set(change.incident.force, [change]);
    else sameForce.push(change);
  }
  const parts = [...byForce].sort(([one], [other]) => (one < other ? -1 : 1));
  return parts
    .flatMap(([force, own]) =>
      splitBySize(own, MAX_PAYLOAD_BYTES - 1_000, mostBytes).map((some) => ({ force, some })),
    )
    .map(({ force, some }, part) => ({ type: 'incidents.stored', at, force, batch, part, changes: some }));
}

/** No change's JSON is longer: writing each one just to measure it would cost as much as announcing it. */
function mostBytes({ incident, superseded }: IncidentChange): number {
  const { id, feed, nativeCategory, markers } = incident;
  // A control character takes six bytes in JSON, every other at most three.
  const free = id.length + feed.length + 6 * (nativeCategory?.length ?? 0) + 12 * markers.length;
  return 620 + free + (superseded === undefined ? 0 : 420);
}

/** Revisions of one incident ascending, otherwise as received. */
function ordered(changes: readonly IncidentChange[]): IncidentChange[] {
  const named = changes.map((change) => ({ change, name: orderName(change.incident) }));
  named.sort((one, other) => {
    const revisions = one.change.incident.revision - other.change.incident.revision;
    if (revisions !== 0) return revisions;
    return one.name < other.name ? -1 : Number(one.name > other.name);
  });
  return named.map(({ change }) => change);
}

function orderName({ receivedAt, agency, feed, id }: StoredIncident): string {
  return `${receivedAt}|${agency}|${feed}|${id}`;
}

export async function announceIncidents(
  live: LiveStream,
  announcements: readonly IncidentsStored[],
): Promise<void> {
  await Promise.all(
    announcements.map((announcement) => live.announce(announcement, `stored:${partName(announcement)}`)),
  );
}

export function partName({ batch, part }: Pick<IncidentsStored, 'batch' | 'part'>): string {
  return `${batch}:${part}`;
}

/**
 * Names the parts that LIVE holds of batches committed since then, epoch milliseconds. JetStream drops a
 * repeat for ten minutes only; whoever was down for longer must look.
 */
export async function toldParts(live: LiveStream, committedSinceMs: number): Promise<Set<string>> {
  const told = new Set<string>();
  for await (const { announcement } of live.held('stored.v1.>', {
    fromMs: committedSinceMs - CLOCKS_APART_MS,
  })) {
    if (announcement.type === 'incidents.stored') told.add(partName(announcement));
  }
  return told;
}
