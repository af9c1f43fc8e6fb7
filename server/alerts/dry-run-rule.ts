/** Says what a rule would have raised over the last 30 days, as finely as its writer may place things. */
import { matches } from '../../models/emerging/rule.ts';
import { dryRun } from '../../models/emerging/rule-dry-run.ts';
import type { AlertRule } from '../../shared/alert.ts';
import type { RuleDryRun } from '../../shared/alert-rule.ts';
import { isSensitive } from '../../shared/category.ts';
import { coarseCell } from '../../shared/cell.ts';
import { DAY_MS, formatInstant, MINUTE_MS, type TimeZone } from '../../shared/time.ts';
import { permits, type Principal } from '../access/policy.ts';
import type { Database } from '../store/database.ts';
import { selectRuleIncidents } from '../store/rule-incidents.ts';

const DRY_RUN_DAYS = 30;
/** More than anybody reads: the figures count them all. */
const MOST_SHOWN = 500;

/** The rule as this principal may have it: what it counts must not tell them where what they may not place happened. */
export function ruleFor(principal: Principal, { withoutSensitive: _asked, ...rule }: AlertRule): AlertRule {
  const mayPlace = permits(principal, { act: 'place-theme-finely', theme: 'vawg' });
  return mayPlace || rule.area.kind === 'force' ? rule : { ...rule, withoutSensitive: true };
}

/** `rule` is one that `ruleFor` gave; `id` is what saving it will name. */
export async function dryRunRule(
  database: Pick<Database, 'query'>,
  principal: Principal,
  { rule, id, nowMs, timeZone }: { rule: AlertRule; id: string; nowMs: number; timeZone: TimeZone },
): Promise<RuleDryRun> {
  const span = { fromMs: nowMs - DRY_RUN_DAYS * DAY_MS, toMs: nowMs };
  const past = await selectRuleIncidents(database, rule, {
    ...span,
    fromMs: span.fromMs - rule.windowMinutes * MINUTE_MS,
  });
  // What does not match changes nothing: between two that do, counts only fall.
  const counted = past.filter((incident) => matches(rule, incident));
  const { alerts, shifts, alertsPerShift, mostInAShift } = dryRun(rule, counted, span, timeZone);
  const mayPlace = permits(principal, { act: 'place-theme-finely', theme: 'vawg' });
  const sensitive = new Set(counted.filter(isSensitive).map((incident) => incident.id));
  return {
    dryRun: id,
    from: formatInstant(span.fromMs),
    to: formatInstant(span.toMs),
    figures: { days: DRY_RUN_DAYS, alerts: alerts.length, alertsPerShift, mostInAShift },
    shifts: shifts.map((shift) => ({ from: formatInstant(shift.startMs), alerts: shift.alerts })),
    alerts: alerts.slice(-MOST_SHOWN).map(({ atMs, count, windowFromMs, cells, incidentIds }) => {
      const coarse = !mayPlace && incidentIds.some((incidentId) => sensitive.has(incidentId));
      return {
        ...{ at: formatInstant(atMs), count, windowFrom: formatInstant(windowFromMs), coarse },
        cells: coarse ? [...new Set(cells.map(coarseCell))] : cells,
      };
    }),
    withoutSensitive: rule.withoutSensitive === true,
  };
}
