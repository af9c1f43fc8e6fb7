/** Alerts that touch are told as one: a parent with children. */
import { neighbours, type Cell } from '../../shared/cell.ts';

export interface Grouped<Alert> {
  /** The strongest. */
  parent: Alert;
  /** Those that touch it, or touch one that does; the strongest first. */
  children: Alert[];
}

/** Groups what shares a cell or lies side by side, however long the chain. Groups come in order of their parents' strength. */
export function groupTouching<Alert extends { cells: readonly Cell[]; score: number }>(
  alerts: readonly Alert[],
): Grouped<Alert>[] {
  const strongestFirst = [...alerts].sort((one, other) => other.score - one.score);
  const byCell = new Map<Cell, Alert[]>();
  for (const alert of strongestFirst) {
    for (const cell of alert.cells) byCell.set(cell, [...(byCell.get(cell) ?? []), alert]);
  }
  const seen = new Set<Alert>();
  return strongestFirst
    .filter((alert) => !seen.has(alert))
    .flatMap((parent) => {
      if (seen.has(parent)) return [];
      const group = new Set([parent]);
      for (const alert of group) {
        const touched = alert.cells.flatMap((cell) => [cell, ...neighbours(cell)]);
        for (const cell of touched) for (const other of byCell.get(cell) ?? []) group.add(other);
      }
      for (const alert of group) seen.add(alert);
      const [, ...children] = strongestFirst.filter((alert) => group.has(alert));
      return [{ parent, children }];
    });
}
