/** A run's first picture, of what the database and LIVE know: from there on the archive tells the rest. */
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import type { LivePicture, View } from '../gateway/live-picture.ts';
import { readPicture, type PictureSources } from '../gateway/read-picture.ts';
import type { SeenBatches } from '../live/seen-batches.ts';
import type { KeyframePart } from '../store/replay-keyframe-store.ts';
import {
  ALERTS,
  countsName,
  FEEDS,
  latestName,
  ORIGINS,
  packCounts,
  packWords,
  periodsName,
  rankingsName,
  SEEN,
} from './keyframe-parts.ts';

export const VIEWS: readonly View[] = ['cleared', 'guarded', 'coarse'];

export interface BasePicture {
  epoch: string;
  picture: LivePicture;
  seen: SeenBatches;
  stampMs: number;
}

/** Whole: with all that LIVE had told by its end. Throws `LiveEpochChanged`. */
export async function readBase(sources: PictureSources): Promise<BasePicture> {
  const { picture, seen, epoch, lastSeq } = await readPicture(sources, 0);
  const stampMs = sources.clock.now();
  if (lastSeq > picture.seq) {
    for await (const { seq, announcement } of sources.live.held('>', { afterSeq: picture.seq })) {
      if (seq > lastSeq) break;
      picture.seq = seq;
      if (announcement.type !== 'incidents.stored' || seen.isNew(announcement)) picture.apply(announcement);
    }
  }
  picture.prune(stampMs);
  return { epoch, picture, seen, stampMs };
}

/** All parts of a whole picture, one after the other. */
export async function* partsOf({ picture, seen, stampMs }: BasePicture): AsyncGenerator<KeyframePart> {
  for (const view of VIEWS) {
    for (const theme of THEMES) {
      for (const force of FORCES_AND_UNASSIGNED) {
        const counts = picture.counts(view).of([force], [theme]);
        if (counts.length > 0) yield await packCounts(countsName(view, theme, force), counts);
      }
      const periods = picture.periods(view).of(FORCES_AND_UNASSIGNED, [theme]);
      if (periods.length > 0) yield await packWords(periodsName(view, theme), periods);
    }
  }
  for (const theme of THEMES) {
    for (const horizonHours of HORIZONS) {
      const ranked = picture.hotspots(FORCES_AND_UNASSIGNED, [theme], horizonHours);
      if (ranked.length > 0) yield await packWords(rankingsName(theme, horizonHours), ranked);
    }
  }
  picture.latest.forgetAfter(formatInstant(stampMs + 3_600_000));
  for (const force of FORCES_AND_UNASSIGNED) {
    const latest = picture.latest.all(force);
    if (latest.length > 0) yield await packWords(latestName(force), latest);
  }
  const noted = FORCES_AND_UNASSIGNED.flatMap((force) =>
    THEMES.flatMap((theme) =>
      picture.originsNoted(force, theme).map(([origin, lastMs]) => [force, theme, origin, lastMs]),
    ),
  );
  yield await packWords(ORIGINS, noted);
  yield await packWords(ALERTS, picture.openAlerts(FORCES_AND_UNASSIGNED));
  yield await packWords(FEEDS, [...picture.feeds.values()]);
  yield await packWords(SEEN, seen.names());
}
