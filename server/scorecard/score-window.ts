/** Scores what was issued for one force and window: as it closed, as it settled, or both at once. */
import type { ScoreStage } from '../../shared/scorecard.ts';
import { SETTLING_HOURS } from '../../shared/scorecard.ts';
import { themesOf } from '../../shared/theme.ts';
import { HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { TIME_PRECISIONS } from '../../shared/incident.ts';
import { scoreWindow } from '../../models/evaluation/window-score.ts';
import { isTimedFor } from '../../models/training/training-plan.ts';
import { inTransaction, type Database, type Transaction } from '../store/database.ts';
import { lockWindowToScore, markScored, type WindowToScore } from '../store/forecasts-to-score.ts';
import { isCoveredFrom, selectKnownOutcomes, type KnownOutcome } from '../store/known-outcomes.ts';
import { insertScore } from '../store/score-store.ts';
import { Grids, type Grid } from './grids.ts';
import { LastYears, type LastYear } from './last-year.ts';

/** What came of a window by one stage. */
interface Outcome {
  stage: ScoreStage;
  incidents: readonly KnownOutcome[];
  covered: boolean | null;
}

export interface ScoredWindow extends WindowToScore {
  settled: boolean;
}

export class WindowScores {
  readonly #database: Database;
  readonly #grids = new Grids();
  readonly #lastYears: LastYears;

  constructor(database: Database, timeZone: TimeZone) {
    this.#database = database;
    this.#lastYears = new LastYears(timeZone);
  }

  /**
   * Scores the oldest window that is due when everything up to `knownMs` is known, and returns it, or `undefined`
   * where none is. What is scored is what was known at each stage's end, however late it is done. `pause` is waited
   * for between two themes, so that others get their turn. Several processes may do this at once.
   */
  next(knownMs: number, pause: () => Promise<void>): Promise<ScoredWindow | undefined> {
    return inTransaction(this.#database, async (transaction) => {
      const window = await lockWindowToScore(transaction, knownMs);
      if (window === undefined) return undefined;
      const settled = window.toMs + SETTLING_HOURS * HOUR_MS <= knownMs;
      const stages: ScoreStage[] = settled ? ['closed', 'settled'] : ['closed'];
      const outcomes: Outcome[] = [];
      for (const stage of stages) outcomes.push(await outcomeOf(transaction, window, stage));
      const lastYear = await this.#lastYears.before(transaction, window.force, window.fromMs);
      for (const forecast of window.forecasts) {
        const grid = await this.#grids.get(transaction, forecast.grid);
        if (grid.cells.length > 0) {
          await scoreForecast(transaction, { window, forecast, grid, lastYear, outcomes });
        }
        await pause();
      }
      const ids = window.forecasts.map(({ id }) => id);
      await markScored(transaction, ids, settled ? 2 : 1);
      return { ...window, settled };
    });
  }
}

async function outcomeOf(
  transaction: Transaction,
  { force, horizonHours, fromMs, toMs }: WindowToScore,
  stage: ScoreStage,
): Promise<Outcome> {
  const knownByMs = stage === 'closed' ? toMs : toMs + SETTLING_HOURS * HOUR_MS;
  const known = await selectKnownOutcomes(transaction, { force, fromMs, toMs, knownByMs });
  const isTimed = ({ timePrecision }: Pick<KnownOutcome, 'timePrecision'>): boolean =>
    isTimedFor({ timePrecision }, { hours: horizonHours });
  const precisions = TIME_PRECISIONS.filter((timePrecision) => isTimed({ timePrecision }));
  const covered =
    stage === 'closed'
      ? null
      : await isCoveredFrom(transaction, { force, fromMs: toMs, knownByMs }, precisions);
  return { stage, incidents: known.filter(isTimed), covered };
}

interface Scoring {
  window: WindowToScore;
  forecast: WindowToScore['forecasts'][number];
  grid: Grid;
  lastYear: LastYear;
  outcomes: readonly Outcome[];
}

async function scoreForecast(transaction: Transaction, scoring: Scoring): Promise<void> {
  const { window, forecast, grid, lastYear, outcomes } = scoring;
  const { theme, modelId, expected, scored } = forecast;
  const dispersion = forecast.dispersion ?? 0;
  for (const { stage, incidents, covered } of outcomes) {
    // It was scored as it closed already.
    if (stage === 'closed' && scored === 1) continue;
    const { observed, outside } = countsOf(
      incidents.filter((incident) => themesOf(incident).includes(theme)),
      grid,
    );
    const score = scoreWindow({
      ...{ ground: grid.ground, expected, observed, dispersion },
      lastYear: lastYear.of(theme, grid.cells),
    });
    const { force, horizonHours, fromMs, toMs } = window;
    await insertScore(transaction, {
      ...{ force, theme, horizonHours, stage, fromMs, toMs, modelId, dispersion, covered, outside },
      timedShare: lastYear.timedShare(theme, horizonHours),
      ...score,
    });
  }
}

function countsOf(
  incidents: readonly KnownOutcome[],
  { cells, indices }: Grid,
): { observed: Uint16Array; outside: number } {
  const observed = new Uint16Array(cells.length);
  let outside = 0;
  for (const { cell } of incidents) {
    const index = indices.get(cell);
    if (index === undefined) outside++;
    else observed[index] = (observed[index] ?? 0) + 1;
  }
  return { observed, outside };
}
