/** Which feeds tell of which force: where none does, nothing is known, and that is not the same as quiet. */
import type { Agency } from '../../shared/category.ts';
import type { Force } from '../../shared/force.ts';
import { DAY_MS } from '../../shared/time.ts';

/** A feed that told of nothing in a force since then does not stand for it: a quarter, as some tell by the month. */
export const FEED_FORCE_MS = 100 * DAY_MS;

export class FeedsByForce {
  /** When the newest happening was that the feed told of. */
  readonly #newestMs = new Map<Force, Map<string, number>>();

  /** The feed told of something that happened in the force's area at `occurredMs`. */
  tell({ agency, feed, force }: { agency: Agency; feed: string; force: Force }, occurredMs: number): void {
    let feeds = this.#newestMs.get(force);
    if (feeds === undefined) this.#newestMs.set(force, (feeds = new Map<string, number>()));
    const name = `${agency}/${feed}`;
    feeds.set(name, Math.max(feeds.get(name) ?? -Infinity, occurredMs));
  }

  prune(nowMs: number): void {
    for (const feeds of this.#newestMs.values()) {
      for (const [name, newestMs] of feeds) if (newestMs < nowMs - FEED_FORCE_MS) feeds.delete(name);
    }
  }

  /** As `agency/feed`. */
  of(force: Force, nowMs: number): string[] {
    const feeds = [...(this.#newestMs.get(force) ?? [])];
    return feeds.filter(([, newestMs]) => newestMs >= nowMs - FEED_FORCE_MS).map(([name]) => name);
  }
}
