/** What counts as an event to a reader who steps through the past, and the trail of those that were passed. */
import type { Delta } from '../../shared/messages.ts';
import { parseInstant } from '../../shared/time.ts';
import type { Picture } from './picture.ts';
import type { Subscription } from './picture-counts.ts';
import type { ReplaySource } from './replay-source.ts';

/** Where an event stands in LIVE. */
export interface PassedEvent {
  epoch: string;
  seq: number;
  stampMs: number;
}

/** Incidents, alerts, and feeds that fall silent or speak again; rankings are made anew every few seconds. */
export function isEvent(delta: Delta, before: Pick<Picture, 'feeds'>): boolean {
  switch (delta.type) {
    case 'incidents.stored':
    case 'alert.changed':
      return true;
    case 'feeds.changed': {
      const { agency, feed, condition } = delta.feed;
      const known = before.feeds.get(`${agency}/${feed}`)?.condition;
      // That one is heard of for the first time is none.
      return condition !== (known ?? 'live');
    }
    case 'hotspots.ranked':
    case 'tasking.changed':
    case 'action.changed':
    case 'forecasts.issued':
      return false;
  }
}

/** As many as anybody steps back through before asking again. */
const MOST = 2_000;

/** Events without a gap, up to where the replay stands. */
export class EventTrail {
  #events: PassedEvent[] = [];

  get first(): PassedEvent | undefined {
    return this.#events[0];
  }

  clear(): void {
    this.#events = [];
  }

  pass(event: PassedEvent): void {
    this.#events.push(event);
    if (this.#events.length > MOST) this.#events.shift();
  }

  /** The last one before; what follows it is passed no longer. */
  back(isBefore: (event: PassedEvent) => boolean): PassedEvent | undefined {
    const index = this.#events.findLastIndex(isBefore);
    this.#events = this.#events.slice(0, index + 1);
    return this.#events[index];
  }

  /** What lies before the first of them. */
  prepend(earlier: readonly PassedEvent[]): void {
    this.#events = [...earlier, ...this.#events].slice(-MOST);
  }
}

/** How far back to look for an event: a busy minute holds hundreds, a quiet night may hold none. */
const LOOKS_MS = [20_000, 120_000, 1_200_000, 7_200_000, 43_200_000, 172_800_000];

/** The events up to a moment, as far back as the first look that finds one to go back to; none where no look does. */
export async function eventsBefore(
  source: ReplaySource,
  of: Subscription,
  {
    toMs,
    earliestMs,
    isBefore,
  }: { toMs: number; earliestMs: number; isBefore: (event: PassedEvent) => boolean },
): Promise<PassedEvent[]> {
  for (const lookMs of LOOKS_MS) {
    const fromMs = Math.max(earliestMs, toMs - lookMs);
    if (fromMs >= toMs) return [];
    const found = (await eventsWithin(source, of, { fromMs, toMs })).filter(isBefore);
    if (found.length > 0 || fromMs === earliestMs) return found;
  }
  return [];
}

async function eventsWithin(
  source: ReplaySource,
  of: Subscription,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<PassedEvent[]> {
  const events: PassedEvent[] = [];
  const feeds: Picture['feeds'] = new Map();
  let stretch: Parameters<ReplaySource['announced']>[0] = { fromMs, toMs };
  for (;;) {
    const answer = await source.announced(stretch, of);
    if (answer.kind !== 'answered') return events;
    const { epoch, frames, next } = answer.value;
    for (const { stamp, delta } of frames) {
      const stampMs = parseInstant(stamp) ?? 0;
      // Of the first word of a feed nobody can tell here whether it changed anything.
      const isFirst = delta.type === 'feeds.changed' && !feeds.has(`${delta.feed.agency}/${delta.feed.feed}`);
      if (stampMs >= fromMs && stampMs <= toMs && isEvent(delta, { feeds }) && !isFirst)
        events.push({ epoch, seq: delta.seq, stampMs });
      if (delta.type === 'feeds.changed') feeds.set(`${delta.feed.agency}/${delta.feed.feed}`, delta.feed);
    }
    if (next === null) return events;
    const after = { epoch: next.epoch, seq: next.afterSeq };
    stretch = { after, toMs, mergeSeconds: 0 };
  }
}
