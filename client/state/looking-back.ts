/** What looking back puts on the map: of a forecast what came true, of a moment what became known only later. */
import type { Cell } from '../../shared/cell.ts';
import type { ForecastOutcome } from '../../shared/forecast-outcome.ts';
import type { KnownDifference } from '../../shared/known-difference.ts';

export const MARK_KINDS = ['hit', 'miss', 'naive', 'elsewhere', 'late', 'corrected', 'cancelled'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export interface LookingBackMark {
  kind: MarkKind;
  cell: Cell;
  /** Incidents; null where nobody knows. */
  count: number | null;
  /** Where it was known to be before, where it has moved. */
  from?: Cell;
}

/** Last year's cells below, what happened elsewhere over them, the hotspots uppermost. */
export function outcomeMarks({ naiveCells, elsewhere, hotspots }: ForecastOutcome): LookingBackMark[] {
  return [
    ...naiveCells.map(({ cell, observed }) => ({ kind: 'naive' as const, cell, count: observed })),
    ...elsewhere.map(({ cell, observed }) => ({ kind: 'elsewhere' as const, cell, count: observed })),
    ...hotspots.map(({ cell, observed }) => ({
      ...{ kind: (observed ?? 0) > 0 ? ('hit' as const) : ('miss' as const), cell, count: observed },
    })),
  ];
}

/** One for each hexagon and kind, with how many. */
export function differenceMarks({ late, corrected, cancelled }: KnownDifference): LookingBackMark[] {
  const marks = new Map<string, LookingBackMark>();
  const add = (kind: MarkKind, cell: Cell, from?: Cell): void => {
    const key = `${kind} ${cell} ${from ?? ''}`;
    const known = marks.get(key);
    if (known === undefined) marks.set(key, { kind, cell, count: 1, ...(from !== undefined && { from }) });
    else known.count = (known.count ?? 0) + 1;
  };
  for (const { incident } of cancelled) add('cancelled', incident.cell);
  for (const { before, after } of corrected)
    add('corrected', after.cell, before.cell === after.cell ? undefined : before.cell);
  for (const { incident } of late) add('late', incident.cell);
  return [...marks.values()];
}
