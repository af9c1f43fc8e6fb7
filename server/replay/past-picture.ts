/** Makes the picture of a moment of the past: the one kept before it, and what was said from there on. */
import type { StoredIncident } from '../../shared/announcement.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { LivePicture, type View } from '../gateway/live-picture.ts';
import type { Database } from '../store/database.ts';
import { selectParts } from '../store/replay-keyframe-store.ts';
import { selectTallies } from '../store/replay-tally-store.ts';
import { selectMessages, selectTold, selectToldIncidents } from '../store/told-store.ts';
import { applyCounts, applyOrigins, applyPeriods } from './apply-tally.ts';
import { loadParts, namesOf, type PastView } from './keyframe-parts.ts';
import { newestListed } from './listed-incidents.ts';
import type { PastMoment } from './locate.ts';
import { tallyOf, type Tally } from './tally.ts';
import { unpackTally } from './tally-codec.ts';
import { whichAreNew } from './which-are-new.ts';

type Asked = Pick<Database, 'query'>;
type Known = Omit<Tally, 'known'>;

/** More than ever wait to be tallied. */
const MOST_UNTALLIED = 200_000;

/** Of the picture only what `wanted` shows is right; all else is empty. */
export async function pastPicture(
  database: Asked,
  moment: PastMoment,
  wanted: PastView,
  timeZone: TimeZone,
): Promise<LivePicture> {
  const picture = new LivePicture(timeZone);
  const { keyframe } = moment;
  const parts = await selectParts(database, keyframe.keyframe, namesOf(wanted));
  const { latest, seen } = await loadParts(parts, picture);
  const tallies = await talliesUpTo(database, moment, seen, timeZone);
  for (const tally of tallies) {
    applyCounts(picture, tally, wanted.themes, wanted.view);
    for (const view of new Set<View>([wanted.view, 'coarse']))
      applyPeriods(picture, tally, wanted.themes, view);
    applyOrigins(picture, tally);
  }
  const stretch = stretchOf(moment);
  for (const announcement of await selectMessages(database, stretch, namedMessages(tallies, wanted)))
    picture.apply(announcement);
  const { known, places } = newestListed(latest, tallies, {
    ...{ forces: wanted.forces, themes: wanted.themes, most: SNAPSHOT_INCIDENTS },
    latestMs: moment.atMs + HOUR_MS,
  });
  const told: StoredIncident[] = await selectToldIncidents(database, stretch, places);
  for (const incident of [...known, ...told]) picture.latest.add(incident);
  picture.seq = moment.seq;
  picture.prune(moment.atMs);
  return picture;
}

/** What was said between the picture that is kept and the moment. */
export async function talliesUpTo(
  database: Asked,
  moment: PastMoment,
  seen: readonly string[],
  timeZone: TimeZone,
): Promise<Known[]> {
  const { keyframe, seq } = moment;
  const kept = await selectTallies(database, keyframe.run, keyframe.seq, seq);
  const tallies: Known[] = await Promise.all(kept.map(({ body }) => unpackTally(body)));
  const last = tallies.at(-1);
  const afterSeq = last?.toSeq ?? keyframe.seq;
  if (afterSeq >= seq) return tallies;
  const after = { seq: afterSeq, stampMs: last?.toStampMs ?? keyframe.stampMs };
  const told = await selectTold(
    database,
    { epoch: keyframe.epoch, afterSeq, afterStampMs: after.stampMs, upToSeq: seq },
    MOST_UNTALLIED,
  );
  const isNew = whichAreNew(told, [seen, ...tallies.map(({ parts }) => parts)]);
  return [...tallies, tallyOf(after, told, isNew, timeZone)];
}

export function stretchOf({ keyframe, stampMs }: PastMoment): {
  epoch: string;
  afterStampMs: number;
  upToStampMs: number;
} {
  return { epoch: keyframe.epoch, afterStampMs: keyframe.stampMs, upToStampMs: stampMs };
}

/** The last rankings and feeds, and all that was said of alerts. */
function namedMessages(tallies: readonly Known[], { forces, themes, horizonHours }: PastView): number[] {
  const last = new Map<string, number>();
  const alerts: number[] = [];
  for (const tally of tallies) {
    for (const [force, theme, hours, seq] of tally.rankings) {
      if (hours === horizonHours && themes.includes(theme) && forces.includes(force))
        last.set(`${force}|${theme}`, seq);
    }
    for (const [name, seq] of tally.feeds) last.set(name, seq);
    alerts.push(...tally.alerts);
  }
  return [...last.values(), ...alerts];
}
