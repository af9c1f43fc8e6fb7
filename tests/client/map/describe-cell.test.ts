/** What is said of a hexagon: its rank and figures, its count, and never a zero of which nobody knows whether it is one. */
import { expect, it } from 'vitest';
import { describeCell } from '../../../client/map/describe-cell.ts';
import type { ShownHotspots } from '../../../client/map/shown-hotspots.svelte.ts';
import type { LiveView } from '../../../client/state/live-view.svelte.ts';
import { ALL_KNOWN, type NotKnown } from '../../../client/state/not-known.ts';
import { coarseCell, type Cell } from '../../../shared/cell.ts';
import { CITY_CELL, OTHER_CELL } from '../frames.ts';

const hotspot = { rank: 3, cell: CITY_CELL, expected: 1.42, lower: 0, upper: 3, freshness: 1 };
// Of both only what a description reads.
const shown = { hotspots: [hotspot], merged: null } as unknown as ShownHotspots;
const view = (heat: [Cell, number][]): LiveView =>
  ({
    ...{ heat: new Map(heat), heatHours: 8, timed: true },
    area: { south: 51, west: -1, north: 52, east: 1, centre: [51.5, -0.1] },
  }) as unknown as LiveView;
const missing: NotKnown = {
  ...ALL_KNOWN,
  cells: new Map([[coarseCell(OTHER_CELL), { why: 'silent', knownUntilMs: 0, share: 0.5 }]]),
};

it('names rank, expectation, range and count', () => {
  const said = describeCell(CITY_CELL, { view: view([[CITY_CELL, 5]]), known: ALL_KNOWN, shown });
  expect(said).toMatch(/^Hexagon .*: rank 3, 1\.4 expected \(0–3\), 5 in the last 8 h$/);
});

it('says zero where that is known', () => {
  expect(describeCell(OTHER_CELL, { view: view([]), known: ALL_KNOWN, shown })).toContain(
    '0 in the last 8 h',
  );
});

it('says no zero where a quiet feed may have told of something, and that not all is known', () => {
  const said = describeCell(OTHER_CELL, { view: view([]), known: missing, shown });
  expect(said).not.toContain('0 in');
  expect(said).toContain('not wholly known');
  const some = describeCell(OTHER_CELL, { view: view([[OTHER_CELL, 2]]), known: missing, shown });
  expect(some).toContain('2 in the last 8 h');
});
