/** Announces each feed's health when it changes, and notes when its condition becomes another. */
import type { FeedCondition, FeedState } from '../../shared/feed.ts';
import { formatInstant } from '../../shared/time.ts';
import { readingOf, type Clock } from '../clock.ts';
import type { LiveStream } from '../live/live-stream.ts';
import type { Database } from '../store/database.ts';
import { noteCondition } from '../store/feed-condition-store.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { feedStateOf } from './feed-condition.ts';

export interface FeedMonitorOptions {
  database: Database;
  live: LiveStream;
  clock: Clock;
}

export class FeedMonitor {
  readonly #options: FeedMonitorOptions;
  readonly #announced = new Map<string, string>();
  readonly #noted = new Map<string, FeedCondition>();

  constructor(options: FeedMonitorOptions) {
    this.#options = options;
  }

  /** Announces the feeds whose state differs from what was last announced; a condition is noted before it is told. */
  async check(): Promise<void> {
    const { database, live, clock } = this.#options;
    const reading = readingOf(clock);
    for (const account of await selectFeeds(database)) {
      const feed: FeedState = feedStateOf(account, reading);
      const name = `${feed.agency}/${feed.feed}`;
      if (this.#noted.get(name) !== feed.condition) {
        const { agency, condition, lastReceivedAt: since } = feed;
        const notedAt = formatInstant(reading.nowMs);
        await noteCondition(database, { agency, feed: feed.feed, condition, since, notedAt });
        this.#noted.set(name, condition);
      }
      const text = JSON.stringify(feed);
      if (this.#announced.get(name) === text) continue;
      await live.announce({ type: 'feeds.changed', at: formatInstant(reading.nowMs), feed });
      this.#announced.set(name, text);
    }
  }
}
