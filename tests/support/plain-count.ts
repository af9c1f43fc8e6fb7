/** What a control room has without a scan: so many incidents in a neighbourhood within a window, wherever it is. */
import { RecentIncidents } from '../../models/emerging/recent-incidents.ts';
import type { Candidate } from '../../models/emerging/scan.ts';
import type { ScanGrid } from '../../models/emerging/scan-grid.ts';
import { CELLS_WITHIN, WINDOW_COUNT, WINDOW_MINUTES } from '../../models/emerging/scan-windows.ts';

/** A cell, its neighbours, and theirs; half an hour to four hours: the one that does best is taken. */
export const PLAIN_COUNTS = [0, 1, 2].flatMap((rings) =>
  [1, 2, 3, 4].map((window) => ({ rings, window, minutes: WINDOW_MINUTES[window] ?? 0 })),
);

export class PlainCount {
  readonly #grid: ScanGrid;
  readonly #recent = new RecentIncidents();

  constructor(grid: ScanGrid) {
    this.#grid = grid;
  }

  add(cell: number, atMs: number): void {
    this.#recent.add(cell, atMs, atMs);
  }

  /** For each of `PLAIN_COUNTS` the neighbourhood around the cell with most incidents; the count is the score. */
  most(cell: number, nowMs: number): Candidate[] {
    const most = PLAIN_COUNTS.map(() => ({ centre: cell, count: 0 }));
    for (const centre of this.#grid.disk(cell).slice(0, CELLS_WITHIN[2])) {
      if (centre < 0) continue;
      const counts = new Float64Array(WINDOW_COUNT);
      let place = 0;
      PLAIN_COUNTS.forEach(({ rings, window }, which) => {
        for (const until = CELLS_WITHIN[rings] ?? 0; place < until; place++) {
          const inside = this.#grid.disk(centre)[place] ?? -1;
          if (inside >= 0) this.#recent.countInto(counts, 0, inside, nowMs);
        }
        const holds = this.#grid.disk(centre).subarray(0, CELLS_WITHIN[rings]).includes(cell);
        const count = counts[window] ?? 0;
        if (holds && count > (most[which]?.count ?? 0)) most[which] = { centre, count };
      });
    }
    return most.map(({ centre, count }, which) => {
      const { rings = 0, window = 0 } = PLAIN_COUNTS[which] ?? {};
      const windowMinutes = WINDOW_MINUTES[window] ?? 15;
      return { centre, rings, windowMinutes, observed: count, expected: 0, logRatio: 0, score: count };
    });
  }
}
