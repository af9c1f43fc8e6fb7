/** Finds what was announced again among archived messages: it told nobody anything, then or now. */
import type { TimeZone } from '../../shared/time.ts';
import { LivePicture } from '../gateway/live-picture.ts';
import type { Database } from '../store/database.ts';
import { selectKeyframeBySeq, selectParts, type Keyframe } from '../store/replay-keyframe-store.ts';
import { selectRepeats, selectTallies } from '../store/replay-tally-store.ts';
import { selectPartNames, type AnnouncedRow } from '../store/told-store.ts';
import { loadParts, SEEN } from './keyframe-parts.ts';
import type { ToldMessage } from './tally.ts';
import { unpackTally } from './tally-codec.ts';
import { whichAreNew } from './which-are-new.ts';

type Asked = Pick<Database, 'query'>;

/** Their seqs. `rows` lie one upon the other in one run. */
export async function repeatsAmong(
  database: Asked,
  { run, epoch }: Pick<Keyframe, 'run' | 'epoch'>,
  rows: readonly AnnouncedRow[],
  timeZone: TimeZone,
): Promise<Set<number>> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const { repeats, talliedTo } = await selectRepeats(database, run, first.seq, last.seq);
  const found = new Set(repeats);
  const untallied = rows.filter(({ seq }) => seq > talliedTo).map(toldOf);
  const keyframe = await selectKeyframeBySeq(database, epoch, Math.max(talliedTo, first.seq - 1));
  if (!untallied.some(({ stored }) => stored !== null) || keyframe === undefined) return found;
  const { seen } = await loadParts(
    await selectParts(database, keyframe.keyframe, [SEEN]),
    new LivePicture(timeZone),
  );
  const kept = await selectTallies(database, run, keyframe.seq, talliedTo);
  const tallies = await Promise.all(kept.map(({ body }) => unpackTally(body)));
  const before = await selectPartNames(database, {
    ...{ epoch, afterSeq: Math.max(talliedTo, keyframe.seq), afterStampMs: keyframe.stampMs },
    upToSeq: (untallied[0]?.seq ?? 1) - 1,
  });
  const isNew = whichAreNew(untallied, [seen, ...tallies.map(({ parts }) => parts), before]);
  for (const { seq, stored } of untallied) if (stored !== null && !isNew(stored)) found.add(seq);
  return found;
}

function toldOf({ seq, stampMs, announcement }: AnnouncedRow): ToldMessage {
  const stored = announcement?.type === 'incidents.stored' ? announcement : null;
  return { seq, stampMs, subject: '', stored, theme: null, horizonHours: null };
}
