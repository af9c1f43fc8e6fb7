/** Hit rate over cell-hours: the best cells and hours of each week, chosen before it, which is what a patrol plan spends. */
import type { TimeZone } from '../../shared/time.ts';
import { knowsHour, type IncidentGroup, type KnownIncident } from '../features/counted-incident.ts';
import type { Span } from '../forecast-windows.ts';
import { Outcomes } from '../walk-forward.ts';
import type { CellHistory } from '../features/cell-history.ts';
import { Resamples } from './bootstrap.ts';
import { cellHourFigures, CellHourScorer } from './cell-hour-scorer.ts';
import type { Forecasters, ModelOfTheme } from './forecasters.ts';
import type { Figures } from './reported-scores.ts';
import { daysIn, weeksOf, type Week } from './weeks.ts';

export interface CellHoursRequest {
  incidents: readonly KnownIncident[];
  group: IncidentGroup;
  span: Span;
  timeZone: TimeZone;
  model: ModelOfTheme;
  /** The model is one more. */
  baselines: number;
}

export class CellHours {
  readonly #outcomes: Outcomes;
  readonly #model: ModelOfTheme;
  readonly #weeks: Week[];
  readonly #days: number;
  readonly #scorers: CellHourScorer[];

  constructor({ incidents, group, span, timeZone, model, baselines }: CellHoursRequest) {
    this.#outcomes = new Outcomes(incidents.filter(knowsHour), group);
    this.#model = model;
    this.#weeks = weeksOf(span, timeZone);
    this.#days = daysIn(span, timeZone);
    this.#scorers = Array.from({ length: baselines + 1 }, () => new CellHourScorer(this.#days));
  }

  /** Plans each week that begins at or before the instant, and counts what came of it. */
  async planUntil(instantMs: number, forecasters: Forecasters, history: CellHistory): Promise<void> {
    for (
      let [week] = this.#weeks;
      week !== undefined && week.span.fromMs <= instantMs;
      [week] = this.#weeks
    ) {
      this.#weeks.shift();
      const { model, baselines } = await forecasters.week(week, this.#model);
      const observed = new Uint16Array(model.length);
      for (const [h, hour] of week.hours.entries()) {
        observed.set(this.#outcomes.countIn(hour, history).counts, h * history.size);
      }
      const { days } = week;
      [model, ...baselines].forEach((expected, m) => this.#scorers[m]?.add(expected, { days, observed }));
    }
  }

  /** Of the model, then of each baseline. */
  figures(): Figures[] {
    const resamples = new Resamples(this.#days);
    return this.#scorers.map(({ sums }) => resamples.measure(sums, cellHourFigures));
  }
}
