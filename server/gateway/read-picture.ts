/** Makes the picture at a seq of LIVE: from the database, and from what LIVE itself still holds. */
import type { HotspotsRanked } from '../../shared/announcement.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import { COUNT_STEP_MS, SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { LONGEST_SHOWN_MS } from '../../shared/period.ts';
import { THEMES } from '../../shared/theme.ts';
import { DAY_MS, TimeZone } from '../../shared/time.ts';
import { readingOf, type Clock } from '../clock.ts';
import { feedStateOf } from '../feeds/feed-condition.ts';
import { AHEAD_TOLERANCE_MS } from '../feeds/validate.ts';
import { CLOCKS_APART_MS, LiveEpochChanged, type LiveStream } from '../live/live-stream.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import { selectOpenAlerts } from '../store/alert-store.ts';
import type { Database } from '../store/database.ts';
import { selectFeedForces } from '../store/feed-forces.ts';
import { selectFeeds } from '../store/feed-store.ts';
import { foldKnownIncidents } from '../store/known-incidents.ts';
import { FEED_FORCE_MS } from './feeds-by-force.ts';
import { LivePicture } from './live-picture.ts';

export interface ReadPicture {
  /** As LIVE had told it up to `picture.seq`, but for `seen`. */
  picture: LivePicture;
  /** Batches that are in the picture: what LIVE tells of them from here on is not to be counted. */
  seen: SeenBatches;
  epoch: string;
  /** LIVE's last message by now: from there on the picture is whole. */
  lastSeq: number;
}

export interface PictureSources {
  database: Database;
  live: LiveStream;
  clock: Clock;
  timeZone: string;
}

/**
 * `resumable`: so many of LIVE's last messages come after the picture's seq, or more where one of them may tell of a
 * batch that is not in the picture. Throws `LiveEpochChanged` where LIVE is made anew meanwhile.
 */
export async function readPicture(sources: PictureSources, resumable: number): Promise<ReadPicture> {
  const { database, live, clock, timeZone } = sources;
  // LIVE's end comes first: what is committed after the fold is announced after it.
  const start = await live.position();
  const reading = readingOf(clock);
  const picture = new LivePicture(new TimeZone(timeZone));
  picture.prune(reading.nowMs);
  const countedFromMs = Math.floor((reading.nowMs - DAY_MS) / COUNT_STEP_MS) * COUNT_STEP_MS;
  const since = {
    receivedMs: countedFromMs - AHEAD_TOLERANCE_MS,
    untimedMs: reading.nowMs - LONGEST_SHOWN_MS,
    // After a quiet day a screen that was not away still lists what came before it.
    atLeast: SNAPSHOT_INCIDENTS,
  };
  const { announced, unannouncedSinceMs } = await foldKnownIncidents(database, since, (incident) => {
    picture.change({ incident });
  });
  const seen = new SeenBatches();
  for (const batch of announced) seen.addBatch(batch);
  for (const account of await selectFeeds(database)) {
    picture.feeds.set(`${account.agency}/${account.feed}`, feedStateOf(account, reading));
  }
  for (const { alert, sensitive } of await selectOpenAlerts(database)) {
    const { changedAt: at, force } = alert;
    picture.apply({ type: 'alert.changed', at, force, alert, sensitive });
  }
  for (const told of await selectFeedForces(database, reading.nowMs - FEED_FORCE_MS)) {
    picture.feedsByForce.tell(told, told.occurredAt.getTime(), told.incidents);
  }
  let afterSeq = start.lastSeq - resumable;
  if (unannouncedSinceMs !== undefined) {
    afterSeq = Math.min(afterSeq, await live.seqBefore(unannouncedSinceMs - CLOCKS_APART_MS));
  }
  const { epoch, firstSeq, lastSeq } = await live.position();
  if (epoch !== start.epoch) throw new LiveEpochChanged('LIVE was made anew');
  picture.seq = Math.max(firstSeq - 1, afterSeq, 0);
  await recallFeeds(picture, live);
  await recallRankings(picture, live, firstSeq);
  return { picture, seen, epoch, lastSeq };
}

/**
 * A feed's state is what was last announced of it, and the database's of a feed that was not announced for a
 * day; or that has just begun, of which LIVE is told within a second.
 */
async function recallFeeds(picture: LivePicture, live: LiveStream): Promise<void> {
  for await (const { announcement } of live.held('feeds.v1.>', 'latest')) picture.apply(announcement);
}

const SPAN = 5_000;
const RANKINGS_PER_FORCE = THEMES.length * HORIZONS.length;

/**
 * Rankings stand in LIVE alone, and a forecaster that stands still repeats none of them. They are sought backwards
 * from the picture's seq, in ever longer spans, until a force has all of its own or LIVE begins.
 */
async function recallRankings(picture: LivePicture, live: LiveStream, firstSeq: number): Promise<void> {
  const forces = await live.subjects('hotspots.v1.>');
  if (forces.size === 0) return;
  const found = new Map<string, HotspotsRanked>();
  const seek = async (subjects: string, upTo: number, span: number): Promise<number> => {
    const afterSeq = Math.max(upTo - span, firstSeq - 1);
    const later = new Set(found.keys());
    for await (const { seq, subject, announcement } of live.held(subjects, { afterSeq })) {
      if (seq > upTo) break;
      const { theme, horizonHours } = announcement as HotspotsRanked;
      const key = `${subject}|${theme}|${horizonHours}`;
      if (!later.has(key)) found.set(key, announcement as HotspotsRanked);
    }
    return afterSeq;
  };
  const end = await seek('hotspots.v1.>', picture.seq, SPAN);
  for (const subject of forces.keys()) {
    const isMissing = (): boolean =>
      [...found.keys()].filter((key) => key.startsWith(`${subject}|`)).length < RANKINGS_PER_FORCE;
    let upTo = end;
    for (let span = SPAN; isMissing() && upTo >= firstSeq; span *= 2) upTo = await seek(subject, upTo, span);
  }
  for (const ranked of found.values()) picture.apply(ranked);
}
