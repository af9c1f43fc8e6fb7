/** What followed an action at its place: incidents against the expected in the weeks before it was given and after it was done. */
import { coarseCell, fineCells } from '../../shared/cell.ts';
import type { PlaceWeek, TriedAtPlace } from '../../shared/partner-action.ts';
import { themesOf } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, parseInstant, type TimeZone } from '../../shared/time.ts';
import { intervalOf } from '../../models/interval.ts';
import { observedOverExpected } from '../../models/partners/observed-over-expected.ts';
import type { Database } from '../store/database.ts';
import { selectExpectedDays, type ExpectedDay } from '../store/expected-days.ts';
import { selectNearbyIncidents } from '../store/nearby-incidents.ts';
import type { KeptAction } from '../store/partner-action-store.ts';
import { selectReportedDays } from '../store/reported-days.ts';

/** On each side. */
const WEEKS = 4;
const WEEK_DAYS = 7;

interface Span {
  phase: PlaceWeek['phase'];
  fromMs: number;
  toMs: number;
}

interface Told extends Span {
  observed: number | null;
  expected: number | null;
  dispersion: number | null;
}

export type Followed = Omit<TriedAtPlace, 'action'>;

/** Over the action's coarse hexagon, in whole weeks of local days; those that are not over are left out. */
export async function whatFollowed(
  database: Pick<Database, 'query'>,
  action: KeptAction,
  { nowMs, timeZone }: { nowMs: number; timeZone: TimeZone },
): Promise<Followed> {
  const spans = weeksAround(action, timeZone).filter(({ toMs }) => toMs <= nowMs);
  const [first] = spans;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return { weeks: [], before: null, after: null };
  const { force, theme } = action;
  const cells = fineCells(coarseCell(action.cell));
  const days = await selectExpectedDays(database, {
    ...{ force, theme, cells, fromMs: first.fromMs, toMs: last.toMs },
  });
  const incidents = await selectNearbyIncidents(database, {
    ...{ forces: [force], cells, fromMs: first.fromMs, knownByMs: Infinity, onlyReported: true },
  });
  const counted = incidents.filter(
    (incident) => incident.timePrecision !== 'month' && themesOf(incident).includes(theme),
  );
  const told: Told[] = [];
  for (const span of spans) {
    const { fromMs, toMs } = span;
    const reported = await selectReportedDays(database, { force, fromMs, days: WEEK_DAYS });
    const within = counted.filter(({ occurredAtMs }) => occurredAtMs >= fromMs && occurredAtMs < toMs);
    told.push({
      ...span,
      observed: reported.size === WEEK_DAYS ? within.length : null,
      ...expectedIn(days, span),
    });
  }
  return { weeks: told.map(shownWeek), before: sumOf(told, 'before'), after: sumOf(told, 'after') };
}

function weeksAround({ givenAt, doneAt }: KeptAction, timeZone: TimeZone): Span[] {
  const day = (ms: number): number => timeZone.startOfDay(ms);
  const given = day(parseInstant(givenAt) ?? 0);
  const week = (startMs: number, number: number): Omit<Span, 'phase'> => ({
    // Half a day on, so that a day of 23 or 25 hours shifts nothing.
    fromMs: day(startMs + number * WEEK_DAYS * DAY_MS + 12 * HOUR_MS),
    toMs: day(startMs + (number + 1) * WEEK_DAYS * DAY_MS + 12 * HOUR_MS),
  });
  const before = Array.from({ length: WEEKS }, (_, n): Span => ({
    ...{ phase: 'before', ...week(given, n - WEEKS) },
  }));
  if (doneAt === null) return before;
  const done = day(day(parseInstant(doneAt) ?? 0) + 36 * HOUR_MS);
  return [
    ...before,
    ...Array.from({ length: WEEKS }, (_, n): Span => ({ phase: 'after', ...week(done, n) })),
  ];
}

/** Unknown where a day of it has no forecast; the widest of its days' dispersions. */
function expectedIn(
  days: readonly ExpectedDay[],
  { fromMs, toMs }: Span,
): Pick<Told, 'expected' | 'dispersion'> {
  const own = days.filter((day) => day.fromMs >= fromMs && day.fromMs < toMs);
  if (own.length < WEEK_DAYS) return { expected: null, dispersion: null };
  return {
    expected: own.reduce((sum, { expected }) => sum + expected, 0),
    dispersion: own.some(({ dispersion }) => dispersion === null)
      ? null
      : Math.max(...own.map(({ dispersion }) => dispersion ?? 0)),
  };
}

function shownWeek({ fromMs, toMs, phase, observed, expected, dispersion }: Told): PlaceWeek {
  const range =
    expected === null || dispersion === null
      ? { lower: null, upper: null }
      : intervalOf(expected, dispersion);
  return {
    ...{ from: formatInstant(fromMs), to: formatInstant(toMs), phase, observed },
    ...{ expected: expected === null ? null : Math.round(expected * 100) / 100, ...range },
  };
}

function sumOf(told: readonly Told[], phase: Span['phase']): Followed['before'] {
  const own = told.filter((week) => week.phase === phase && week.observed !== null && week.expected !== null);
  if (own.length === 0) return null;
  const observed = own.reduce((sum, week) => sum + (week.observed ?? 0), 0);
  const expected = own.reduce((sum, week) => sum + (week.expected ?? 0), 0);
  const isSpreadKnown = own.every(({ dispersion }) => dispersion !== null);
  const dispersion = Math.max(...own.map((week) => week.dispersion ?? 0));
  const { ratio, interval95 } = observedOverExpected(observed, expected, dispersion);
  return {
    ...{ weeks: own.length, observed, expected: Math.round(expected * 100) / 100, ratio },
    interval95: isSpreadKnown ? interval95 : null,
  };
}
