/** Tasks a unit with a hotspot, and takes the steps that follow; of two who want the same one comes first. */
import type { NewTasking } from '../../shared/tasking.ts';
import { DOSE_EVERY_MINUTES, DOSE_MINUTES } from '../../shared/tasking.ts';
import { formatInstant } from '../../shared/time.ts';
import { inTransaction, type Database } from '../store/database.ts';
import { selectHeldOut } from '../store/hold-out-store.ts';
import {
  insertTasking,
  lockTasking,
  selectOpenTaskingAt,
  updateTasking,
  type KeptTasking,
} from '../store/tasking-store.ts';
import { deliveredOf } from './delivered.ts';
import { nextTaskingState, type TaskingStep } from './tasking-step.ts';

export interface TaskingActor {
  name: string;
  role: string;
}

export type Tasked = { tasking: KeptTasking } | { missing: true } | { conflict: string };

/** Refused for a held-out hotspot without a reason, and where the cell is tasked already. */
export function taskUnit(
  database: Database,
  asked: NewTasking,
  { actor, nowMs }: { actor: TaskingActor; nowMs: number },
): Promise<Tasked> {
  return inTransaction(database, async (transaction) => {
    const { force, cell, unit, holdOutReason } = asked;
    const held = (await selectHeldOut(transaction, { forces: [force], atMs: nowMs })).find(
      (one) => one.cell === cell,
    );
    if (held !== undefined && holdOutReason === undefined) {
      return {
        conflict: `this hotspot is held out until ${held.until}, so that patrols can be measured: say why it is tasked all the same (holdOutReason)`,
      };
    }
    const at = formatInstant(nowMs);
    const tasking: Omit<KeptTasking, 'id'> = {
      ...{ force, cell, unit, version: 1, state: 'tasked', theme: asked.theme ?? 'all' },
      doseMinutes: asked.doseMinutes ?? DOSE_MINUTES.usual,
      everyMinutes: asked.everyMinutes ?? DOSE_EVERY_MINUTES.usual,
      ...{ taskedAt: at, changedAt: at, taskedBy: actor.name, ended: null },
      holdOutReason: held === undefined ? null : (holdOutReason ?? null),
    };
    const inserted = await insertTasking(transaction, tasking, {
      ...{ version: 1, at, by: actor.name, role: actor.role },
      step: { act: 'task', unit, ...(tasking.holdOutReason !== null && { reason: tasking.holdOutReason }) },
    });
    if (inserted !== undefined) return { tasking: inserted };
    const standing = await selectOpenTaskingAt(transaction, force, cell);
    return {
      conflict: `${standing?.unit ?? 'a unit'} has been tasked with this hotspot by ${standing?.taskedBy ?? 'another'}`,
    };
  });
}

export interface TaskingStepAsked {
  id: string;
  step: TaskingStep;
  expectedVersion: number;
  actor: TaskingActor;
  nowMs: number;
}

/** `mayHandle` decides on the tasking as it is: where it says no, there is none. */
export function handleTasking(
  database: Database,
  { id, step, expectedVersion, actor, nowMs }: TaskingStepAsked,
  mayHandle: (tasking: KeptTasking) => boolean,
): Promise<Tasked> {
  return inTransaction(database, async (transaction) => {
    const kept = await lockTasking(transaction, id);
    if (kept === undefined || !mayHandle(kept)) return { missing: true };
    if (kept.version !== expectedVersion)
      return { conflict: `the tasking has moved on: it is ${kept.state} (version ${kept.version})` };
    const next = nextTaskingState(kept.state, step);
    if ('refused' in next) return { conflict: next.refused };
    const at = formatInstant(nowMs);
    const isEnd = step.act !== 'accept';
    const [delivered = null] = isEnd ? await deliveredOf(transaction, [kept], nowMs) : [];
    const tasking: KeptTasking = {
      ...{ ...kept, state: next.state, version: kept.version + 1, changedAt: at },
      ended: isEnd ? delivered : null,
    };
    const by = { version: tasking.version, at, by: actor.name, role: actor.role };
    await updateTasking(transaction, tasking, {
      ...by,
      step: { ...step, ...(delivered !== null && { totalMinutes: delivered.totalMinutes }) },
    });
    return { tasking };
  });
}
