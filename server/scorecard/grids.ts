/** The cells of issued forecasts, prepared for scoring; the latest few are kept, since windows share them. */
import { cellAreaSquareMetres, type Cell } from '../../shared/cell.ts';
import { ScoringGround } from '../../models/evaluation/scores.ts';
import type { Transaction } from '../store/database.ts';
import { selectGrid } from '../store/forecasts-to-score.ts';

const KEPT = 4;

export interface Grid {
  cells: readonly Cell[];
  indices: ReadonlyMap<Cell, number>;
  ground: ScoringGround;
}

export class Grids {
  readonly #kept = new Map<number, Grid>();

  async get(transaction: Transaction, id: number): Promise<Grid> {
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    const cells = await selectGrid(transaction, id);
    const grid = {
      cells,
      indices: new Map(cells.map((cell, index) => [cell, index])),
      ground: new ScoringGround(Float64Array.from(cells, cellAreaSquareMetres)),
    };
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= KEPT) this.#kept.delete(oldest);
    this.#kept.set(id, grid);
    return grid;
  }
}
