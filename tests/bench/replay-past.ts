/** Fills a database with what a busy city's LIVE told in a day or a month, and lets replay's own keeper keep it. */
import type { Announcement, IncidentsStored } from '../../shared/announcement.ts';
import { cellAt, cellCentre } from '../../shared/cell.ts';
import { CATEGORIES, type Marker } from '../../shared/category.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant, MINUTE_MS } from '../../shared/time.ts';
import type { LiveStream } from '../../server/live/live-stream.ts';
import { ReplayKeeper } from '../../server/replay/replay-keeper.ts';
import { insertArchived, type ArchivedMessage } from '../../server/store/live-archive-store.ts';
import type { Database } from '../../server/store/database.ts';
import { ranking } from '../support/rankings.ts';
import { storedIncident } from '../support/stored-incidents.ts';

export interface Past {
  epoch: string;
  fromMs: number;
  toMs: number;
  incidents: number;
}

/** Cells of a city, some twenty kilometres across. */
const CELLS = [
  ...new Set(
    Array.from({ length: 2_500 }, (_, n) =>
      cellAt(51.4 + Math.floor(n / 50) * 0.0038, -0.3 + (n % 50) * 0.0061),
    ),
  ),
];
/** Announcements in one statement: some megabytes. */
const PER_STATEMENT = 200;
const RANKED_EVERY_MS = 5 * MINUTE_MS;

/** One announcement a second, of so many incidents each; every five minutes all themes and horizons are ranked anew. */
export async function fillPast(
  database: Database,
  { fromMs, toMs, perSecond }: { fromMs: number; toMs: number; perSecond: number },
  report: (line: string) => void,
): Promise<Past> {
  const epoch = 'a past';
  const sources = { database, live: liveOf(epoch), clock: clockAt(fromMs), timeZone: 'Europe/London' };
  const keeper = new ReplayKeeper(sources);
  // Its first picture, of nothing.
  await keeper.keep();
  let [seq, rankedMs, waiting, incidents] = [0, -Infinity, [] as ArchivedMessage[], 0];
  const tell = async (subject: string, stampMs: number, announcement: Announcement): Promise<void> => {
    waiting.push({ epoch, seq: ++seq, stampMs, subject, payload: JSON.stringify(announcement) });
    if (waiting.length < PER_STATEMENT) return;
    await insertArchived(database, waiting);
    waiting = [];
  };
  const everyMs = Math.max(1_000, 1_000 / perSecond);
  for (let atMs = fromMs; atMs < toMs; atMs += everyMs) {
    if (atMs - rankedMs >= RANKED_EVERY_MS) {
      rankedMs = atMs;
      for (const ranked of rankingsAt(atMs)) await tell('hotspots.v1.metropolitan', atMs, ranked);
    }
    const told = storedAt(seq + 1, atMs, Math.max(1, perSecond));
    incidents += told.changes.length;
    await tell('stored.v1.metropolitan', atMs, told);
    if (seq % 20_000 === 0) report(`told up to ${formatInstant(atMs)}`);
  }
  await insertArchived(database, waiting);
  await database.query('analyze live_archive');
  report('keeping it');
  while (await keeper.keep());
  return { epoch, fromMs, toMs, incidents };
}

const PLACES = CELLS.map((cell) => [cell, cellCentre(cell)] as const);

function storedAt(batch: number, atMs: number, count: number): IncidentsStored {
  const at = formatInstant(atMs);
  const changes = Array.from({ length: count }, (_, index) => {
    // Some places have most of it.
    const [cell = '', [lat, lon] = [0, 0]] = PLACES[Math.floor(PLACES.length * Math.random() ** 2)] ?? [];
    const category = CATEGORIES[Math.floor(CATEGORIES.length * Math.random() ** 1.5)] ?? 'other';
    const marked = Math.random();
    const markers: Marker[] = marked < 0.03 ? ['knife'] : marked < 0.07 ? ['domestic'] : [];
    const id = `past-${batch}-${index}`;
    const force = 'metropolitan' as const;
    return {
      incident: storedIncident({
        ...{
          id,
          occurredAt: at,
          receivedAt: at,
          lat,
          lon,
          cell,
          category,
          markers,
          force,
          origin: 'simulated',
        },
      }),
    };
  });
  return { type: 'incidents.stored', at, force: 'metropolitan', batch, part: 0, changes };
}

function rankingsAt(atMs: number): Announcement[] {
  const at = formatInstant(atMs);
  return THEMES.flatMap((theme) =>
    HORIZONS.map((horizonHours) => {
      const ranked = ranking({ force: 'metropolitan', theme, horizonHours }, 50, 7_000);
      return { ...ranked, at, window: { from: at, to: formatInstant(atMs + horizonHours * 3_600_000) } };
    }),
  );
}

/** LIVE as the keeper asks for it: all that it told is in the archive already. */
function liveOf(epoch: string): LiveStream {
  const nothing = async function* (): AsyncGenerator<never> {};
  return {
    position: () => Promise.resolve({ epoch, firstSeq: 1, lastSeq: 0 }),
    held: nothing,
    subjects: () => Promise.resolve(new Map()),
  } as unknown as LiveStream;
}

function clockAt(atMs: number): { kind: 'system'; now: () => number; speed: number } {
  return { kind: 'system', now: () => atMs, speed: 1 };
}

/** Megabytes on disk, of the archive and of what replay keeps beside it. */
export async function megabytesKept(database: Database): Promise<{ archive: number; replay: number }> {
  const { rows } = await database.query<{ archive: number; replay: number }>(
    `select pg_total_relation_size('live_archive')::float8 / 1e6 as archive,
       (pg_total_relation_size('replay_parts') + pg_total_relation_size('replay_tallies')
         + pg_total_relation_size('replay_keyframes'))::float8 / 1e6 as replay`,
  );
  return rows[0] ?? { archive: NaN, replay: NaN };
}
