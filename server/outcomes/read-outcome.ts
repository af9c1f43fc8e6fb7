/** Reads what became of an issued forecast, as it is known now, for one reader. */
import type { FeedOutage, ForecastOutcome, OutcomeState } from '../../shared/forecast-outcome.ts';
import { TIME_PRECISIONS } from '../../shared/incident.ts';
import { isTimed } from '../../shared/period.ts';
import { SETTLING_HOURS } from '../../shared/scorecard.ts';
import { themesOf } from '../../shared/theme.ts';
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import { isTimedFor } from '../../models/training/training-plan.ts';
import { inSnapshot, type Database } from '../store/database.ts';
import { selectOutages } from '../store/feed-condition-store.ts';
import { selectForecastsBeside } from '../store/forecast-neighbours.ts';
import type { FoundForecast } from '../store/forecast-store.ts';
import { isCoveredFrom, selectKnownOutcomes } from '../store/known-outcomes.ts';
import type { LastYears } from '../scorecard/last-year.ts';
import { countOutcome, type Reader } from './count-outcome.ts';

export interface OutcomeQuestion {
  forecast: FoundForecast;
  nowMs: number;
  reader: Reader;
  lastYears: LastYears;
  /** Whether a feed tells of the force. */
  tellsOf: (outage: FeedOutage) => boolean;
}

export function readOutcome(database: Database, question: OutcomeQuestion): Promise<ForecastOutcome> {
  const { forecast, nowMs, reader, lastYears } = question;
  const { id, force, theme, horizonHours, issuedAt, window, modelId } = forecast;
  const [fromMs, toMs] = [Date.parse(window.from), Date.parse(window.to)];
  const knownMs = Math.min(nowMs, toMs + SETTLING_HOURS * HOUR_MS);
  return inSnapshot(database, async (transaction) => {
    const known = await selectKnownOutcomes(transaction, { force, fromMs, toMs, knownByMs: knownMs + 1 });
    const ofTheme = known.filter((incident) => themesOf(incident).includes(theme));
    const timed = ofTheme.filter((incident) => isTimedFor(incident, { hours: horizonHours }));
    const told = await isCoveredFrom(
      transaction,
      { force, fromMs, knownByMs: knownMs + 1 },
      TIME_PRECISIONS.filter(isTimed),
    );
    const lastYear = await lastYears.before(transaction, force, fromMs);
    const outages = await selectOutages(transaction, { fromMs, toMs: Math.min(toMs, nowMs) });
    return {
      ...{ id, force, theme, horizonHours, issuedAt, window, modelId, told },
      state: stateOf(toMs, nowMs),
      knownBy: formatInstant(knownMs),
      ...countOutcome(
        {
          ...{ cells: forecast.cells, expected: forecast.expected, dispersion: forecast.dispersion },
          lastYear: lastYear.of(theme, forecast.cells),
          incidents: told ? timed : undefined,
          untimed: ofTheme.length - timed.length,
        },
        reader,
      ),
      outages: outages.filter(question.tellsOf),
      ...(await selectForecastsBeside(transaction, { force, theme, horizonHours }, window.from)),
    };
  });
}

function stateOf(toMs: number, nowMs: number): OutcomeState {
  if (nowMs < toMs) return 'running';
  return nowMs < toMs + SETTLING_HOURS * HOUR_MS ? 'closed' : 'settled';
}
