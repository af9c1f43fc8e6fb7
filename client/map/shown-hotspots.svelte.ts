/** Hotspots as the map draws them at its present scale: one by one, or from afar merged; faded where their data age. */
import { getResolution } from 'h3-js';
import { CELL_RESOLUTION, cellCentre, COARSE_RESOLUTION, type Cell } from '../../shared/cell.ts';
import type { WeightedPoint } from '../state/area.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import { freshnessAt, type NotKnown } from '../state/not-known.ts';
import type { DrawnHotspot } from './hotspot-shapes.ts';
import { drawnResolution, mergeCells, type MergedCell } from './merged-cells.ts';
import type { Scale } from './scale.ts';

export interface ShownHotspots {
  readonly hotspots: readonly DrawnHotspot[];
  /** Null where hexagons are drawn one by one. */
  readonly merged: readonly MergedCell<DrawnHotspot>[] | null;
  /** Of the hexagons that are drawn. */
  readonly resolution: number;
  /** Whether the picture's hexagons are coarse: that is all one may see of this theme. */
  readonly isCoarse: boolean;
  /** Most expected in one hexagon. */
  readonly highest: number;
  /** Centres of the hotspots that were merged into this hexagon. */
  partsOf(cell: Cell): WeightedPoint[];
}

/** Call while a component is set up. */
export function shownHotspots(of: () => { view: LiveView; known: NotKnown; scale: Scale }): ShownHotspots {
  const isCoarse = $derived.by(() => {
    const { view } = of();
    const [first] = view.hotspots;
    if (first !== undefined) return getResolution(first.cell) === COARSE_RESOLUTION;
    return view.subscription?.theme === 'vawg';
  });
  const resolution = $derived(
    drawnResolution(
      isCoarse ? COARSE_RESOLUTION : CELL_RESOLUTION,
      of().scale.metresPerPixel,
      of().scale.unit,
    ),
  );
  const isMerged = $derived(resolution < (isCoarse ? COARSE_RESOLUTION : CELL_RESOLUTION));
  // As text: time passes every second, and a step of fading is long.
  const fading = $derived.by(() => {
    const { view, known } = of();
    const horizonHours = view.subscription?.horizonHours ?? 8;
    const nowMs = view.nowMs ?? 0;
    return view.hotspots.map(({ cell }) => freshnessAt(cell, known, { nowMs, horizonHours })).join();
  });
  const hotspots = $derived.by(() => {
    const freshness = fading.split(',').map(Number);
    return of().view.hotspots.map(({ rank, cell, expected, lower, upper }, index): DrawnHotspot => ({
      ...{ rank, cell, expected, lower, upper },
      freshness: freshness[index] ?? 1,
    }));
  });
  const merged = $derived(isMerged ? mergeCells(hotspots, resolution, ({ expected }) => expected) : null);
  const highest = $derived(
    merged === null ? (hotspots[0]?.expected ?? 0) : merged.reduce((most, { sum }) => Math.max(most, sum), 0),
  );
  return {
    get hotspots() {
      return hotspots;
    },
    get merged() {
      return merged;
    },
    get resolution() {
      return resolution;
    },
    get isCoarse() {
      return isCoarse;
    },
    get highest() {
      return highest;
    },
    partsOf: (cell) =>
      (merged?.find((own) => own.cell === cell)?.parts ?? []).map(
        (part) => [...cellCentre(part.cell), 1] as const,
      ),
  };
}
