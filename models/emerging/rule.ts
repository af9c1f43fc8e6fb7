/** Evaluates an administrator's rule, incident by incident: one cluster raises one alert. */
import type { AlertKind, AlertRule, RuleArea } from '../../shared/alert.ts';
import { isSensitive } from '../../shared/category.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import { knowsHour, type CountedIncident } from '../features/counted-incident.ts';
import { metresBetween } from './close-pairs.ts';

/** What a rule asks of an incident. */
export interface RuleIncident extends CountedIncident {
  /** Its identity, the same for each revision. */
  id: string;
  lat: number;
  lon: number;
  severity: number;
  force: Force;
}

/** JSON, for checkpoints. */
export interface RuleState {
  /** What matched within the window, the oldest first. */
  inWindow: readonly { id: string; occurredAtMs: number; cell: Cell }[];
  /** Of the alert that still stands for what is in the window; null where the rule is ready for the next. */
  raisedMs: number | null;
}

export const READY: RuleState = { inWindow: [], raisedMs: null };

export interface RuleAlert {
  kind: Extract<AlertKind, 'rule'>;
  atMs: number;
  count: number;
  /** From the first of its incidents to now. */
  windowFromMs: number;
  windowToMs: number;
  /** Of its incidents. */
  cells: Cell[];
  incidentIds: string[];
}

/** Whether the rule counts the incident, wherever in time it is. What officers found where they were sent counts in no rule. */
export function matches(rule: AlertRule, incident: RuleIncident): boolean {
  return (
    incident.force === rule.force &&
    incident.discovery !== 'officer' &&
    knowsHour(incident) &&
    incident.severity >= rule.minimumSeverity &&
    !(rule.withoutSensitive === true && isSensitive(incident)) &&
    (rule.categories.length === 0 || rule.categories.includes(incident.category)) &&
    (rule.markers.length === 0 || rule.markers.some((marker) => incident.markers.includes(marker))) &&
    isInside(rule.area, incident)
  );
}

/**
 * Counts one more incident, known at `nowMs`, and raises the alert that it brings about. A later revision of one that counts takes its place. It is
 * ready for the next alert once the cool-down is over and no more than half of its count are left in the window, so what wavers around the count
 * raises one. Counts only fall between incidents, so looking at each incident misses nothing. Costs what is in the window.
 */
export function countFor(
  rule: AlertRule,
  state: RuleState,
  incident: RuleIncident,
  nowMs: number,
): { state: RuleState; alert?: RuleAlert } {
  const fromMs = nowMs - rule.windowMinutes * MINUTE_MS;
  const left = state.inWindow.filter(({ id, occurredAtMs }) => occurredAtMs > fromMs && id !== incident.id);
  const isReady =
    state.raisedMs === null ||
    (nowMs >= state.raisedMs + rule.coolDownMinutes * MINUTE_MS && left.length <= rule.count / 2);
  const raisedMs = isReady ? null : state.raisedMs;
  if (!matches(rule, incident) || incident.occurredAtMs <= fromMs) {
    return { state: { inWindow: left, raisedMs } };
  }
  const { id, occurredAtMs, cell } = incident;
  const inWindow = [...left, { id, occurredAtMs, cell }].sort(
    (one, other) => one.occurredAtMs - other.occurredAtMs,
  );
  if (!isReady || inWindow.length < rule.count) return { state: { inWindow, raisedMs } };
  const alert: RuleAlert = {
    kind: 'rule',
    atMs: nowMs,
    count: inWindow.length,
    windowFromMs: inWindow[0]?.occurredAtMs ?? fromMs,
    windowToMs: nowMs,
    cells: [...new Set(inWindow.map((one) => one.cell))],
    incidentIds: inWindow.map((one) => one.id),
  };
  return { state: { inWindow, raisedMs: nowMs }, alert };
}

/** Takes one back that was cancelled, or corrected into what the rule does not count. */
export function withdrawFrom(state: RuleState, incidentId: string): RuleState {
  return { ...state, inWindow: state.inWindow.filter(({ id }) => id !== incidentId) };
}

function isInside(area: RuleArea, { cell, lat, lon }: RuleIncident): boolean {
  switch (area.kind) {
    case 'force':
      return true;
    case 'cells':
      return area.cells.includes(cell);
    case 'circle':
      return metresBetween(area, { lat, lon }) <= area.radiusMetres;
  }
}
