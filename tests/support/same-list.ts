/** Compares the lists of two screens that were told the same, one from its beginning on, one by a snapshot. */
import { expect } from 'vitest';
import { newestFirst } from '../../shared/latest-incidents.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import type { ShownIncident } from '../../shared/messages.ts';
import type { Seen } from './screen.ts';

export interface ListDoubts {
  /** Whether mine was told of a crowd by counts alone: nothing of it is listed. */
  knowsCrowd: boolean;
  /** The newest incident that a gateway let go: its snapshots end before that. */
  letGo: Parameters<typeof newestFirst>[0] | undefined;
}

/**
 * Of the incidents those that count, since a screen also lists as cancelled what a correction moved out of sight.
 * A full list, or one that lets something go, may be shorter at its end by what was taken out.
 */
export function expectSameList(mine: Seen, theirs: Seen, { knowsCrowd, letGo }: ListDoubts): void {
  const counting = ({ incidents }: Seen): ShownIncident[] =>
    incidents.filter(
      (incident) =>
        incident.status !== 'cancelled' && (letGo === undefined || newestFirst(incident, letGo) < 0),
    );
  const names = (incidents: readonly ShownIncident[]): string[] =>
    incidents.map(({ id, revision }) => `${id} ${revision}`);
  const own = counting(mine);
  const [shown, expected] = [names(own), names(counting(theirs))];
  const endsEarly = theirs.incidents.length === SNAPSHOT_INCIDENTS || letGo !== undefined;
  if (knowsCrowd) {
    const known = new Set(expected);
    const oldest = theirs.incidents.at(-1)?.receivedAt ?? '';
    for (const { id, revision, receivedAt } of own) {
      if (receivedAt > oldest) expect(known).toContain(`${id} ${revision}`);
    }
  } else if (endsEarly) expect(shown).toEqual(expected.slice(0, shown.length));
  else expect(shown).toEqual(expected);
}
