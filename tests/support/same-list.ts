/** Compares the lists of two screens that were told the same, one from its beginning on, one by a snapshot. */
import { expect } from 'vitest';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import type { Seen } from './screen.ts';

/**
 * Of the incidents those that count, since a screen also lists as cancelled what a correction moved out of sight.
 * A full list may be shorter at its end by what was taken out; and of a crowd told by counts alone nothing is listed.
 */
export function expectSameList(mine: Seen, theirs: Seen, knowsCrowd: boolean): void {
  const names = ({ incidents }: Seen): string[] =>
    incidents.filter(({ status }) => status !== 'cancelled').map(({ id, revision }) => `${id} ${revision}`);
  const [shown, expected] = [names(mine), names(theirs)];
  const isFull = theirs.incidents.length === SNAPSHOT_INCIDENTS;
  if (knowsCrowd) {
    const known = new Set(expected);
    const oldest = theirs.incidents.at(-1)?.receivedAt ?? '';
    for (const { id, revision, status, receivedAt } of mine.incidents) {
      if (status !== 'cancelled' && receivedAt > oldest) expect(known).toContain(`${id} ${revision}`);
    }
  } else if (isFull) expect(shown).toEqual(expected.slice(0, shown.length));
  else expect(shown).toEqual(expected);
}
