/** What a rule would have raised: the same evaluation, over incidents of the past. */
import type { AlertRule } from '../../shared/alert.ts';
import { shiftStartsIn } from '../../shared/shift.ts';
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';
import type { Span } from '../forecast-windows.ts';
import { countFor, READY, type RuleAlert, type RuleIncident } from './rule.ts';

export interface KnownRuleIncident extends RuleIncident {
  knownAtMs: number;
}

export interface DryRun {
  alerts: RuleAlert[];
  /** Of the span, whole or in part; shifts begin at 06, 14 and 22 local time. */
  shifts: { startMs: number; alerts: number }[];
  /** On average, for eight hours. */
  alertsPerShift: number;
  /** Of the shift with most. */
  mostInAShift: number;
}

const SHIFT_HOURS = 8;

/** Incidents in any order; those known before the span fill the window that its first alert may need. */
export function dryRun(
  rule: AlertRule,
  incidents: readonly KnownRuleIncident[],
  span: Span,
  timeZone: TimeZone,
): DryRun {
  const shifts = shiftStartsIn(span, timeZone).map((startMs) => ({ startMs, alerts: 0 }));
  const alerts: RuleAlert[] = [];
  let state = READY;
  for (const incident of [...incidents].sort((one, other) => one.knownAtMs - other.knownAtMs)) {
    if (incident.knownAtMs >= span.toMs) break;
    const counted = countFor(rule, state, incident, incident.knownAtMs);
    state = counted.state;
    if (counted.alert === undefined || incident.knownAtMs < span.fromMs) continue;
    alerts.push(counted.alert);
    const shift = shifts.findLast(({ startMs }) => startMs <= incident.knownAtMs);
    if (shift !== undefined) shift.alerts++;
  }
  const spanShifts = (span.toMs - span.fromMs) / (SHIFT_HOURS * HOUR_MS);
  return {
    alerts,
    shifts,
    alertsPerShift: spanShifts > 0 ? alerts.length / spanShifts : 0,
    mostInAShift: Math.max(0, ...shifts.map((shift) => shift.alerts)),
  };
}
