/** Gives a hotspot or an alert to a partner as an action, and takes the steps that follow. */
import { coarseCell, finenessOf, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { NewPartnerAction } from '../../shared/partner-action.ts';
import type { Theme } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { selectAlert } from '../store/alert-store.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { insertAction, selectAction, updateAction, type KeptAction } from '../store/partner-action-store.ts';
import { takeActionStep, type ActionStep } from './action-step.ts';

export interface ActionPlace {
  force: Force;
  cell: Cell;
  theme: Theme;
  alert: string | null;
}

/** Where the action is to be: the alert's own cell, coarse where that is sensitive, or the hotspot's. `faulty` says what is missing. */
export async function placeOfAction(
  database: Pick<Database, 'query'>,
  { alert, force, cell, theme }: NewPartnerAction,
): Promise<ActionPlace | { faulty: string } | { missing: true }> {
  if (alert !== undefined) {
    if (force !== undefined || cell !== undefined || theme !== undefined)
      return { faulty: 'an alert has its own force, cell and theme: leave them out' };
    const kept = await selectAlert(database, alert);
    const [first] = kept?.alert.finding.cells ?? [];
    if (kept === undefined || first === undefined) return { missing: true };
    const isVague = kept.sensitive || kept.alert.finding.theme === 'vawg';
    return {
      ...{ force: kept.alert.force, theme: kept.alert.finding.theme, alert: kept.alert.id },
      cell: isVague ? coarseCell(first) : first,
    };
  }
  if (force === undefined || cell === undefined) return { faulty: 'name an alert, or a force and a cell' };
  if (finenessOf(cell) === undefined) return { faulty: 'cell must be an H3 index of resolution 9 or 7' };
  return { force, cell, theme: theme ?? 'all', alert: null };
}

export interface ActionActor {
  name: string;
  role: string;
}

export function giveAction(
  database: Database,
  { kind, owner, dueOn, wanted }: NewPartnerAction,
  { force, cell, theme, alert }: ActionPlace,
  { actor, nowMs }: { actor: ActionActor; nowMs: number },
): Promise<KeptAction> {
  const at = formatInstant(nowMs);
  return inTransaction(database, (transaction) =>
    insertAction(
      transaction,
      {
        ...{ force, version: 1, state: 'given', kind, owner, theme, cell, alert, dueOn },
        ...{ source: alert === null ? 'hotspot' : 'alert', wanted: wanted ?? null },
        ...{ givenAt: at, changedAt: at, doneAt: null, outcome: null, report: null },
      },
      { version: 1, at, by: actor.name, role: actor.role, step: { act: 'give', kind, owner, dueOn } },
    ),
  );
}

export interface ActionStepAsked {
  id: string;
  step: ActionStep;
  expectedVersion: number;
  actor: ActionActor & { isPartner: boolean };
  nowMs: number;
}

/** `maySee` decides on the action as it is: where it says no, there is none. */
export function handleAction(
  database: Database,
  { id, step, expectedVersion, actor, nowMs }: ActionStepAsked,
  maySee: (action: KeptAction) => boolean,
): Promise<{ action: KeptAction } | { missing: true } | { conflict: string }> {
  return inTransaction(database, async (transaction) => {
    const kept = await selectAction(transaction, id, { hold: true });
    if (kept === undefined || !maySee(kept)) return { missing: true };
    if (kept.version !== expectedVersion)
      return { conflict: `the action has moved on: it is ${kept.state} (version ${kept.version})` };
    const taken = takeActionStep(kept, step, { isPartner: actor.isPartner, nowMs });
    if ('refused' in taken) return { conflict: taken.refused };
    const { version, changedAt: at } = taken.action;
    await updateAction(transaction, taken.action, { version, at, by: actor.name, role: actor.role, step });
    return taken;
  });
}
