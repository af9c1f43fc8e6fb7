/** What a step makes of a partner's action: given, accepted, under way, then done, declined or withdrawn. */
import { isOpenAction, type ActionOutcome } from '../../shared/partner-action.ts';
import { formatInstant } from '../../shared/time.ts';
import type { KeptAction } from '../store/partner-action-store.ts';

export type ActionStep =
  | { act: 'accept' }
  | { act: 'progress'; report: string }
  | { act: 'complete'; outcome: ActionOutcome; report?: string }
  | { act: 'decline'; report: string }
  | { act: 'withdraw'; report: string };

/** `refused` says why the step cannot be taken, to be read by whoever asked for it. */
export function takeActionStep(
  action: KeptAction,
  step: ActionStep,
  { isPartner, nowMs }: { isPartner: boolean; nowMs: number },
): { action: KeptAction } | { refused: string } {
  if (!isOpenAction(action)) return { refused: `the action is ${action.state} already` };
  const at = formatInstant(nowMs);
  const next = (change: Partial<KeptAction>): { action: KeptAction } => ({
    action: { ...action, ...change, version: action.version + 1, changedAt: at },
  });
  switch (step.act) {
    case 'accept':
      if (action.state !== 'given') return { refused: `the action is ${action.state} already` };
      return next({ state: 'accepted' });
    case 'progress':
      return next({ state: 'under-way', report: step.report });
    case 'complete':
      if (action.state === 'given') return { refused: 'accept the action first' };
      return next({
        ...{ state: 'done', outcome: step.outcome, doneAt: at },
        report: step.report ?? action.report,
      });
    case 'decline':
      return next({ state: 'declined', report: step.report });
    case 'withdraw':
      if (isPartner) return { refused: 'only the force withdraws what it has given: decline it instead' };
      return next({ state: 'withdrawn', report: step.report });
  }
}
