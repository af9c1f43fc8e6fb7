/** Makes counts of the past into what one may see of them: places as coarse as the policy wants. */
import { coarseCell, type Cell } from '../../shared/cell.ts';
import { harmOf } from '../../shared/harm.ts';
import type { PastCounts } from '../../shared/past-counts.ts';
import { belongsTo, type Theme } from '../../shared/theme.ts';
import { permits, type Principal } from '../access/policy.ts';
import type { CountedHour } from '../store/past-counts.ts';

export function pastCells(
  principal: Principal,
  theme: Theme,
  counted: Iterable<CountedHour>,
): PastCounts['cells'] {
  const cells = new Map<Cell, Map<number, [hour: number, count: number, harm: number]>>();
  for (const { hour, incidents, ...incident } of counted) {
    if (!belongsTo(theme, incident)) continue;
    const isFine = permits(principal, { act: 'place-incident-finely', incident });
    const cell = isFine ? incident.cell : coarseCell(incident.cell);
    const hours = cells.get(cell) ?? new Map<number, [number, number, number]>();
    cells.set(cell, hours);
    const [, count, harm] = hours.get(hour) ?? [hour, 0, 0];
    hours.set(hour, [hour, count + incidents, harm + incidents * harmOf(incident)]);
  }
  return [...cells].map(([cell, hours]) => ({
    cell,
    hours: [...hours.values()].sort(([one], [other]) => one - other),
  }));
}
