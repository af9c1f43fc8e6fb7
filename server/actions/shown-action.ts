/** What of a partner's action a principal is shown: its place as fine as the policy allows. */
import { coarseCell, finenessOf } from '../../shared/cell.ts';
import { isOpenAction, type PartnerAction } from '../../shared/partner-action.ts';
import { formatInstant, type TimeZone } from '../../shared/time.ts';
import { permits, type Principal } from '../access/policy.ts';
import type { KeptAction } from '../store/partner-action-store.ts';

export function shownAction(
  principal: Principal,
  kept: KeptAction,
  { nowMs, timeZone }: { nowMs: number; timeZone: TimeZone },
): PartnerAction {
  const { theme, alert } = kept;
  const cell = permits(principal, { act: 'place-theme-finely', theme }) ? kept.cell : coarseCell(kept.cell);
  const today = formatInstant(nowMs + timeZone.offsetMs(nowMs)).slice(0, 10);
  return {
    ...{ ...kept, cell, coarse: finenessOf(cell) === 'coarse', place: coarseCell(cell) },
    // Of alerts partners learn nothing but what was given to them.
    alert: permits(principal, { act: 'read-alerts' }) ? alert : null,
    overdue: isOpenAction(kept) && kept.dueOn < today,
  };
}
