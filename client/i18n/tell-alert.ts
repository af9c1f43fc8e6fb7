/** An alert in words: what, where, how many, how rarely by chance, since when. */
import type { Alert } from '../../shared/alert-state.ts';
import { cellCentre, type Cell } from '../../shared/cell.ts';
import { parseInstant } from '../../shared/time.ts';
import { TOWNS, type Town } from '../state/gazetteer.ts';
import { placeFrom } from '../state/place.ts';
import { formatCount, formatExpected, formatOccurred, formatPlace } from './format.ts';
import { words } from './words.ts';

type Centre = readonly [latitude: number, longitude: number];

/** Farther from any town a place is told from the area's centre. */
const NEAR_KILOMETRES = 15;
const RIGHT_THERE_KILOMETRES = 1;
const DAYS_A_YEAR = 365.25;

/** `1.4 km NE of Camden`; where no town is near, from the area's centre. */
export function placeOfAlert(alert: Alert, centre: Centre): string {
  const [cell] = alert.finding.cells;
  if (cell === undefined) return words.force(alert.force);
  const where = placeInWords(cell, centre);
  return alert.coarse ? words.about(where) : where;
}

/** By the nearest town, else from the area's centre. */
export function placeInWords(cell: Cell, centre: Centre): string {
  const point = cellCentre(cell);
  return nearTown(point) ?? formatPlace(centre, point);
}

function nearTown(point: Centre): string | undefined {
  const ranked = TOWNS.map((town) => ({ town, place: placeFrom([town.latitude, town.longitude], point) }));
  const nearest = ranked.reduce((best, one) => (one.place.kilometres < best.place.kilometres ? one : best));
  const { kilometres, direction } = nearest.place;
  if (kilometres > NEAR_KILOMETRES) return undefined;
  const name = nameOf(nearest.town);
  if (kilometres < RIGHT_THERE_KILOMETRES) return name;
  return words.alertNear(formatExpected(kilometres), words.direction[direction], name);
}

function nameOf({ name, welsh }: Town): string {
  return words.locale.startsWith('cy') ? (welsh ?? name) : name;
}

/** `9 where 1.4 are expected`. */
export function countsOfAlert({ finding }: Alert): string {
  const { observed, expected } = finding;
  return expected === null
    ? words.alertCount(formatCount(observed), words.incidents(observed))
    : words.alertCounts(formatCount(observed), formatExpected(expected));
}

/** Beyond so many years the tail of chance is carried on further than anything it was fitted to. */
const TRUSTED_YEARS = 10;

/** `by chance once in 30 days`; undefined where nobody reckoned it. */
export function rarityOfAlert({ finding: { onceInDays: days } }: Alert): string | undefined {
  if (days === null) return undefined;
  if (days < 1.5) return words.alertOnceADay;
  if (days < 2 * DAYS_A_YEAR) return words.alertOnceInDays(formatCount(Math.round(days)));
  const years = Math.round(days / DAYS_A_YEAR);
  return years <= TRUSTED_YEARS
    ? words.alertOnceInYears(formatCount(years))
    : words.alertHardlyByChance(formatCount(TRUSTED_YEARS));
}

/** `new since 21:40`, `Rule since 21:40`. */
export function classOfAlert({ finding }: Alert, nowMs: number, timeZone: string): string {
  const kind = finding.class === null ? words.alertKind[finding.kind] : words.alertClass[finding.class];
  const since = parseInstant(finding.since);
  if (since === undefined) return kind;
  return `${kind} ${words.alertSince(formatOccurred(since, 'minute', nowMs, timeZone))}`;
}

/** As it is said aloud, and to who does not see the list. */
export function alertAloud(alert: Alert, centre: Centre): string {
  const { finding, priority } = alert;
  const what = `${words.theme[finding.theme]}, ${finding.rule?.name ?? words.alertKind[finding.kind]}`;
  return words.alertSaid(
    words.alertPriority[priority],
    what,
    placeOfAlert(alert, centre),
    countsOfAlert(alert),
  );
}
