/** The picture some time after one that is kept, part by part, so that no whole picture is held for it. */
import { setImmediate } from 'node:timers/promises';
import type { HotspotsRanked, StoredIncident } from '../../shared/announcement.ts';
import { FORCES_AND_UNASSIGNED } from '../../shared/force.ts';
import { HORIZONS } from '../../shared/forecast.ts';
import { SNAPSHOT_INCIDENTS } from '../../shared/messages.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { LivePicture, type View } from '../gateway/live-picture.ts';
import type { Database } from '../store/database.ts';
import { selectParts, type KeyframePart } from '../store/replay-keyframe-store.ts';
import { selectMessages, selectToldIncidents } from '../store/told-store.ts';
import { applyCounts, applyOrigins, applyPeriods } from './apply-tally.ts';
import { VIEWS } from './base-keyframe.ts';
import {
  ALERTS,
  countsName,
  FEEDS,
  latestName,
  loadParts,
  ORIGINS,
  packCounts,
  packWords,
  periodsName,
  rankingsName,
  SEEN,
  type BesidePicture,
} from './keyframe-parts.ts';
import { newestListed } from './listed-incidents.ts';
import type { PastMoment } from './locate.ts';
import { stretchOf, talliesUpTo } from './past-picture.ts';
import type { Tally } from './tally.ts';

type Asked = Pick<Database, 'query'>;
type Name = [kind: string, name: string];

/** So many of each force and theme: as many again as are shown, since a correction takes some out. */
const KEPT = 2 * SNAPSHOT_INCIDENTS;
/** So many names of batches: as many as a gateway remembers. */
const SEEN_KEPT = 50_000;

export class NextKeyframe {
  readonly #database: Asked;
  readonly #moment: PastMoment;
  readonly #timeZone: TimeZone;

  constructor(database: Asked, moment: PastMoment, timeZone: TimeZone) {
    this.#database = database;
    this.#moment = moment;
    this.#timeZone = timeZone;
  }

  async *parts(): AsyncGenerator<KeyframePart> {
    const { seen } = await this.#load([SEEN]);
    const tallies = await talliesUpTo(this.#database, this.#moment, seen, this.#timeZone);
    for (const view of VIEWS) {
      for (const theme of THEMES) {
        for await (const part of this.#countedParts(tallies, view, theme)) {
          yield part;
          // Whoever waits for a frame waits for one part at most.
          await setImmediate();
        }
      }
    }
    yield* this.#rankings(tallies);
    yield* this.#latest(tallies);
    const { picture } = await this.#load([ORIGINS, ALERTS, FEEDS]);
    for (const tally of tallies) applyOrigins(picture, tally);
    const seqs = tallies.flatMap(({ alerts, feeds }) => [...alerts, ...feeds.map(([, seq]) => seq)]);
    for (const announcement of await selectMessages(this.#database, stretchOf(this.#moment), seqs))
      picture.apply(announcement);
    const noted = FORCES_AND_UNASSIGNED.flatMap((force) =>
      THEMES.flatMap((theme) =>
        picture.originsNoted(force, theme).map(([origin, lastMs]) => [force, theme, origin, lastMs]),
      ),
    );
    yield await packWords(ORIGINS, noted);
    yield await packWords(ALERTS, picture.openAlerts(FORCES_AND_UNASSIGNED));
    yield await packWords(FEEDS, [...picture.feeds.values()]);
    yield await packWords(SEEN, [...seen, ...tallies.flatMap(({ parts }) => parts)].slice(-SEEN_KEPT));
  }

  async *#countedParts(
    tallies: readonly Omit<Tally, 'known'>[],
    view: View,
    theme: Theme,
  ): AsyncGenerator<KeyframePart> {
    const names = FORCES_AND_UNASSIGNED.map((force) => countsName(view, theme, force));
    const { picture } = await this.#load([...names, periodsName(view, theme)]);
    for (const tally of tallies) {
      applyCounts(picture, tally, [theme], view);
      applyPeriods(picture, tally, [theme], view);
    }
    picture.prune(this.#moment.stampMs);
    for (const force of FORCES_AND_UNASSIGNED) {
      const counts = picture.counts(view).of([force], [theme]);
      if (counts.length > 0) yield await packCounts(countsName(view, theme, force), counts);
    }
    const periods = picture.periods(view).of(FORCES_AND_UNASSIGNED, [theme]);
    if (periods.length > 0) yield await packWords(periodsName(view, theme), periods);
  }

  async *#rankings(tallies: readonly Omit<Tally, 'known'>[]): AsyncGenerator<KeyframePart> {
    const last = new Map<string, Map<string, number>>();
    for (const [force, theme, hours, seq] of tallies.flatMap(({ rankings }) => rankings)) {
      const key = `${theme}|${hours}`;
      last.set(key, (last.get(key) ?? new Map<string, number>()).set(force, seq));
    }
    for (const theme of THEMES) {
      for (const horizonHours of HORIZONS) {
        const { picture } = await this.#load([rankingsName(theme, horizonHours)]);
        const seqs = [...(last.get(`${theme}|${horizonHours}`)?.values() ?? [])];
        for (const ranked of await selectMessages(this.#database, stretchOf(this.#moment), seqs))
          picture.apply(ranked);
        const all: HotspotsRanked[] = picture.hotspots(FORCES_AND_UNASSIGNED, [theme], horizonHours);
        if (all.length > 0) yield await packWords(rankingsName(theme, horizonHours), all);
      }
    }
  }

  async *#latest(tallies: readonly Omit<Tally, 'known'>[]): AsyncGenerator<KeyframePart> {
    const { latest } = await this.#load(FORCES_AND_UNASSIGNED.map(latestName));
    const latestMs = this.#moment.stampMs + HOUR_MS;
    const named = new Set([
      ...latest.map(({ force }) => force),
      ...tallies.flatMap(({ words }) => words.forces),
    ]);
    for (const force of named) {
      const own = new Set<StoredIncident>();
      const places = new Map<number, Set<number>>();
      for (const theme of THEMES) {
        const wanted = { forces: [force], themes: [theme], most: KEPT, latestMs };
        const newest = newestListed(latest, tallies, wanted);
        for (const incident of newest.known) own.add(incident);
        for (const [seq, indexes] of newest.places)
          places.set(seq, (places.get(seq) ?? new Set<number>()).union(new Set(indexes)));
      }
      const told = await selectToldIncidents(
        this.#database,
        stretchOf(this.#moment),
        new Map([...places].map(([seq, indexes]) => [seq, [...indexes]])),
      );
      const all = [...own, ...told];
      if (all.length > 0) yield await packWords(latestName(force), all);
    }
  }

  async #load(names: Name[]): Promise<BesidePicture & { picture: LivePicture }> {
    const picture = new LivePicture(this.#timeZone);
    const parts = await selectParts(this.#database, this.#moment.keyframe.keyframe, names);
    return { ...(await loadParts(parts, picture)), picture };
  }
}
