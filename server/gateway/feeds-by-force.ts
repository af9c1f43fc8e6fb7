/** Which feeds tell of which force, and where in it: where none does, nothing is known, and that is not the same as quiet. */
import type { Agency } from '../../shared/category.ts';
import { coarseCell, type Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';

/** A feed that told of nothing in a force since then does not stand for it: a quarter, as some tell by the month. */
export const FEED_FORCE_MS = 100 * DAY_MS;

interface Told {
  /** When the newest happening was that the feed told of. */
  newestMs: number;
  /** How often it told of something there. */
  times: number;
  /** The same by coarse cell: no finer, since all who see feeds may know it. */
  cells: Map<Cell, number>;
}

export class FeedsByForce {
  readonly #told = new Map<Force, Map<string, Told>>();

  /** The feed told of so many things that happened in the force's area, in this cell, the newest at `occurredMs`. */
  tell(
    { agency, feed, force, cell }: { agency: Agency; feed: string; force: Force; cell: Cell },
    occurredMs: number,
    times = 1,
  ): void {
    let feeds = this.#told.get(force);
    if (feeds === undefined) this.#told.set(force, (feeds = new Map<string, Told>()));
    const name = `${agency}/${feed}`;
    let told = feeds.get(name);
    if (told === undefined)
      feeds.set(name, (told = { newestMs: -Infinity, times: 0, cells: new Map<Cell, number>() }));
    told.times += times;
    told.newestMs = Math.max(told.newestMs, occurredMs);
    const place = coarseCell(cell);
    told.cells.set(place, Math.max(told.cells.get(place) ?? -Infinity, occurredMs));
  }

  prune(nowMs: number): void {
    for (const feeds of this.#told.values()) {
      for (const [name, { newestMs, cells }] of feeds) {
        if (newestMs < nowMs - FEED_FORCE_MS) feeds.delete(name);
        for (const [cell, cellMs] of cells) if (cellMs < nowMs - FEED_FORCE_MS) cells.delete(cell);
      }
    }
  }

  /** As `agency/feed`. */
  of(force: Force, nowMs: number): string[] {
    const feeds = [...(this.#told.get(force) ?? [])];
    return feeds.filter(([, { newestMs }]) => newestMs >= nowMs - FEED_FORCE_MS).map(([name]) => name);
  }

  /** Which part of all that was told of the force came from the feed (`agency/feed`): 0 to 1. */
  shareOf(force: Force, feed: string): number {
    const feeds = this.#told.get(force);
    const all = [...(feeds?.values() ?? [])].reduce((sum, { times }) => sum + times, 0);
    return all === 0 ? 0 : (feeds?.get(feed)?.times ?? 0) / all;
  }

  /** The coarse cells of the force that the feed (`agency/feed`) told of, sorted. */
  cellsOf(force: Force, feed: string, nowMs: number): Cell[] {
    const cells = [...(this.#told.get(force)?.get(feed)?.cells ?? [])];
    return cells
      .filter(([, newestMs]) => newestMs >= nowMs - FEED_FORCE_MS)
      .map(([cell]) => cell)
      .sort();
  }
}
