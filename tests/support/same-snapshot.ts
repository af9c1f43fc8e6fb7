/** Compares two snapshots as far as order means nothing: their lists of counts come in any. */
import { expect } from 'vitest';
import type { Snapshot } from '../../shared/messages.ts';

export function expectSameSnapshot(one: unknown, other: unknown): void {
  expect(inOrder(one as Snapshot)).toEqual(inOrder(other as Snapshot));
}

function inOrder(snapshot: Snapshot): unknown {
  const sorted = <Item>(items: readonly Item[]): Item[] =>
    [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    ...snapshot,
    counts: sorted(snapshot.counts),
    periods: sorted(
      snapshot.periods.map((counted) => ({
        ...counted,
        origins: sorted(counted.origins),
        cells: sorted(counted.cells),
      })),
    ),
    hotspots: sorted(snapshot.hotspots),
    feeds: sorted(snapshot.feeds),
    origins: sorted(snapshot.origins),
  };
}
