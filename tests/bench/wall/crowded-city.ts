/** A city of 100,000 incidents in the last day and 5,000 hotspots, in the frames of `/live`: what the wall's benchmarks draw. */
import { gridDisk } from 'h3-js';
import { CATEGORIES } from '../../../shared/category.ts';
import { cellAt, cellCentre, type Cell } from '../../../shared/cell.ts';
import {
  COUNT_STEP_MS,
  type CellCounts,
  type Delta,
  type HotspotRanking,
  type ShownIncident,
  type Snapshot,
} from '../../../shared/messages.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../../shared/time.ts';
import { seededRandom } from '../../../models/evaluation/seeded-random.ts';

export const INCIDENTS = 100_000;
export const HEXAGONS = 5_000;
const CENTRE = [51.507, -0.12] as const;
/** About 14,000 cells: as many as Greater London has. */
const RINGS = 68;
const FORCE = 'metropolitan';
const STEPS_PER_DAY = DAY_MS / COUNT_STEP_MS;

/** Cells from the middle out; incidents are the denser the nearer to it. */
export function cityCells(): Cell[] {
  return gridDisk(cellAt(...CENTRE), RINGS);
}

/** Every incident's cell: most in the middle, some anywhere. */
export function incidentCells(cells: readonly Cell[], random: () => number): Cell[] {
  return Array.from({ length: INCIDENTS }, () => cells[Math.floor(random() ** 2 * cells.length)] ?? '');
}

export function citySnapshot(nowMs: number): Snapshot {
  const cells = cityCells();
  const random = seededRandom(1);
  const at = formatInstant(nowMs);
  return {
    type: 'snapshot',
    seq: 1,
    serverTime: at,
    forces: [FORCE],
    themes: ['all'],
    horizonHours: 24,
    counts: countsOf(incidentCells(cells, random), nowMs, random),
    periods: [],
    hotspots: [cityRanking(cells, nowMs)],
    alerts: [],
    feeds: [],
    incidents: Array.from({ length: 500 }, (_, i) => cityIncident(`listed-${i}`, cells, i, nowMs)),
    origins: ['simulated'],
  };
}

function countsOf(incidents: readonly Cell[], nowMs: number, random: () => number): CellCounts[] {
  const last = Math.floor(nowMs / COUNT_STEP_MS);
  const byCell = new Map<Cell, Map<number, number>>();
  for (const cell of incidents) {
    const step = last - Math.floor(random() * (STEPS_PER_DAY - 1));
    const steps = byCell.get(cell) ?? new Map<number, number>();
    byCell.set(cell, steps);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return [...byCell].map(([cell, steps]) => ({
    theme: 'all',
    cell,
    steps: [...steps].sort(([one], [other]) => one - other),
  }));
}

export function cityRanking(cells: readonly Cell[], nowMs: number): HotspotRanking {
  const at = formatInstant(nowMs);
  return {
    at,
    force: FORCE,
    theme: 'all',
    horizonHours: 24,
    window: { from: at, to: formatInstant(nowMs + 24 * HOUR_MS) },
    modelId: 'bench',
    unavailable: null,
    areaCells: cells.length,
    hotspots: cells.slice(0, HEXAGONS).map((cell, index) => {
      const expected = 4 / (1 + index / 500);
      return { rank: index + 1, cell, expected, lower: 0, upper: Math.ceil(2 * expected), observed: 1 };
    }),
  };
}

export function cityIncident(
  id: string,
  cells: readonly Cell[],
  number: number,
  nowMs: number,
): ShownIncident {
  const cell = cells[(number * 7_919) % cells.length] ?? '';
  const [lat, lon] = cellCentre(cell);
  return {
    ...{ agency: 'police', feed: 'bench', id, revision: 1, status: 'open', origin: 'simulated' },
    ...{ occurredAt: formatInstant(nowMs - 60_000), occurredUntil: null, timePrecision: 'minute' },
    ...{ receivedAt: formatInstant(nowMs), lat, lon, cell, markers: [], severity: 1 + (number % 5) },
    ...{ category: CATEGORIES[number % CATEGORIES.length] ?? 'other', force: FORCE, discovery: 'reported' },
    ...{ coarse: false, period: null },
  };
}

export function storedDelta(seq: number, incident: ShownIncident, nowMs: number): Delta {
  return {
    type: 'incidents.stored',
    seq,
    at: formatInstant(nowMs),
    force: FORCE,
    changes: [{ incident }],
  };
}
