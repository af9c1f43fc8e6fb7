/** Which feeds tell of which force: where none does, nothing is known, and that is not the same as quiet. */
import type { Agency } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';

/** A feed that told nothing of a force for so long no longer stands for it: a quarter, as some tell by the month. */
export const FEED_FORCE_MS = 100 * DAY_MS;

export class FeedsByForce {
  readonly #toldMs = new Map<Force, Map<string, number>>();

  /** The feed sent an incident of the force, which was received at `receivedMs`. */
  tell({ agency, feed, force }: { agency: Agency; feed: string; force: Force }, receivedMs: number): void {
    let feeds = this.#toldMs.get(force);
    if (feeds === undefined) this.#toldMs.set(force, (feeds = new Map<string, number>()));
    const name = `${agency}/${feed}`;
    feeds.set(name, Math.max(feeds.get(name) ?? -Infinity, receivedMs));
  }

  prune(nowMs: number): void {
    for (const feeds of this.#toldMs.values()) {
      for (const [name, toldMs] of feeds) if (toldMs < nowMs - FEED_FORCE_MS) feeds.delete(name);
    }
  }

  /** As `agency/feed`. */
  of(force: Force): string[] {
    return [...(this.#toldMs.get(force)?.keys() ?? [])];
  }
}
