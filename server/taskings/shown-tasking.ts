/** What of a tasking a principal is shown: its place as fine as the policy allows. */
import { coarseCell, finenessOf } from '../../shared/cell.ts';
import type { Delivered, Tasking } from '../../shared/tasking.ts';
import { permits, type Principal } from '../access/policy.ts';
import type { KeptTasking } from '../store/tasking-store.ts';

/** Where its fine cell would tell of what the reader may not place, that it lies in. */
export function shownCell(
  principal: Principal,
  { theme, cell }: Pick<KeptTasking, 'theme' | 'cell'>,
): string {
  return permits(principal, { act: 'place-theme-finely', theme }) ? cell : coarseCell(cell);
}

/** Throws without what was delivered. */
export function shownTasking(
  principal: Principal,
  kept: KeptTasking,
  delivered: Delivered | undefined,
): Tasking {
  if (delivered === undefined) throw new Error('a tasking without what was delivered');
  const { ended: _ended, ...tasking } = kept;
  const cell = shownCell(principal, kept);
  return { ...tasking, cell, coarse: finenessOf(cell) === 'coarse', delivered };
}
