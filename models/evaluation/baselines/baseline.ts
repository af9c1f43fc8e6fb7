/** What a baseline is: a map of where, made from the known past; how many and when is the same for all methods. */
import type { Span } from '../../forecast-windows.ts';
import type { Ground } from './ground.ts';
import type { KnownPast } from './known-past.ts';

/** A part of the training period, with what was known before it and what came of it. */
export interface TuningWindow {
  window: Span;
  known: KnownPast;
  /** Per cell, as far as it was known when the training period ended. */
  observed: Uint16Array;
}

/** All that a baseline may be fitted to: it ends where the test begins. */
export interface TrainingPast {
  ground: Ground;
  known: KnownPast;
  /** Where the test begins. */
  untilMs: number;
  windows: readonly TuningWindow[];
}

/**
 * Where incidents are to be expected in a window, on any scale, one entry per cell. A map may remember what it
 * was told: windows come in time order, and `known` only grows.
 */
export interface PlaceMap {
  at: (known: KnownPast, window: Span) => Float64Array;
}

/** How a map is to be made, as numbers that can be printed. */
export type Parameters = Readonly<Record<string, number>>;

export interface FittedBaseline {
  parameters: Parameters;
  /** The share of all incidents that is spread evenly over the cells: a map with empty places rules nothing out. */
  evenSpread: number;
  /** Begins a map anew. */
  open: () => PlaceMap;
}

export interface Baseline {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Who described it, and what stands for what here. */
  readonly source: string;
  fit: (past: TrainingPast) => FittedBaseline;
}

/** The map as multiples of the mean cell, after `evenSpread` of it was spread evenly; an empty map is even. */
export function relativeMap(map: Float64Array, evenSpread: number): Float64Array {
  const total = map.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return new Float64Array(map.length).fill(1);
  const scale = ((1 - evenSpread) * map.length) / total;
  return map.map((value) => value * scale + evenSpread);
}
