/** Alerts: what kinds there are, and the classes of emerging hotspots as analysts know them, and what a rule says. */
import type { Category, Marker } from './category.ts';
import type { Cell } from './cell.ts';
import type { Force } from './force.ts';

/** More incidents than forecast, beyond chance; raised risk after an incident nearby; an administrator's rule. */
export const ALERT_KINDS = ['emerging', 'near-repeat', 'rule'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** How an emerging hotspot has gone on; `models/emerging/place-class.ts` defines each. */
export const EMERGING_CLASSES = ['new', 'intensifying', 'persistent', 'diminishing', 'sporadic'] as const;
export type EmergingClass = (typeof EMERGING_CLASSES)[number];

export const ALERT_PRIORITIES = ['high', 'medium', 'low'] as const;
export type AlertPriority = (typeof ALERT_PRIORITIES)[number];

/** Where a rule counts: all of it together. */
export type RuleArea =
  | { kind: 'force' }
  | { kind: 'cells'; cells: readonly Cell[] }
  | { kind: 'circle'; lat: number; lon: number; radiusMetres: number };

/** An administrator's rule: so many incidents of such a kind, in an area, within a window. */
export interface AlertRule {
  force: Force;
  /** Any of these, or all where there are none. */
  categories: readonly Category[];
  /** With any of these, or with none too where there are none. */
  markers: readonly Marker[];
  minimumSeverity: number;
  area: RuleArea;
  /** Incidents from which it raises an alert, */
  count: number;
  /** within so many minutes. */
  windowMinutes: number;
  /** It raises no other for so long, nor before at most half of `count` are left in the window. */
  coolDownMinutes: number;
  /**
   * Counts no domestic or sexual incident: whoever wrote it may not place those, and its area, finer than a coarse
   * cell, would place them.
   */
  withoutSensitive?: boolean;
}
