/** The parts that a picture is kept in: what each is called, how it is packed, and how it comes back into a picture. */
import type { AlertChanged, HotspotsRanked, StoredIncident } from '../../shared/announcement.ts';
import type { Cell } from '../../shared/cell.ts';
import type { FeedState } from '../../shared/feed.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Origin } from '../../shared/incident.ts';
import type { CellCounts, PeriodCounts } from '../../shared/messages.ts';
import type { Theme } from '../../shared/theme.ts';
import type { LivePicture, View } from '../gateway/live-picture.ts';
import type { KeyframePart } from '../store/replay-keyframe-store.ts';
import { pack, packJson, unpack, unpackJson } from './packed.ts';

/** What of a picture is wanted: places as fine as `view` says. */
export interface PastView {
  view: View;
  forces: readonly Force[];
  themes: readonly Theme[];
  horizonHours: HorizonHours;
}

type Name = [kind: string, name: string];

export const countsName = (view: View, theme: Theme, force: Force): Name => [
  'counts',
  `${view}|${theme}|${force}`,
];
export const periodsName = (view: View, theme: Theme): Name => ['periods', `${view}|${theme}`];
export const rankingsName = (theme: Theme, horizonHours: HorizonHours): Name => [
  'rankings',
  `${theme}|${horizonHours}`,
];
export const latestName = (force: Force): Name => ['latest', force];
export const ALERTS: Name = ['alerts', ''];
export const FEEDS: Name = ['feeds', ''];
export const ORIGINS: Name = ['origins', ''];
export const SEEN: Name = ['seen', ''];

/** All that such a view is made of. */
export function namesOf({ view, forces, themes, horizonHours }: PastView): Name[] {
  return [
    ...forces.flatMap((force) => themes.map((theme) => countsName(view, theme, force))),
    // Which origins a period has is read from the coarsest view, whoever asks.
    ...[...new Set<View>([view, 'coarse'])].flatMap((own) => themes.map((theme) => periodsName(own, theme))),
    ...themes.map((theme) => rankingsName(theme, horizonHours)),
    ...forces.map(latestName),
    ...[ALERTS, FEEDS, ORIGINS, SEEN],
  ];
}

export async function packWords([kind, name]: Name, value: unknown): Promise<KeyframePart> {
  return { kind, name, body: await packJson(value) };
}

/** Of one view, theme and force. */
export async function packCounts([kind, name]: Name, counts: readonly CellCounts[]): Promise<KeyframePart> {
  const steps = counts.flatMap((counted) => counted.steps);
  const columns = [
    Int32Array.from(counts, (counted) => counted.steps.length),
    Int32Array.from(steps, ([step]) => step),
    Int32Array.from(steps, ([, count]) => count),
    Float64Array.from(steps, ([, , harm = 0]) => harm),
  ];
  return { kind, name, body: await pack({ header: counts.map(({ cell }) => cell), columns }) };
}

/** `[force, theme, origin, when it was last received]` */
export type NotedOrigin = [force: Force, theme: Theme, origin: Origin, receivedMs: number];

/** What of the parts is no part of a `LivePicture`. */
export interface BesidePicture {
  latest: StoredIncident[];
  seen: string[];
}

/** Brings parts into an empty picture. */
export async function loadParts(
  parts: readonly KeyframePart[],
  picture: LivePicture,
): Promise<BesidePicture> {
  const beside: BesidePicture = { latest: [], seen: [] };
  for (const part of parts) await LOADERS[part.kind]?.(part, picture, beside);
  return beside;
}

type Loader = (part: KeyframePart, picture: LivePicture, beside: BesidePicture) => Promise<void>;

const LOADERS: Record<string, Loader> = {
  counts: loadCounts,
  periods: async ({ name, body }, picture) => {
    const [view] = name.split('|') as [View];
    for (const counted of (await unpackJson(body)) as PeriodCounts[]) picture.periods(view).load(counted);
  },
  rankings: async ({ body }, picture) => {
    for (const ranked of (await unpackJson(body)) as HotspotsRanked[]) picture.apply(ranked);
  },
  latest: async ({ body }, _picture, beside) => {
    beside.latest.push(...((await unpackJson(body)) as StoredIncident[]));
  },
  alerts: async ({ body }, picture) => {
    for (const changed of (await unpackJson(body)) as AlertChanged[]) picture.apply(changed);
  },
  feeds: async ({ body }, picture) => {
    for (const feed of (await unpackJson(body)) as FeedState[])
      picture.feeds.set(`${feed.agency}/${feed.feed}`, feed);
  },
  origins: async ({ body }, picture) => {
    for (const noted of (await unpackJson(body)) as NotedOrigin[]) picture.noteOrigin(...noted);
  },
  seen: async ({ body }, _picture, beside) => {
    beside.seen = (await unpackJson(body)) as string[];
  },
};

async function loadCounts({ name, body }: KeyframePart, picture: LivePicture): Promise<void> {
  const [view, theme, force] = name.split('|') as [View, Theme, Force];
  const { header, columns } = await unpack(body);
  const [lengths = [], steps = [], counts = [], harms = []] = columns;
  const add = picture.counts(view).adder(force, theme);
  let at = 0;
  (header as Cell[]).forEach((cell, index) => {
    for (let left = lengths[index] ?? 0; left > 0; left--, at++)
      add(cell, steps[at] ?? 0, counts[at] ?? 0, harms[at] ?? 0);
  });
}
