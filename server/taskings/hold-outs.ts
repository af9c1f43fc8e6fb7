/** Draws hold-outs from the hotspots as they are ranked, and estimates from them what patrols changed. */
import type { HoldOutSummary, PatrolEffect } from '../../shared/patrol-effect.ts';
import { themesOf } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS } from '../../shared/time.ts';
import { drawHoldOut, type DrawnCell } from '../../models/patrols/hold-out.ts';
import { holdOutEffect, type ArmTotal } from '../../models/patrols/hold-out-effect.ts';
import { inTransaction, type Database } from '../store/database.ts';
import {
  insertHoldOut,
  selectHoldOutCells,
  type HoldOut,
  type KeptHoldOut,
} from '../store/hold-out-store.ts';
import { selectNearbyIncidents } from '../store/nearby-incidents.ts';
import { selectDoses, type PatrolDose } from '../store/patrol-store.ts';
import { selectReportedDays } from '../store/reported-days.ts';

/** `undefined` where another hold-out of the force and theme lies in the span. */
export function drawAndKeep(
  database: Database,
  holdOut: HoldOut,
  hotspots: Parameters<typeof drawHoldOut>[0],
): Promise<KeptHoldOut | undefined> {
  return inTransaction(database, (transaction) =>
    insertHoldOut(transaction, holdOut, drawHoldOut(hotspots, holdOut)),
  );
}

type Effect = NonNullable<PatrolEffect['effect']>;

/** Of the whole days until `nowMs`, as known now. */
export async function patrolEffect(database: Database, holdOut: KeptHoldOut, nowMs: number): Promise<Effect> {
  const { force, theme, fromMs } = holdOut;
  const days = Math.max(0, Math.floor((Math.min(holdOut.toMs, nowMs) - fromMs) / DAY_MS));
  const toMs = fromMs + days * DAY_MS;
  const drawn = await selectHoldOutCells(database, holdOut.id);
  const reported = await selectReportedDays(database, { force, fromMs, days });
  const incidents = await selectNearbyIncidents(database, {
    ...{
      forces: [force],
      cells: drawn.map(({ cell }) => cell),
      fromMs,
      knownByMs: Infinity,
      onlyReported: true,
    },
  });
  const observed = new Map<string, number>();
  for (const incident of incidents) {
    const { cell, occurredAtMs, timePrecision } = incident;
    if (occurredAtMs >= toMs || timePrecision === 'month' || !themesOf(incident).includes(theme)) continue;
    observed.set(cell, (observed.get(cell) ?? 0) + 1);
  }
  const { treated, heldOut, estimate } = holdOutEffect(
    drawn.map(({ cell, stratum, expectedPerDay, heldOut: isHeld }) => ({
      ...{ stratum, heldOut: isHeld, expected: expectedPerDay * reported.size },
      observed: observed.get(cell) ?? 0,
    })),
  );
  const doses = await selectDoses(database, {
    ...{ forces: [force], fromMs: Math.ceil(fromMs / HOUR_MS) * HOUR_MS, toMs },
  });
  const arm = (total: ArmTotal, isHeld: boolean): Effect['treated'] => ({
    ...total,
    minutesPerDay: minutesPerDay(
      drawn.filter((one) => one.heldOut === isHeld),
      doses,
      days,
    ),
  });
  return {
    holdOut: summaryOf(holdOut),
    days: { known: reported.size, unknown: days - reported.size },
    treated: arm(treated, false),
    heldOut: arm(heldOut, true),
    estimate:
      reported.size > 0 && estimate.known
        ? { ratio: estimate.ratio, interval95: estimate.interval95, chance: estimate.chance }
        : null,
    unknown: reported.size === 0 ? 'no-days-yet' : estimate.known ? null : estimate.because,
  };
}

export function summaryOf({ fromMs, toMs, ...rest }: KeptHoldOut): HoldOutSummary {
  return { ...rest, from: formatInstant(fromMs), to: formatInstant(toMs) };
}

/** Null where no unit of the force told in all that time where it was. */
function minutesPerDay(
  cells: readonly DrawnCell[],
  doses: readonly PatrolDose[],
  days: number,
): number | null {
  if (doses.length === 0 || cells.length === 0 || days === 0) return null;
  const own = new Set(cells.map(({ cell }) => cell));
  const given = doses.filter(({ cell }) => own.has(cell)).reduce((sum, dose) => sum + dose.milliseconds, 0);
  return Math.round((given / 60_000 / cells.length / days) * 100) / 100;
}
