/** Raises what was found as an alert, or brings the one that is open for it up to date. */
import { isDeepStrictEqual } from 'node:util';
import { gridDisk } from 'h3-js';
import { ALERT_PRIORITIES, type AlertPriority } from '../../shared/alert.ts';
import type { Alert, AlertFinding } from '../../shared/alert-state.ts';
import type { Force } from '../../shared/force.ts';
import { formatInstant, HOUR_MS, parseInstant } from '../../shared/time.ts';
import {
  insertAlert,
  lockOpenAlertAt,
  selectOpenAlerts,
  updateAlert,
  type KeptAlert,
} from '../store/alert-store.ts';
import { inTransaction, type Database, type Transaction } from '../store/database.ts';
import { isHeldBack } from './discipline.ts';
import { loadOf } from './present-load.ts';
import { escalateAtMs } from './escalation.ts';

export interface Found {
  force: Force;
  /** Names the finding: of one there is one open alert. */
  place: string;
  priority: AlertPriority;
  finding: AlertFinding;
  /** Whether its fine cells would tell of what only the cleared may place. */
  sensitive: boolean;
}

/**
 * Returns the alert as it now stands. What is found again changes its figures, not its version: nobody who is
 * about to take it must be told that it has moved on. Two forecasters that find the same raise one alert.
 */
export async function raiseAlert(database: Database, found: Found, nowMs: number): Promise<Alert> {
  return inTransaction(database, async (transaction) => {
    const open = await lockOpenAlertAt(transaction, found.place);
    if (open !== undefined) return refresh(transaction, open, found, nowMs);
    const raised = await raise(transaction, found, nowMs);
    if (raised !== undefined) return raised.alert;
    const meanwhile = await lockOpenAlertAt(transaction, found.place);
    if (meanwhile === undefined) throw new Error(`an alert of ${found.place} was there, and is not`);
    return refresh(transaction, meanwhile, found, nowMs);
  });
}

/** Brings the alert that is open for it up to date; `undefined` where none is. */
export async function refreshAlert(
  database: Database,
  found: Found,
  nowMs: number,
): Promise<Alert | undefined> {
  return inTransaction(database, async (transaction) => {
    const open = await lockOpenAlertAt(transaction, found.place);
    return open === undefined ? undefined : refresh(transaction, open, found, nowMs);
  });
}

async function refresh(
  transaction: Transaction,
  open: KeptAlert,
  { finding, sensitive, priority }: Found,
  nowMs: number,
): Promise<Alert> {
  const isRising = open.alert.state === 'raised' && isMoreUrgent(priority, open.alert.priority);
  const isMoreSensitive = sensitive && !open.sensitive;
  if (isDeepStrictEqual(open.alert.finding, finding) && !isRising && !isMoreSensitive) return open.alert;
  const { revision } = open.alert;
  const changed = { finding, revision: revision + 1, changedAt: formatInstant(nowMs) };
  const kept = { ...open, sensitive: open.sensitive || sensitive, alert: { ...open.alert, ...changed } };
  const risen = isRising ? risenTo(kept, priority, nowMs) : kept;
  await updateAlert(transaction, risen);
  return risen.alert;
}

/**
 * What nobody has taken yet may grow more urgent, never less: then it waits no longer than others of that priority, and
 * none that is high is held back.
 */
function risenTo(kept: KeptAlert, priority: AlertPriority, nowMs: number): KeptAlert {
  const isCalled = kept.alert.heldBack && priority === 'high';
  const heldBack = kept.alert.heldBack && !isCalled;
  const dueMs = escalateAtMs(priority, nowMs);
  const waits = !heldBack && kept.alert.parent === null && kept.alert.escalatedAt === null;
  return {
    ...kept,
    alert: { ...kept.alert, priority, heldBack },
    calledAtMs: isCalled ? nowMs : kept.calledAtMs,
    escalateAtMs: waits ? Math.min(dueMs, kept.escalateAtMs ?? Infinity) : kept.escalateAtMs,
  };
}

function isMoreUrgent(one: AlertPriority, other: AlertPriority): boolean {
  return ALERT_PRIORITIES.indexOf(one) < ALERT_PRIORITIES.indexOf(other);
}

async function raise(transaction: Transaction, found: Found, nowMs: number): Promise<KeptAlert | undefined> {
  const { force, place, priority, finding, sensitive } = found;
  const others = (await selectOpenAlerts(transaction, force)).map(({ alert }) => alert);
  const parent = touching(others, finding, nowMs);
  const heldBack = parent === undefined && isHeldBack(priority, await loadOf(transaction, force, nowMs));
  const at = formatInstant(nowMs);
  const alert: Alert = {
    ...{ id: '', force, version: 1, revision: 1, priority, state: 'raised', finding, coarse: false },
    ...{ raisedAt: at, changedAt: at, escalatedAt: null, shelvedUntil: null, heldBack },
    ...{ parent: parent ?? null, holder: null, unit: null, outcome: null, dismissal: null },
  };
  // One that waits for a flood to pass cannot be late; one that is handled with another is taken with that.
  const escalateAt = heldBack || parent !== undefined ? null : escalateAtMs(priority, nowMs);
  const step = { version: 1, at, by: 'server', role: 'server', step: { act: 'raise' as const } };
  return insertAlert(
    transaction,
    { alert, place, sensitive, escalateAtMs: escalateAt, calledAtMs: heldBack ? null : nowMs },
    step,
  );
}

/** Beyond this an alert is old news: what is found beside it is called for itself. */
const TOGETHER_MS = HOUR_MS;

/** The alert of late that nobody is on the way to, and that has a cell in common with this, or beside one. */
function touching(open: readonly Alert[], { cells }: AlertFinding, nowMs: number): string | undefined {
  const near = new Set(cells.flatMap((cell) => gridDisk(cell, 1)));
  const other = open.find(
    ({ finding, state, raisedAt }) =>
      state !== 'assigned' &&
      nowMs - (parseInstant(raisedAt) ?? -Infinity) < TOGETHER_MS &&
      finding.cells.some((cell) => near.has(cell)),
  );
  return other === undefined ? undefined : (other.parent ?? other.id);
}
