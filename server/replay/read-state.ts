/** What a screen showed at a moment of the past: the picture of then, shown as `/live` shows it now. */
import type { ReplayState } from '../../shared/replay.ts';
import { formatInstant, type TimeZone } from '../../shared/time.ts';
import { viewOf } from '../access/policy.ts';
import { snapshotOf, type View } from '../gateway/frames.ts';
import type { Database } from '../store/database.ts';
import type { PastMoment } from './locate.ts';
import { pastPicture } from './past-picture.ts';

export async function readState(
  database: Pick<Database, 'query'>,
  moment: PastMoment,
  view: View,
  timeZone: TimeZone,
): Promise<ReplayState> {
  const { forces, themes, horizonHours, principal } = view;
  const wanted = { view: viewOf(principal), forces, themes, horizonHours };
  const picture = await pastPicture(database, moment, wanted, timeZone);
  const { keyframe, seq, stampMs, atMs, detail, nextStampMs } = moment;
  return {
    ...{ epoch: keyframe.epoch, seq, stamp: formatInstant(stampMs), at: formatInstant(atMs), detail },
    nextStamp: nextStampMs === null ? null : formatInstant(nextStampMs),
    snapshot: snapshotOf(picture, view, atMs),
  };
}
