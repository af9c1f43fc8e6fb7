/** Whether more alerts come than people can work through one by one, as the server counts and as the list shows by itself. */
import { ALERT_KINDS, type AlertKind } from '../../shared/alert.ts';
import type { AlertMeter, ForceMeter } from '../../shared/alert-meter.ts';
import type { Alert } from '../../shared/alert-state.ts';
import type { Force } from '../../shared/force.ts';
import { MINUTE_MS, parseInstant } from '../../shared/time.ts';

const WINDOW_MS = 10 * MINUTE_MS;
/** Until the server has told it (EEMUA 191: ten in ten minutes). */
const FLOOD_FROM = 10;

export interface Flood {
  force: Force;
  /** Alerts of the last ten minutes, those handled with another left out. */
  raised: number;
  /** Of those that are still open, by kind. */
  kinds: readonly { kind: AlertKind; count: number }[];
  heldBack: number;
}

/** Null where there is none. `meter` is what was last asked for, or null: between two questions the list says it first. */
export function floodOf(
  alerts: readonly Alert[],
  { force, nowMs, meter }: { force: Force; nowMs: number; meter: AlertMeter | null },
): Flood | null {
  const open = alerts.filter((alert) => alert.force === force && alert.parent === null);
  const recent = open.filter(({ raisedAt }) => nowMs - (parseInstant(raisedAt) ?? -Infinity) < WINDOW_MS);
  const from = meter?.floodFrom ?? FLOOD_FROM;
  const raised = Math.max(recent.length, meter?.raised ?? 0);
  if (raised < from) return null;
  return {
    force,
    raised,
    kinds: ALERT_KINDS.map((kind) => ({
      kind,
      count: recent.filter(({ finding }) => finding.kind === kind).length,
    })).filter(({ count }) => count > 0),
    heldBack: open.filter(({ heldBack }) => heldBack).length,
  };
}

/** Of the floods of several forces the largest: each is counted by itself, as each has its own people. */
export function largestFlood(
  alerts: readonly Alert[],
  { nowMs, meters }: { nowMs: number; meters: readonly ForceMeter[] },
): Flood | null {
  const forces = new Set([...alerts.map(({ force }) => force), ...meters.map(({ force }) => force)]);
  return [...forces].reduce<Flood | null>((largest, force) => {
    const meter = meters.find((one) => one.force === force)?.meter ?? null;
    const flood = floodOf(alerts, { force, nowMs, meter });
    return flood !== null && flood.raised > (largest?.raised ?? 0) ? flood : largest;
  }, null);
}
