/** The tops of the map's scales: they stay put while numbers waver, but another theme, window or size of hexagon gets its own. */
import { CELL_RESOLUTION } from '../../shared/cell.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import type { ShownPeriod } from '../state/period-tally.ts';
import { highDensity } from './heat-points.ts';
import type { ShownHotspots } from './shown-hotspots.svelte.ts';
import { steadyTop } from './steady-top.ts';

export interface SteadyScales {
  /** Incidents per km². */
  readonly heat: number;
  /** Expected incidents of a hexagon. */
  readonly hotspot: number;
  /** Of the mosaic of a day or month, incidents per km²; 0 where none is drawn. */
  readonly period: number;
}

interface Scaled {
  view: LiveView;
  shown: ShownHotspots;
  /** The day or month whose mosaic is drawn. */
  period: ShownPeriod | undefined;
}

/** Call while a component is set up. */
export function steadyScales(of: () => Scaled): SteadyScales {
  let kept: { of: string; heat: number | undefined; hotspot: number | undefined } | undefined;
  const tops = $derived.by(() => {
    const { view, shown } = of();
    const scaled = `${view.subscription?.theme} ${view.subscription?.horizonHours} ${view.heatHours} ${view.heatWeight} ${shown.resolution}`;
    const before = kept?.of === scaled ? kept : undefined;
    const heat = steadyTop(before?.heat, highDensity(view.heatWeights));
    const hotspot = steadyTop(before?.hotspot, shown.highest);
    kept = {
      of: scaled,
      heat: view.heatWeights.size > 0 ? heat : undefined,
      hotspot: view.hotspots.length > 0 ? hotspot : undefined,
    };
    return { heat, hotspot };
  });
  let keptPeriod: { of: string; top: number } | undefined;
  const period = $derived.by(() => {
    const { view, period: drawn } = of();
    if (drawn === undefined) return 0;
    const scaled = `${view.subscription?.theme} ${drawn.kind}`;
    const before = keptPeriod?.of === scaled ? keptPeriod.top : undefined;
    keptPeriod = { of: scaled, top: steadyTop(before, highDensity(drawn.cells, CELL_RESOLUTION)) };
    return keptPeriod.top;
  });
  // By number: an unchanged top must not have the map drawn again.
  const heat = $derived(tops.heat);
  const hotspot = $derived(tops.hotspot);
  return {
    get heat() {
      return heat;
    },
    get hotspot() {
      return hotspot;
    },
    get period() {
      return period;
    },
  };
}
