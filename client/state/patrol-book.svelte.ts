/** What a desk knows of taskings and held-out hotspots: filled by its patrol tools, read wherever a hotspot is listed. */
import type { Cell } from '../../shared/cell.ts';
import { isOpenTasking, type HeldOutCell, type Tasking, type Taskings } from '../../shared/tasking.ts';

export class PatrolBook {
  taskings = $state.raw<readonly Tasking[]>([]);
  heldOut = $state.raw<readonly HeldOutCell[]>([]);

  learn({ taskings, heldOut }: Taskings): void {
    this.taskings = taskings;
    this.heldOut = heldOut;
  }

  /** The open one of the place, if any. */
  openAt(cell: Cell): Tasking | undefined {
    return this.taskings.find((tasking) => tasking.cell === cell && isOpenTasking(tasking));
  }

  heldOutAt(cell: Cell): HeldOutCell | undefined {
    return this.heldOut.find((held) => held.cell === cell);
  }
}

/** A wall's stays empty: it tasks nobody. */
export const patrolBook = new PatrolBook();
