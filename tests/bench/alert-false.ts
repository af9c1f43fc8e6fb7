/** `alert.false`: alerts a day in a city of chance when the expectation is what the shipped model forecast, and incidents are told late. */
import { calibrate } from '../../models/emerging/calibrate.ts';
import { EmergingDetector } from '../../models/emerging/detector.ts';
import { IssuedExpectation } from '../../models/emerging/issued-expectation.ts';
import { ScanGrid } from '../../models/emerging/scan-grid.ts';
import { CellHistory } from '../../models/features/cell-history.ts';
import { countedAtMs, type KnownIncident } from '../../models/features/counted-incident.ts';
import { observedHours, weeklyProfile } from '../../models/features/weekly-profile.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { readConfig } from '../../server/config.ts';
import { forecastForce } from '../../server/forecast/forecast-force.ts';
import { IssueSchedule } from '../../server/forecast/issue-schedule.ts';
import { Places } from '../../server/simulator/places.ts';
import { SimulatedCity } from '../../server/simulator/simulate-city.ts';
import { weeklyRate } from '../../server/simulator/telling.ts';
import { cellAt } from '../../shared/cell.ts';
import { DAY_MS, HOUR_MS, parseInstant } from '../../shared/time.ts';
import { LONDON } from '../support/emerging-city.ts';
import { round, type Benchmark, type Figure } from './bench.ts';

const PER_SECOND = 0.015;
const START_MS = Date.UTC(2026, 0, 5);
const LEARN_DAYS = 100;
const DAYS = 20;
const BEGIN_MS = START_MS + LEARN_DAYS * DAY_MS;
const PROFILE_DAYS = 90;
const THEME = 'all';

export const alertFalse: Benchmark = {
  names: ['alert.false', 'alert.false.repeats'],
  run: async (report) => {
    const model = await ForecastModel.load(readConfig().modelDir);
    const figures: Figure[] = [];
    for (const nearRepeats of [false, true]) {
      const name = nearRepeats ? 'alert.false.repeats' : 'alert.false';
      const perDay = await alertsPerDay(model, city(nearRepeats));
      report(name);
      figures.push({
        name,
        value: round(perDay),
        unit: 'alerts/day',
        n: DAYS,
        baseline: 1,
        ratio: round(perDay),
      });
    }
    return figures;
  },
};

/** In order of becoming known. With near-repeats there is something to be found: these alerts are not all false. */
function city(nearRepeats: boolean): KnownIncident[] {
  const span = {
    startMs: START_MS,
    endMs: BEGIN_MS + DAYS * DAY_MS,
    ratePerSecond: weeklyRate(PER_SECOND),
  };
  const seen = new Set<string>();
  const known: KnownIncident[] = [];
  for (const { incident, knownAtMs } of new SimulatedCity(7, { places: new Places(1), nearRepeats }).messages(
    span,
  )) {
    const { id, occurredAt, location, category, markers = [], discovery = 'reported' } = incident;
    if (seen.has(id) || discovery !== 'reported') continue;
    seen.add(id);
    const occurredAtMs = parseInstant(occurredAt) ?? NaN;
    const cell = cellAt(location.lat, location.lon);
    const { timePrecision = 'minute' } = incident;
    known.push({ cell, occurredAtMs, knownAtMs, timePrecision, category, markers, discovery });
  }
  return known;
}

async function alertsPerDay(model: ForecastModel, incidents: readonly KnownIncident[]): Promise<number> {
  const history = new CellHistory({ timeZone: LONDON });
  const schedule = new IssueSchedule(LONDON);
  const expectation = new IssuedExpectation(LONDON);
  const grid = new ScanGrid();
  const dispersion = model.dispersionOf(THEME);
  let detector: EmergingDetector | undefined;
  let alerts = 0;
  for (const incident of incidents) {
    const { cell, knownAtMs: nowMs } = incident;
    for (const { horizonHours, issueMs } of schedule.advance(nowMs)) {
      if (issueMs < BEGIN_MS - 3 * DAY_MS) continue;
      const span = { horizonHours, fromMs: issueMs, nowMs: issueMs };
      const { cells, expected } = await forecastForce(model, history, THEME, span);
      const { hourOfWeek } = history.countsOf(THEME);
      const observed = observedHours(LONDON.localTime(issueMs).hourOfWeek, LEARN_DAYS, 0, PROFILE_DAYS);
      const profile = weeklyProfile(hourOfWeek, hourOfWeek, observed);
      const window = { issuedMs: issueMs, fromMs: issueMs, toMs: issueMs + horizonHours * HOUR_MS };
      expectation.add({ ...window, expected: grid.arranged(cells, expected), profile });
      detector?.expectationChanged();
    }
    history.add(incident);
    const field = expectation.weeklyField();
    if (nowMs < BEGIN_MS - DAY_MS || field === undefined) continue;
    if (detector === undefined) {
      const tail = calibrate({ grid, field, timeZone: LONDON, dispersion, seed: 1 });
      detector = new EmergingDetector({ grid, expectation, dispersion, tail, promisedDays: 1 });
    }
    const told = detector.add({ cell, occurredAtMs: countedAtMs(incident) }, nowMs);
    if (told?.change === 'opened' && nowMs >= BEGIN_MS) alerts++;
  }
  return alerts / DAYS;
}
