/** Rolls the picture up by force: what happened, what is expected, and of which forces nothing is known. */
import type { FeedState } from '../../shared/feed.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import { UNASSIGNED, type Force } from '../../shared/force.ts';
import { COUNT_STEP_MS } from '../../shared/messages.ts';
import type {
  DataState,
  National,
  NationalForecast,
  NationalRow,
  TrailingCounts,
} from '../../shared/national.ts';
import { isTimed } from '../../shared/period.ts';
import type { Theme } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { viewOf, visibleForces, type Principal } from '../access/policy.ts';
import type { LivePicture } from './live-picture.ts';
import { shownRanking } from './shown.ts';

export interface NationalQuestion {
  principal: Principal;
  theme: Theme;
  horizonHours: HorizonHours;
  nowMs: number;
  /** Of every feed there is. */
  feeds: readonly FeedState[];
}

export type RowWithoutNormals = Omit<NationalRow, 'normals'>;
export interface NationalWithoutNormals extends Omit<National, 'forces' | 'total'> {
  forces: RowWithoutNormals[];
  total: Omit<National['total'], 'normals'>;
}

/** One row per force that the policy shows, also where nothing is known of it. */
export function nationalOf(picture: LivePicture, question: NationalQuestion): NationalWithoutNormals {
  const { principal, theme, horizonHours, nowMs } = question;
  const knowledge = knowledgeOf(picture, question.feeds, nowMs);
  const rows = visibleForces(principal).map((force): RowWithoutNormals => {
    const { data, feeds, isTimedAtAll } = knowledge(force);
    return {
      force,
      data,
      feeds,
      counts: isTimedAtAll ? countsOf(picture, question, force) : null,
      forecast: forecastOf(picture, question, force),
    };
  });
  return { at: formatInstant(nowMs), theme, horizonHours, forces: rows, total: totalOf(rows) };
}

/** What is known of a force. */
export interface Knowledge extends Pick<NationalRow, 'data' | 'feeds'> {
  /** Whether a feed that tells of it knows the hour of anything. */
  isTimedAtAll: boolean;
}

/** By the feeds that told of each force. */
export function knowledgeOf(
  picture: LivePicture,
  states: readonly FeedState[],
  nowMs: number,
): (force: Force) => Knowledge {
  const known = new Map(states.map((state) => [`${state.agency}/${state.feed}`, state]));
  return (force) => {
    const feeds = { live: 0, late: 0, silent: 0 };
    const own = picture.feedsByForce.of(force, nowMs).map((feed) => known.get(feed));
    // A feed whose health is not known yet has only just begun to speak.
    for (const feed of own) feeds[feed?.condition ?? 'live']++;
    const isTimedAtAll = own.some((feed) => isTimed(feed?.finestPrecision ?? 'minute'));
    return { data: dataOf(feeds), feeds, isTimedAtAll };
  };
}

/** The best of the feeds that tell of a force says what its figures are worth. */
export function dataOf({ live, late, silent }: NationalRow['feeds']): DataState {
  if (live > 0) return 'live';
  if (late > 0) return 'late';
  return silent > 0 ? 'silent' : 'none';
}

function countsOf(
  picture: LivePicture,
  { principal, theme, nowMs }: NationalQuestion,
  force: Force,
): TrailingCounts {
  // Half a step either way: on average the window is as long as it says, as on the map.
  const since = (hours: number): number => Math.round((nowMs - hours * HOUR_MS) / COUNT_STEP_MS);
  const counts = picture.counts(viewOf(principal));
  const [lastHour = 0, last8Hours = 0, last24Hours = 0] = counts.totals(force, theme, [1, 8, 24].map(since));
  return { lastHour, last8Hours, last24Hours };
}

function forecastOf(
  picture: LivePicture,
  { principal, theme, horizonHours, nowMs }: NationalQuestion,
  force: Force,
): NationalForecast | null {
  const [ranked] = picture.hotspots([force], [theme], horizonHours);
  if (ranked === undefined) return null;
  const { at, unavailable, hotspots } = shownRanking(principal, ranked);
  const ageSeconds = Math.max(0, Math.round((nowMs - Date.parse(at)) / 1_000));
  const isThere = unavailable === null;
  return {
    at,
    ageSeconds,
    unavailable,
    hotspots: isThere ? hotspots.length : null,
    highestExpected: isThere ? highest(hotspots.map(({ expected }) => expected)) : null,
  };
}

function totalOf(rows: readonly RowWithoutNormals[]): NationalWithoutNormals['total'] {
  const forces = { live: 0, late: 0, silent: 0, none: 0 };
  for (const { force, data } of rows) if (force !== UNASSIGNED) forces[data]++;
  const counts = rows.flatMap((row) => row.counts ?? []);
  const hotspots = rows.flatMap(({ forecast }) => forecast?.hotspots ?? []);
  return {
    forces,
    counts:
      counts.length === 0
        ? null
        : {
            lastHour: sum(counts.map(({ lastHour }) => lastHour)),
            last8Hours: sum(counts.map(({ last8Hours }) => last8Hours)),
            last24Hours: sum(counts.map(({ last24Hours }) => last24Hours)),
          },
    hotspots: hotspots.length === 0 ? null : sum(hotspots),
    highestExpected: highest(rows.flatMap(({ forecast }) => forecast?.highestExpected ?? [])),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function highest(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : Math.max(...numbers);
}
