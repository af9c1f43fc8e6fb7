/** Builds the past for tests of the model: synthetic incidents on a small patch of cells. */
import { gridDisk } from 'h3-js';
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { cellAt, type Cell } from '../../shared/cell.ts';
import { DAY_MS } from '../../shared/time.ts';

/** Cells around a point in rings, the middle one first. */
export function patch(rings: number): Cell[] {
  return gridDisk(cellAt(51.5, -0.1), rings);
}

/** 1 January 2024, 00:00 UTC, which is local midnight in London. */
export const START_MS = Date.UTC(2024, 0, 1);

export function knownIncident(change: Partial<KnownIncident> = {}): KnownIncident {
  const occurredAtMs = change.occurredAtMs ?? START_MS;
  return {
    cell: cellAt(51.5, -0.1),
    occurredAtMs,
    knownAtMs: occurredAtMs,
    timePrecision: 'minute',
    category: 'burglary',
    markers: [],
    discovery: 'reported',
    ...change,
  };
}

/** Numbers in [0, 1), the same for the same seed (Park & Miller 1988). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** So many incidents a day, most of them in the first cells of `cells`. */
export function unevenPast(cells: readonly Cell[], days: number, perDay: number, seed = 1): KnownIncident[] {
  const random = seededRandom(seed);
  return Array.from({ length: days * perDay }, (_, i) =>
    knownIncident({
      cell: cells[Math.floor(random() ** 3 * cells.length)] ?? '',
      occurredAtMs: START_MS + Math.floor(((i + random()) / perDay) * DAY_MS),
      category: random() < 0.3 ? 'burglary' : 'other-theft',
    }),
  );
}
