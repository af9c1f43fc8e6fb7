/** What the server does with alerts by itself: passes on, takes from the shelf, and calls what was held back. */
import { ALERT_PRIORITIES } from '../../shared/alert.ts';
import { formatInstant, parseInstant } from '../../shared/time.ts';
import { lockAlert, selectDueAlerts, selectOpenAlerts, updateAlert } from '../store/alert-store.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { isHeldBack } from './discipline.ts';
import { escalateAtMs } from './escalation.ts';
import { handleAlert } from './handle-alert.ts';
import { loadOf } from './present-load.ts';

const SERVER = { name: 'server', role: 'server', leads: true };

/** Returns how many alerts changed. Each time is kept with its alert, so a restart delays nothing but itself. */
export async function takeDueSteps(database: Database, nowMs: number): Promise<number> {
  let changed = 0;
  for (const id of await selectDueAlerts(database, nowMs)) {
    const done = await handleAlert(
      database,
      { id, step: { act: 'unshelve' }, actor: SERVER, expectedVersion: null, nowMs },
      ({ alert }) => (parseInstant(alert.shelvedUntil ?? '') ?? Infinity) <= nowMs,
    );
    if ('alert' in done) changed += 1;
    const passedOn = await handleAlert(
      database,
      { id, step: { act: 'escalate' }, actor: SERVER, expectedVersion: null, nowMs },
      (kept) => (kept.escalateAtMs ?? Infinity) <= nowMs,
    );
    if ('alert' in passedOn) changed += 1;
  }
  return changed + (await callHeldBack(database, nowMs));
}

/** The most urgent first, and no more than people can take. */
async function callHeldBack(database: Database, nowMs: number): Promise<number> {
  const waiting = (await selectOpenAlerts(database)).filter(({ alert }) => alert.heldBack);
  waiting.sort(
    ({ alert: one }, { alert: other }) =>
      ALERT_PRIORITIES.indexOf(one.priority) - ALERT_PRIORITIES.indexOf(other.priority),
  );
  let called = 0;
  for (const { alert } of waiting) {
    if (isHeldBack(alert.priority, await loadOf(database, alert.force, nowMs))) continue;
    called += await callOne(database, alert.id, nowMs);
  }
  return called;
}

async function callOne(database: Database, id: string, nowMs: number): Promise<number> {
  return inTransaction(database, async (transaction) => {
    const kept = await lockAlert(transaction, id);
    if (kept?.alert.heldBack !== true) return 0;
    const { revision, priority } = kept.alert;
    const alert = {
      ...kept.alert,
      ...{ heldBack: false, revision: revision + 1, changedAt: formatInstant(nowMs) },
    };
    await updateAlert(transaction, {
      ...{ ...kept, alert },
      ...{ calledAtMs: nowMs, escalateAtMs: escalateAtMs(priority, nowMs) },
    });
    return 1;
  });
}
