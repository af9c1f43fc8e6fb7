/** Compares two snapshots as far as order means nothing: their lists of counts come in any. */
import { expect } from 'vitest';
import type { Snapshot } from '../../shared/messages.ts';

export function expectSameSnapshot(one: unknown, other: unknown): void {
  expect(inOrder(one as Snapshot)).toEqual(inOrder(other as Snapshot));
}

function inOrder(snapshot: Snapshot): unknown {
  const { counts, periods, hotspots, feeds, origins } = snapshot;
  return {
    ...snapshot,
    counts: sorted(counts, ({ theme, cell }) => `${theme} ${cell}`),
    periods: sorted(
      periods.map((own) => ({ ...own, origins: own.origins.toSorted(), cells: own.cells.toSorted() })),
      ({ theme, force, period }) => `${theme} ${force} ${period}`,
    ),
    hotspots: sorted(hotspots, ({ force, theme }) => `${force} ${theme}`),
    feeds: sorted(feeds, ({ agency, feed }) => `${agency}/${feed}`),
    origins: origins.toSorted(),
  };
}

/** Cells of several forces have an entry in each: of an equal name, by what else is in them. */
function sorted<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const named = items.map((item) => [`${nameOf(item)} ${JSON.stringify(item)}`, item] as const);
  return named.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
}
