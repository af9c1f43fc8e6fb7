/** A simulated city, forecast by the shipped model and watched for alerts in all its themes: what a force would be called for. */
import { repeatersOf } from '../../models/emerging/near-repeat.ts';
import { profileAt } from '../../models/features/area-level.ts';
import { CellHistory } from '../../models/features/cell-history.ts';
import type { ForecastModel } from '../../models/onnx-model.ts';
import { AlertWatch } from '../../server/alerts/alert-watch.ts';
import type { Pending } from '../../server/alerts/pending.ts';
import { urgencyOf } from '../../server/alerts/priority.ts';
import { reportingDelays } from '../../server/feeds/reporting-delays.ts';
import { forecastForce } from '../../server/forecast/forecast-force.ts';
import { IssueSchedule } from '../../server/forecast/issue-schedule.ts';
import type { Places } from '../../server/simulator/places.ts';
import { SimulatedCity, type SimulatedMessage } from '../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../server/simulator/telling.ts';
import type { SampledDelays } from '../../server/store/delay-sample.ts';
import type { AlertKind, AlertPriority } from '../../shared/alert.ts';
import type { StoredIncident } from '../../shared/announcement.ts';
import { cellAt } from '../../shared/cell.ts';
import { harmOf } from '../../shared/harm.ts';
import { DELAY_EDGES_HOURS } from '../../shared/reporting-delay.ts';
import { belongsTo, THEMES } from '../../shared/theme.ts';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, parseInstant } from '../../shared/time.ts';
import { LONDON } from './emerging-city.ts';

const FORCE = 'metropolitan';
const START_MS = Date.UTC(2026, 0, 5);
/** The detectors are there so long before the first day that counts. */
const WARM_DAYS = 2;

export interface WatchedCityOptions {
  model: ForecastModel;
  seed: number;
  places: Places;
  perSecond: number;
  /** Of past before the days that count. */
  learnDays: number;
  days: number;
  nearRepeats: boolean;
  clustersPerDay: number;
}

export interface RaisedAlert {
  /** Days since the first that counts. */
  day: number;
  kind: AlertKind;
  /** The highest that it came to. */
  priority: AlertPriority;
}

/** Whoever is called decides when it is over; what is found there later is another alert. */
export async function watchCity(options: WatchedCityOptions): Promise<RaisedAlert[]> {
  const { model, learnDays, days } = options;
  const beginMs = START_MS + learnDays * DAY_MS;
  const history = new CellHistory({ timeZone: LONDON });
  const schedule = new IssueSchedule(LONDON);
  const watch = new AlertWatch(LONDON);
  const emerging = watch.emergingOf(FORCE);
  const sample: SampledDelays[] = [];
  const raised: RaisedAlert[] = [];
  const open = new Map<string, RaisedAlert>();
  const latest: StoredIncident[] = [];
  let tickedMs = 0;

  const record = (pending: Pending): void => {
    const { place, raises, finding, nowMs } = pending;
    const ranked = (): AlertPriority => watch.ranksOf(FORCE).priorityOf(place, urgencyNow(pending, latest));
    const priority = pending.priority ?? ranked();
    const standing = open.get(place);
    if (standing !== undefined) standing.priority = moreUrgent(standing.priority, priority);
    else if (raises) {
      const alert = { day: (nowMs - beginMs) / DAY_MS, kind: finding.kind, priority };
      open.set(place, alert);
      if (nowMs >= beginMs) raised.push(alert);
    }
    watch.settle(pending, { place, stands: open.has(place), isUnknown: false });
    if (finding.over === true) open.delete(place);
  };

  for (const incident of told(options, beginMs + days * DAY_MS)) {
    const nowMs = Date.parse(incident.receivedAt);
    for (const { horizonHours, issueMs } of schedule.advance(nowMs)) {
      if (issueMs < beginMs - (WARM_DAYS + 1) * DAY_MS) continue;
      const forecasts = new Map();
      for (const theme of THEMES) {
        const span = { horizonHours, fromMs: issueMs, nowMs: issueMs };
        const { cells, expected } = await forecastForce(model, history, theme, span);
        forecasts.set(theme, {
          cells,
          expected,
          profile: profileAt(history, history.countsOf(theme), issueMs),
        });
      }
      const window = { issuedMs: issueMs, fromMs: issueMs, toMs: issueMs + horizonHours * HOUR_MS };
      emerging.expect(forecasts, window, false);
    }
    const occurredAtMs = Date.parse(incident.occurredAt);
    history.add({ ...incident, occurredAtMs });
    if (nowMs > beginMs - 20 * DAY_MS) sample.push(delayOf(incident, beginMs - DAY_MS));
    if (nowMs < beginMs - WARM_DAYS * DAY_MS) {
      for (const repeater of repeatersOf(incident))
        watch.nearRepeatOf(FORCE).recall(repeater, { ...incident, atMs: occurredAtMs });
      continue;
    }
    latest.push(incident);
    while (Date.parse(latest[0]?.receivedAt ?? '') < nowMs - 2 * DAY_MS) latest.shift();
    if (nowMs - tickedMs >= MINUTE_MS) {
      tickedMs = nowMs;
      watch.tick(nowMs);
      await learn(watch, sample, model, nowMs);
    }
    watch.take({ incident }, nowMs);
    for (let next = watch.next; next !== undefined; next = watch.next) record(next);
  }
  return raised;
}

async function learn(
  watch: AlertWatch,
  sample: SampledDelays[],
  model: ForecastModel,
  nowMs: number,
): Promise<void> {
  const giveWay = (): Promise<void> => Promise.resolve();
  const emerging = watch.emergingOf(FORCE);
  for (const [theme, one] of emerging.themes) {
    if (!one.needsCalibration(model.id, nowMs)) continue;
    for (const curve of reportingDelays(sample, [FORCE], [theme]).themes) one.toldAs(curve);
    const calibrated = { modelId: model.id, dispersion: model.dispersionOf(theme), nowMs: () => nowMs };
    watch.note(FORCE, emerging.note(theme, await one.calibrate(calibrated, giveWay), nowMs), nowMs);
  }
  const nearRepeats = watch.nearRepeatOf(FORCE);
  if (nearRepeats.needsMeasuring(nowMs)) await nearRepeats.measure(nowMs, giveWay);
}

/** First revisions, in order of becoming known. */
function* told(options: WatchedCityOptions, endMs: number): Generator<StoredIncident> {
  const { seed, places, nearRepeats, clustersPerDay, perSecond } = options;
  const seen = new Set<string>();
  const city = new SimulatedCity(seed, { places, nearRepeats, clustersPerDay });
  const span = { startMs: START_MS, endMs, ratePerSecond: weeklyRate(perSecond) };
  for (const { incident, feed, knownAtMs } of city.messages(span)) {
    if (seen.has(incident.id) || (incident.discovery ?? 'reported') !== 'reported') continue;
    seen.add(incident.id);
    yield storedFrom(incident, feed, knownAtMs);
  }
}

function storedFrom(
  {
    id,
    occurredAt,
    location,
    category,
    markers = [],
    severity = 2,
    timePrecision = 'minute',
  }: SimulatedMessage['incident'],
  { agency, feed }: SimulatedMessage['feed'],
  knownAtMs: number,
): StoredIncident {
  const { lat, lon } = location;
  return {
    ...{ agency, feed, id, revision: 1, status: 'open', origin: 'simulated' },
    ...{ occurredAt: formatInstant(parseInstant(occurredAt) ?? NaN), occurredUntil: null, timePrecision },
    ...{ receivedAt: formatInstant(knownAtMs), lat, lon, cell: cellAt(lat, lon), category, markers },
    ...{ nativeCategory: null, severity, force: FORCE, discovery: 'reported' },
  };
}

function delayOf(incident: StoredIncident, nowMs: number): SampledDelays {
  const passed = (ms: number): number => DELAY_EDGES_HOURS.filter((hours) => hours * HOUR_MS <= ms).length;
  const occurredMs = Date.parse(incident.occurredAt);
  return {
    ...incident,
    delayBin: passed(Date.parse(incident.receivedAt) - occurredMs),
    agePassed: passed(nowMs - occurredMs),
    incidents: 1,
  };
}

function urgencyNow({ finding }: Pending, latest: readonly StoredIncident[]): number {
  const { theme, window, cells, onceInDays } = finding;
  const own = latest.filter(
    (incident) =>
      incident.occurredAt >= window.from && cells.includes(incident.cell) && belongsTo(theme, incident),
  );
  const harm = own.reduce((sum, { category }) => sum + harmOf({ category, discovery: 'reported' }), 0);
  const severity = Math.max(0, ...own.map((incident) => incident.severity));
  return urgencyOf(onceInDays ?? 0, { harmDays: harm / Math.max(1, own.length), severity });
}

function moreUrgent(one: AlertPriority, other: AlertPriority): AlertPriority {
  return (
    (['high', 'medium', 'low'] as const).find((priority) => priority === one || priority === other) ?? one
  );
}
