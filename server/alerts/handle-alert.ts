/** Takes a step with an alert, and with those that are handled with it; of two who want the same one comes first. */
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertStep } from '../../shared/alert-step.ts';
import { lockAlert, lockOpenChildren, updateAlert, type KeptAlert } from '../store/alert-store.ts';
import { inTransaction, type Database, type Transaction } from '../store/database.ts';
import { escalateAtMs } from './escalation.ts';
import { takeStep, type Actor } from './take-step.ts';

export interface StepAsked {
  id: string;
  step: AlertStep;
  actor: Actor & { role: string };
  /** What whoever asks has seen; null for the server, which looks for itself. */
  expectedVersion: number | null;
  nowMs: number;
}

export type Handled =
  | { alert: Alert; sensitive: boolean }
  | { missing: true }
  /** The alert has moved on, or its state does not allow the step; says who has it. */
  | { conflict: string };

/** `mayHandle` decides on the alert as it is: where it says no, there is none. */
export async function handleAlert(
  database: Database,
  { id, step, actor, expectedVersion, nowMs }: StepAsked,
  mayHandle: (kept: KeptAlert) => boolean,
): Promise<Handled> {
  return inTransaction(database, async (transaction) => {
    const kept = await lockAlert(transaction, id);
    if (kept === undefined || !mayHandle(kept)) return { missing: true };
    if (expectedVersion !== null && expectedVersion !== kept.alert.version)
      return { conflict: `the alert has moved on: ${standing(kept.alert)}` };
    const taken = takeStep(kept.alert, step, actor, nowMs);
    if ('refused' in taken) return { conflict: taken.refused };
    await write(transaction, kept, taken.alert, { step, actor, nowMs });
    for (const child of await lockOpenChildren(transaction, kept.alert.id)) {
      const along = takeStep(child.alert, step, actor, nowMs);
      if ('alert' in along) await write(transaction, child, along.alert, { step, actor, nowMs });
    }
    return { alert: taken.alert, sensitive: kept.sensitive };
  });
}

/** How an alert stands, for whoever has seen an older version of it. */
function standing({ state, holder, version }: Alert): string {
  const by = holder === null ? '' : ` by ${holder}`;
  return `it is ${state}${by} (version ${version})`;
}

async function write(
  transaction: Transaction,
  kept: KeptAlert,
  alert: Alert,
  { step, actor, nowMs }: Pick<StepAsked, 'step' | 'actor' | 'nowMs'>,
): Promise<void> {
  const { version, changedAt: at } = alert;
  await updateAlert(
    transaction,
    {
      ...{ ...kept, alert, escalateAtMs: waitsUntil(kept, alert, nowMs) },
      // Who takes a step with one that was held back has been told of it.
      calledAtMs: kept.calledAtMs ?? (alert.heldBack ? null : nowMs),
    },
    { version, at, by: actor.name, role: actor.role, step },
  );
}

/** Only what nobody has taken waits to be passed on; from the shelf it comes back with its whole wait. */
function waitsUntil(
  { escalateAtMs: before, alert: was }: KeptAlert,
  alert: Alert,
  nowMs: number,
): number | null {
  const waits = alert.state === 'raised' && alert.escalatedAt === null && alert.shelvedUntil === null;
  if (!waits || alert.parent !== null) return null;
  return was.shelvedUntil === null ? before : escalateAtMs(alert.priority, nowMs);
}
