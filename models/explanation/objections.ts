/** What speaks against a forecast, as far as the model and the incidents behind it tell. */
import type { Cell } from '../../shared/cell.ts';
import type { NaiveMap, Objection } from '../../shared/explanation.ts';
import type { Spread } from '../../shared/hotspot.ts';
import type { Theme } from '../../shared/theme.ts';
import { DAY_MS } from '../../shared/time.ts';
import { countedAtMs, type CountedIncident } from '../features/counted-incident.ts';
import { chanceAtMost } from '../interval.ts';

const LATELY_DAYS = 30;
const YEAR_DAYS = 365;
/** One month in ten is so quiet by chance. */
const UNLIKELY = 0.1;
const FEW = 5;
/** What is certain to happen needs no warning that nothing may. */
const LEAST_CHANCE_OF_NONE = 0.05;
const LEAST_SHARE = 0.02;
/** The forecast is that much above last year's map. */
const LEAST_LEAD = 0.1;

export interface Evidence {
  expected: number;
  rhythm: number;
  spread: Spread;
  dispersion: number;
  naiveMap: NaiveMap;
  /** Of the theme, here, and here and around, as far back as a year; without those that may not be told of. */
  here: readonly CountedIncident[];
  hereAndAround: readonly CountedIncident[];
  nowMs: number;
  theme: Theme;
  /** Whose weights the theme's are. */
  fittedOn: Theme;
}

/** Last year's count, spread over the window as the area's incidents are: `weightedHours` of `FeatureContext`. */
export function naiveMapOf(
  here: readonly CountedIncident[],
  { nowMs, knownDays, weightedHours }: { nowMs: number; knownDays: number; weightedHours: number },
): NaiveMap {
  const days = Math.min(YEAR_DAYS, Math.max(1, knownDays));
  const incidents = countWithin(here, YEAR_DAYS, nowMs);
  return { expected: (incidents / days) * (weightedHours / 24), incidents, days: Math.round(days) };
}

/** Of the theme's incidents, those in any of the cells. */
export function incidentsIn<Incident extends CountedIncident>(
  incidents: readonly Incident[],
  cells: ReadonlySet<Cell>,
): Incident[] {
  return incidents.filter(({ cell }) => cells.has(cell));
}

/** The weightiest first. */
export function objectionsTo(evidence: Evidence): Objection[] {
  const { expected, rhythm, spread, dispersion, naiveMap, here, hereAndAround, nowMs } = evidence;
  const objections: Objection[] = [];
  const lately = countWithin(here, LATELY_DAYS, nowMs);
  const usual = (naiveMap.incidents * LATELY_DAYS) / naiveMap.days;
  if (naiveMap.days > LATELY_DAYS && lately < usual && chanceAtMost(lately, usual, dispersion) < UNLIKELY)
    objections.push({ objection: 'quiet-lately', incidents: lately, usual });
  if (-rhythm > LEAST_SHARE * expected) objections.push({ objection: 'other-hours', expected: -rhythm });
  if (naiveMap.expected < expected * (1 - LEAST_LEAD))
    objections.push({ objection: 'naive-map-lower', expected: naiveMap.expected });
  const behind = countWithin(hereAndAround, YEAR_DAYS, nowMs);
  if (behind < FEW) objections.push({ objection: 'few-incidents', incidents: behind });
  if (evidence.fittedOn !== evidence.theme)
    objections.push({ objection: 'borrowed-weights', from: evidence.fittedOn });
  const chance = 1 - spread.chanceOfAny;
  if (spread.lower95 === 0 && chance > LEAST_CHANCE_OF_NONE)
    objections.push({ objection: 'none-is-possible', chance });
  return objections;
}

function countWithin(incidents: readonly CountedIncident[], days: number, nowMs: number): number {
  return incidents.filter((incident) => nowMs - countedAtMs(incident) <= days * DAY_MS).length;
}
