/** Issues forecasts at their fixed local times: each is stored whole, to be scored when its window has closed. */
import type { Cell } from '../../shared/cell.ts';
import type { Force } from '../../shared/force.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';
import type { TimeZone } from '../../shared/time.ts';
import type { CellHistory } from '../../models/features/cell-history.ts';
import type { ForecastModel } from '../../models/onnx-model.ts';
import type { Services } from '../services.ts';
import { storeForecast, type IssuedForecast } from '../store/forecast-store.ts';
import { explainHotspots } from './explain-cells.ts';
import { forecastForce } from './forecast-force.ts';
import { IssueSchedule } from './issue-schedule.ts';
import type { ForecastMemory } from './memory.ts';

/** The cells, fine and coarse, whose explanation is kept with the issue. */
export type HotspotsOf = (
  force: Force,
  forecast: { cells: readonly Cell[]; expected: Float32Array },
) => Cell[];

/** What may be shown of a forecast; one that is withheld is issued all the same, so that it can be scored. */
interface Shows {
  refresh: () => Promise<void>;
  of: (series: { force: Force; theme: Theme; horizonHours: HorizonHours }) => { withheld?: string };
}

/** Told of all themes' forecasts of a force that fell due at the same time for the same horizon. */
export type OnIssued = (issued: {
  force: Force;
  history: CellHistory;
  issueMs: number;
  horizonHours: HorizonHours;
  forecasts: ReadonlyMap<Theme, Pick<IssuedForecast, 'cells' | 'expected'>>;
}) => void;

interface IssuerOptions {
  timeZone: TimeZone;
  onIssued: OnIssued;
  hotspotsOf: HotspotsOf;
  driftSwitch: Shows;
}

export class Issuer {
  readonly #services: Pick<Services, 'clock' | 'config' | 'database' | 'model'>;
  readonly #schedule: IssueSchedule;
  readonly #hotspotsOf: HotspotsOf;
  readonly #driftSwitch: Shows;
  readonly #onIssued: OnIssued;
  #issuedAtMs = -Infinity;
  #issuing = Promise.resolve();

  constructor(
    services: Pick<Services, 'clock' | 'config' | 'database' | 'model'>,
    { timeZone, hotspotsOf, driftSwitch, onIssued }: IssuerOptions,
  ) {
    this.#services = services;
    this.#driftSwitch = driftSwitch;
    this.#hotspotsOf = hotspotsOf;
    this.#onIssued = onIssued;
    this.#schedule = new IssueSchedule(timeZone);
  }

  /** Issues that the clock's haste left out. */
  get skipped(): number {
    return this.#schedule.skipped;
  }

  /** One issue at a time, so that nothing is counted before what fell due ahead of it is issued. */
  issueDue(memory: ForecastMemory, nowMs: number): Promise<void> {
    return (this.#issuing = this.#issuing.then(() => this.#issue(memory, nowMs)));
  }

  /** Issues what falls due by `nowMs`; under a clock in haste at most once per interval of real time. */
  async #issue(memory: ForecastMemory, nowMs: number): Promise<void> {
    const { model, config, clock, database } = this.#services;
    // An incident that claims to be from the future does not take the schedule there.
    const due = this.#schedule.advance(Math.min(nowMs, clock.now()));
    if (due.length === 0) return;
    const intervalMs = config.forecastIntervalSeconds * 1_000;
    if ('unavailable' in model || performance.now() - this.#issuedAtMs < intervalMs) {
      this.#schedule.skip(due);
      return;
    }
    this.#issuedAtMs = performance.now();
    await this.#driftSwitch.refresh();
    for (const [force, history] of memory.histories) {
      for (const { horizonHours, issueMs } of due) {
        const forecasts = new Map<Theme, IssuedForecast>();
        for (const theme of THEMES) {
          const subject = { force, history, theme, horizonHours, issueMs };
          const forecast = await this.#forecast(model.loaded, subject);
          await storeForecast(database, forecast);
          forecasts.set(theme, forecast);
        }
        this.#onIssued({ force, history, issueMs, horizonHours, forecasts });
      }
    }
  }

  async #forecast(
    model: ForecastModel,
    { force, history, theme, horizonHours, issueMs }: Subject,
  ): Promise<IssuedForecast> {
    const span = { horizonHours, fromMs: issueMs, nowMs: issueMs };
    const { window, modelId, cells, expected, context } = await forecastForce(model, history, theme, span);
    const explained = { model, history, theme, nowMs: issueMs };
    return {
      ...{ force, theme, horizonHours, issuedAt: window.from, window, modelId, cells, expected },
      ...this.#driftSwitch.of({ force, theme, horizonHours }),
      dispersion: model.dispersionOf(theme),
      ...(context && {
        explanations: await explainHotspots(
          { ...explained, context },
          this.#hotspotsOf(force, { cells, expected }),
        ),
      }),
    };
  }
}

interface Subject {
  force: Force;
  history: CellHistory;
  theme: Theme;
  horizonHours: HorizonHours;
  issueMs: number;
}
