/** Reads a shift's handover for one reader, from what is stored: alerts as they stood at its end, all else as known now. */
import { fineCells, finenessOf, type Cell } from '../../shared/cell.ts';
import type { FeedOutage, ForecastOutcome } from '../../shared/forecast-outcome.ts';
import type { Force } from '../../shared/force.ts';
import type { Handover, HandoverFigure } from '../../shared/handover.ts';
import { isOpenAction } from '../../shared/partner-action.ts';
import { shiftOf, type Span } from '../../shared/shift.ts';
import { isOpenTasking } from '../../shared/tasking.ts';
import { themesOf, THEMES, type Theme } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import { permits, type Principal } from '../access/policy.ts';
import { shownAction } from '../actions/shown-action.ts';
import type { Knowledge } from '../gateway/national.ts';
import { shownAlert } from '../gateway/shown.ts';
import { readOutcome } from '../outcomes/read-outcome.ts';
import type { LastYears } from '../scorecard/last-year.ts';
import type { Services } from '../services.ts';
import { selectAlertsOfSpan } from '../store/alerts-of-span.ts';
import { selectOutages } from '../store/feed-condition-store.ts';
import { selectForecast } from '../store/forecast-store.ts';
import { selectNotes } from '../store/handover-note-store.ts';
import { selectWindowCounts } from '../store/hour-count-store.ts';
import { selectActions } from '../store/partner-action-store.ts';
import { selectDoses, type PatrolDose } from '../store/patrol-store.ts';
import { selectTaskings } from '../store/tasking-store.ts';
import { deliveredOf } from '../taskings/delivered.ts';
import { shownTasking } from '../taskings/shown-tasking.ts';
import { alertCounts, belongsToSpan, handoverStep, silence } from './assemble.ts';
import { replayLink, type ReplayedView } from './replay-link.ts';

export interface HandoverQuestion extends Span {
  principal: Principal;
  force: Force;
  theme: Theme;
  nowMs: number;
  /** What is known of the force at present, and the feeds (`agency/feed`) that tell of it. */
  knowledge: Knowledge;
  feeds: readonly string[];
  lastYears: LastYears;
}

const MOST_ALERTS = 300;
const MOST_ACTIONS = 500;
const LISTED_HOTSPOTS = 20;
/** Within which what has happened is told to the room. */
const TELLING_MS = 5_000;
/** The forecast of a shift. */
const HORIZON_HOURS = 8;

type Needs = Pick<Services, 'config' | 'database' | 'normals'>;

export async function readHandover(services: Needs, question: HandoverQuestion): Promise<Handover> {
  const { config, database } = services;
  const { force, theme, fromMs, toMs, nowMs, knowledge } = question;
  const timeZone = new TimeZone(config.timeZone);
  const untilMs = Math.min(toMs, nowMs);
  const until = formatInstant(untilMs);
  const span = { fromMs, toMs: untilMs };
  const view: ReplayedView = { force, theme, horizonHours: HORIZON_HOURS };
  const outages = (await selectOutages(database, span)).filter(({ agency, feed }) =>
    question.feeds.includes(`${agency}/${feed}`),
  );
  const feeds = silence(question.feeds, outages, span);
  const isKnown = knowledge.data !== 'none' && knowledge.isTimedAtAll && feeds.silentThroughout < feeds.known;
  const alerts = await alertsOf(services, question, span);
  const doses = await selectDoses(database, {
    ...{ forces: [force], fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS, toMs: untilMs },
  });
  const hotspots = await hotspotsOf(services, question, { doses, view });
  const taskings = await taskingsOf(services, question, untilMs);
  return {
    ...{ force, theme, timeZone: timeZone.name, from: formatInstant(fromMs), to: formatInstant(toMs), until },
    ...{ shift: shiftOf({ fromMs, toMs }, timeZone), madeAt: formatInstant(nowMs) },
    ...{ replay: replayLink(until, view), data: knowledge.data, feeds },
    figures: await figuresOf(services, question, { span, isKnown }),
    alerts,
    hotspots,
    doses: dosesOf(doses, hotspots?.listed.map(({ cell }) => cell) ?? []),
    taskings,
    open: {
      alerts: alerts.listed.filter(({ state }) => isOpenState(state)).map(({ alert }) => alert.id),
      taskings: taskings.filter(({ openAtEnd }) => openAtEnd).map(({ tasking }) => tasking.id),
      actions: await actionsOf(services, question, { untilMs, timeZone }),
    },
    outages: outages.map((outage) => ({ ...outage, replay: replayLink(atItsEnd(outage, untilMs), view) })),
    notes: await selectNotes(database, { force, fromMs, toMs }),
    basemap: config.basemap,
  };
}

function isOpenState(state: string): boolean {
  return state !== 'resolved' && state !== 'dismissed';
}

/** Replay begins with the span where something began before it. */
function laterOf(at: string, ms: number): string {
  return Date.parse(at) > ms ? at : formatInstant(ms);
}

/** Told of a second after it was raised, and handled then at the earliest. */
function whenTold(at: string, { fromMs, toMs }: Span): string {
  return formatInstant(Math.min(toMs, Math.max(fromMs, Date.parse(at) + TELLING_MS)));
}

/** Where its silence is known: at its beginning it had just spoken. */
function atItsEnd({ to }: FeedOutage, untilMs: number): string {
  return formatInstant(Math.min(untilMs, to === null ? Infinity : Date.parse(to)) - TELLING_MS);
}

interface FigureSpan {
  span: Span;
  isKnown: boolean;
}

async function figuresOf(
  { database, normals }: Needs,
  { force }: HandoverQuestion,
  { span, isKnown }: FigureSpan,
): Promise<HandoverFigure[]> {
  const counts = isKnown ? await selectWindowCounts(database, [span.fromMs], span.toMs) : [];
  const own = counts.filter((count) => count.force === force);
  return THEMES.map((theme) => {
    const reported = own
      .filter((count) => themesOf(count).includes(theme))
      .reduce((sum, { incidents }) => sum + (incidents[0] ?? 0), 0);
    return {
      theme,
      reported: isKnown ? reported : null,
      ...(isKnown ? normals.usualIn([force], theme, span) : { normal: null, reason: 'no-data' }),
      replay: replayLink(formatInstant(span.toMs), { force, theme, horizonHours: HORIZON_HOURS }),
    };
  });
}

async function alertsOf(
  { database }: Needs,
  { principal, force }: HandoverQuestion,
  span: Span,
): Promise<Handover['alerts']> {
  const found = await selectAlertsOfSpan(database, { force, ...span, limit: 5 * MOST_ALERTS });
  const told = found
    .map(({ alert, sensitive, steps }) => ({
      alert: shownAlert(principal, { alert, sensitive }),
      state: alert.state,
      steps: steps.map(handoverStep),
    }))
    .filter((one) => belongsToSpan(one, span));
  return {
    ...alertCounts(told, span),
    listed: told.slice(0, MOST_ALERTS).map((one) => ({
      ...one,
      replay: replayLink(whenTold(one.alert.raisedAt, span), {
        ...{ force, theme: one.alert.finding.theme, horizonHours: HORIZON_HOURS },
        ...(one.alert.finding.cells[0] !== undefined && { cell: one.alert.finding.cells[0] }),
      }),
    })),
    more: Math.max(0, told.length - MOST_ALERTS),
  };
}

interface Doses {
  doses: readonly PatrolDose[];
  view: ReplayedView;
}

async function hotspotsOf(
  { database }: Needs,
  { principal, force, theme, fromMs, nowMs, lastYears }: HandoverQuestion,
  { doses, view }: Doses,
): Promise<Handover['hotspots']> {
  const series = { force, theme, horizonHours: HORIZON_HOURS } as const;
  const forecast = await selectForecast(database, { ...series, at: formatInstant(fromMs) });
  if (forecast === undefined || 'withheld' in forecast) return null;
  if (Date.parse(forecast.window.to) <= fromMs) return null;
  const outcome: ForecastOutcome = await readOutcome(database, {
    // The handover tells of outages itself.
    ...{ forecast, nowMs, lastYears, tellsOf: () => false },
    reader: {
      coarse: !permits(principal, { act: 'place-theme-finely', theme }),
      cleared: permits(principal, { act: 'place-theme-finely', theme: 'vawg' }),
    },
  });
  const { issuedAt, window, state, told, coarse, incidents, model, naiveMap } = outcome;
  return {
    ...{ issuedAt, window, state, told, coarse, incidents, model, naiveMap },
    listed: outcome.hotspots.slice(0, LISTED_HOTSPOTS).map((hotspot) => ({
      ...hotspot,
      minutes: minutesIn(doses, [hotspot.cell]),
      replay: replayLink(laterOf(window.from, fromMs), { ...view, cell: hotspot.cell }),
    })),
    replay: replayLink(laterOf(window.from, fromMs), view),
  };
}

/** Null where no unit of the force told in the span where it was. */
function minutesIn(doses: readonly PatrolDose[], cells: readonly Cell[]): number | null {
  if (doses.length === 0) return null;
  const own = new Set(cells.flatMap((cell) => (finenessOf(cell) === 'coarse' ? fineCells(cell) : [cell])));
  const sum = doses.filter(({ cell }) => own.has(cell)).reduce((total, dose) => total + dose.milliseconds, 0);
  return Math.round((sum / MINUTE_MS) * 10) / 10;
}

function dosesOf(doses: readonly PatrolDose[], hotspots: readonly Cell[]): Handover['doses'] {
  const known = doses.length > 0;
  const all = [...new Set(doses.map(({ cell }) => cell))];
  return { known, minutes: minutesIn(doses, all), inHotspots: minutesIn(doses, hotspots) };
}

async function taskingsOf(
  { database }: Needs,
  { principal, force, fromMs, nowMs }: HandoverQuestion,
  untilMs: number,
): Promise<Handover['taskings']> {
  const touched = await selectTaskings(database, { forces: [force], endedSinceMs: fromMs });
  const own = touched.filter(({ taskedAt }) => Date.parse(taskedAt) < untilMs);
  const delivered = await deliveredOf(database, own, nowMs);
  return own.map((kept, place) => {
    const tasking = shownTasking(principal, kept, delivered[place]);
    const { theme, cell, taskedAt, changedAt } = tasking;
    return {
      tasking,
      openAtEnd: isOpenTasking(kept) || Date.parse(changedAt) >= untilMs,
      replay: replayLink(laterOf(taskedAt, fromMs), { force, theme, horizonHours: HORIZON_HOURS, cell }),
    };
  });
}

async function actionsOf(
  { database }: Needs,
  { principal, force, fromMs, nowMs }: HandoverQuestion,
  { untilMs, timeZone }: { untilMs: number; timeZone: TimeZone },
): Promise<Handover['open']['actions']> {
  const given = await selectActions(database, { forces: [force], limit: MOST_ACTIONS });
  return given
    .filter(
      (action) =>
        Date.parse(action.givenAt) < untilMs &&
        (isOpenAction(action) || Date.parse(action.changedAt) >= untilMs),
    )
    .map((kept) => {
      const action = shownAction(principal, kept, { nowMs, timeZone });
      const { theme, cell, givenAt } = action;
      const at = laterOf(givenAt, fromMs);
      return { action, replay: replayLink(at, { force, theme, horizonHours: HORIZON_HOURS, cell }) };
    });
}
