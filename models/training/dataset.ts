/** The rows that the mixture is fitted to: one per cell and window, its features and what came of it. */
import { AFFINITY_COUNT } from '../features/affinity.ts';
import { featuresAt, type Features } from '../features/feature-vector.ts';
import { KERNEL_COUNT } from '../features/relative-counts.ts';
import type { IncidentGroup, KnownIncident } from '../features/counted-incident.ts';
import type { Span } from '../forecast-windows.ts';
import { Outcomes, type Walk } from '../walk-forward.ts';

/** Columns of all rows, window after window. */
export interface Dataset {
  rows: number;
  /** Incidents in all rows together. */
  incidents: number;
  /** Rows × kernels. */
  relative: Float32Array;
  /** Rows × affinities. */
  affinity: Float32Array;
  /** Per row: what the mean cell was expected to see. */
  expectation: Float32Array;
  /** Per row: incidents that happened. */
  observed: Uint16Array;
}

/** Windows in time order; the walk's area must be closed, so that all windows have the same rows. */
export function collectDataset(
  walk: Walk,
  incidents: readonly KnownIncident[],
  group: IncidentGroup,
  windows: readonly Span[],
  onProgress: (share: number) => void = () => undefined,
): Dataset {
  const outcomes = new Outcomes(incidents, group);
  const cells = walk.history.size;
  const dataset = emptyDataset(cells * windows.length);
  let features: Features | undefined;
  windows.forEach((window, w) => {
    walk.advance(window.fromMs);
    features = featuresAt(walk.history, group.name, { ...window, nowMs: window.fromMs }, features);
    const { counts } = outcomes.countIn(window, walk.history);
    const row = w * cells;
    dataset.relative.set(features.relative, row * KERNEL_COUNT);
    dataset.affinity.set(features.affinity, row * AFFINITY_COUNT);
    dataset.expectation.fill(features.expectation, row, row + cells);
    dataset.observed.set(counts, row);
    dataset.incidents += counts.reduce((sum, count) => sum + count, 0);
    onProgress((w + 1) / windows.length);
  });
  return dataset;
}

export function emptyDataset(rows: number): Dataset {
  return {
    rows,
    incidents: 0,
    relative: new Float32Array(rows * KERNEL_COUNT),
    affinity: new Float32Array(rows * AFFINITY_COUNT),
    expectation: new Float32Array(rows),
    observed: new Uint16Array(rows),
  };
}
