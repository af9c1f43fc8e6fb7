/** Which cells' forecasts an incident changes: its own, and those around it. */
import type { IncidentChange } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { feedsModel } from '../../models/features/counted-incident.ts';
import type { CellHistory } from '../../models/features/cell-history.ts';

/** Collects changes until they are taken. */
export class TouchedCells {
  #cells = new Map<Force, Set<Cell>>();

  get isEmpty(): boolean {
    return this.#cells.size === 0;
  }

  add({ incident, superseded }: IncidentChange): void {
    for (const one of [incident, superseded]) {
      if (one === undefined || one.status === 'cancelled' || !feedsModel(one)) continue;
      const cells = this.#cells.get(one.force) ?? new Set();
      cells.add(one.cell);
      this.#cells.set(one.force, cells);
    }
  }

  /** Hands over what has come, and begins anew. */
  take(): ReadonlyMap<Force, ReadonlySet<Cell>> {
    const taken = this.#cells;
    this.#cells = new Map();
    return taken;
  }
}

/** The indices of the cells and of their neighbours in the history's area, each once. */
export function indicesAround(history: CellHistory, cells: Iterable<Cell>): Int32Array {
  const indices = new Set<number>();
  for (const cell of cells) {
    const index = history.indexOf(cell);
    if (index >= 0) indices.add(index);
    for (const neighbour of history.area.neighboursOf(cell, index))
      if (neighbour >= 0) indices.add(neighbour);
  }
  return Int32Array.from(indices);
}
