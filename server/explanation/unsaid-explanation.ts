/** Puts an explanation together: the forecast's own terms, the incidents behind them, and what speaks against. */
import { isSensitive } from '../../shared/category.ts';
import { coarseCell, neighbours } from '../../shared/cell.ts';
import type { ForecastFacts, Objection } from '../../shared/explanation.ts';
import type { Unsaid } from '../../shared/explanation-sentences.ts';
import type { FeedState } from '../../shared/feed.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { attribute, ATTRIBUTED_DAYS, countedOf } from '../../models/explanation/attribution.ts';
import { incidentsIn, naiveMapOf, objectionsTo } from '../../models/explanation/objections.ts';
import { THEME_GROUPS } from '../../models/features/counted-incident.ts';
import { spreadOf } from '../../models/interval.ts';
import type { Database } from '../store/database.ts';
import { selectNearbyIncidents, type NearbyIncident } from '../store/nearby-incidents.ts';
import type { Asked } from './explain-wire.ts';
import type { ExplainedForecast } from './explained-forecast.ts';

const DRIFTS: Objection = { objection: 'drifts' };
/** A month's incidents stand at its beginning. */
const EARLIER_DAYS = 32;
/**
 * Incidents near one cell that the database knows and the forecaster has not counted yet: what is announced is on its
 * way for some milliseconds, and while a recording is played in haste for an hour of its time.
 */
const MOST_ON_THEIR_WAY = 40;

export interface ForView {
  /** May be told of each incident in a fine cell, domestic and sexual ones too. */
  seesSensitive: boolean;
  /** The incidents as known then; Infinity for now. */
  knownByMs: number;
  /** As they are now; of a past forecast nobody knows any more how late its feeds were. */
  feeds: readonly FeedState[];
}

export async function unsaidExplanation(
  database: Pick<Database, 'query'>,
  asked: Asked,
  explained: ExplainedForecast,
  { seesSensitive, knownByMs, feeds }: ForView,
): Promise<Unsaid> {
  const { area, composition, rank, areaCells, forecastId } = explained;
  const { force, theme, cell } = asked;
  const { nowMs, dispersion, fittedOn } = area;
  const cells = new Set(explained.cells);
  const coarse = coarseCell(cell) === cell;
  const around = new Set([...cells, ...explained.cells.flatMap(neighbours)]);
  const fromMs = nowMs - (ATTRIBUTED_DAYS + EARLIER_DAYS) * DAY_MS;
  const read = await selectNearbyIncidents(database, {
    ...{ forces: [force], cells: [...around], fromMs, knownByMs, onlyReported: true },
  });
  const latestFirst = [...read].sort((one, other) => other.receivedAtMs - one.receivedAtMs);
  const withoutSensitive = !coarse && !seesSensitive;
  const mayTell = (incident: Pick<NearbyIncident, 'category' | 'markers'>): boolean =>
    !withoutSensitive || !isSensitive(incident);
  const group = THEME_GROUPS.find(({ name }) => name === theme);
  if (group === undefined) throw new RangeError(`no incidents are counted as ${theme}`);
  const { expected, rhythm, level } = composition;
  const attribution = { ...area, ...composition, group, cells, coarse, mayTell };
  const incidents = countedOf(attribution, latestFirst, MOST_ON_THEIR_WAY) ?? latestFirst;
  const ofIncidents = attribute({ ...attribution, incidents });
  const told = incidents.filter((incident) => group.includes(incident) && mayTell(incident));
  const here = incidentsIn(told, cells);
  const naiveMap = naiveMapOf(here, area);
  const spread = spreadOf(expected, dispersion);
  const facts: ForecastFacts = {
    ...{ at: formatInstant(nowMs), ...asked, window: area.window, modelId: area.modelId, forecastId, coarse },
    ...{ expected, ...spread, rank, areaCells, meanCell: area.meanCell, naiveMap, withoutSensitive },
  };
  const against = objectionsTo({
    ...{ expected, rhythm, spread, dispersion, naiveMap, nowMs, theme, fittedOn },
    ...{ here, hereAndAround: told },
  });
  return {
    facts,
    terms: [...ofIncidents, { term: 'level', expected: level }, { term: 'rhythm', expected: rhythm }],
    against: [...(explained.drifts ? [DRIFTS] : []), ...against, ...ofFeeds(feeds, incidents)],
  };
}

/** Of the feeds that have told of incidents here or around, those that are late or silent. */
function ofFeeds(feeds: readonly FeedState[], incidents: readonly NearbyIncident[]): Objection[] {
  const telling = new Set(incidents.map(({ agency, feed }) => `${agency}/${feed}`));
  return feeds.flatMap(({ agency, feed, condition, lastReceivedAt, lastOccurredAt }): Objection[] => {
    if (condition === 'live' || !telling.has(`${agency}/${feed}`)) return [];
    if (condition === 'silent') return [{ objection: 'feed-silent', agency, feed, at: lastReceivedAt }];
    return [{ objection: 'feed-late', agency, feed, at: lastOccurredAt ?? lastReceivedAt }];
  });
}
