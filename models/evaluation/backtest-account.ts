/** What a backtest adds up, window after window, and what it makes of it in the end. */
import type { Cell } from '../../shared/cell.ts';
import type { Horizon } from '../forecast-windows.ts';
import type { Interval } from '../interval.ts';
import type { Baseline, FittedBaseline } from './baselines/baseline.ts';
import type { Blocks } from './blocks.ts';
import { DRAWS, Resamples } from './bootstrap.ts';
import { Calibrator, type Calibration } from './calibration.ts';
import type { WindowForecasts } from './forecasters.ts';
import { HindsightCheck } from './hindsight-check.ts';
import { MethodScorer } from './method-scorer.ts';
import {
  reportedDifference,
  reportedScores,
  type Difference,
  type Figures,
  type Scores,
} from './reported-scores.ts';
import { ScoringGround } from './scores.ts';
import type { Setting } from './setting.ts';

export interface BaselineResult extends Scores, Pick<Baseline, 'name' | 'title' | 'source'> {
  parameters: FittedBaseline['parameters'];
  evenSpread: number;
  /** How much more the model has than this baseline. */
  modelAhead: Difference;
}

export interface MethodResults {
  /** What every interval was drawn from. */
  bootstrap: { draws: number; blocks: number; blockIs: Blocks['blockIs'] };
  model: Scores & { calibration: Calibration };
  baselines: BaselineResult[];
  /** Sums over all windows, per cell. */
  byCell: { cells: readonly Cell[]; expected: Float64Array; observed: Float64Array };
  /** Incidents in the windows that happened in none of the cells: no forecast speaks of them. */
  outsideArea: number;
}

const BUSIEST_SHARE = 0.1;

export class BacktestAccount {
  readonly #setting: Setting;
  readonly #baselines: readonly Baseline[];
  readonly #fitted: readonly FittedBaseline[];
  readonly #blocks: Blocks;
  readonly #ground: ScoringGround;
  /** Of the model, then of each baseline. */
  readonly #scorers: MethodScorer[];
  readonly #hindsight: HindsightCheck[];
  readonly #calibrator: Calibrator;
  readonly #expected: Float64Array;
  readonly #observed: Float64Array;
  #outside = 0;

  constructor(
    setting: Setting,
    baselines: readonly Baseline[],
    fitted: readonly FittedBaseline[],
    blocks: Blocks,
    { horizon, dispersion }: { horizon: Horizon; dispersion: number },
  ) {
    this.#setting = setting;
    this.#baselines = baselines;
    this.#fitted = fitted;
    this.#blocks = blocks;
    this.#ground = new ScoringGround(setting.areasSquareMetres);
    this.#scorers = Array.from(
      { length: baselines.length + 1 },
      () => new MethodScorer(this.#ground, blocks.count),
    );
    this.#hindsight = ['model', ...baselines.map(({ title }) => title)].map(
      (method) => new HindsightCheck(method, horizon, blocks.count),
    );
    this.#calibrator = new Calibrator(dispersion, blocks.count);
    this.#expected = new Float64Array(setting.ground.size);
    this.#observed = new Float64Array(setting.ground.size);
  }

  /** Returns the model's 10–90 % intervals. */
  add(
    window: number,
    { model, baselines, expectation }: WindowForecasts,
    came: { counts: Uint16Array; outside: number },
  ): Interval[] {
    const outcome = this.#ground.outcome(this.#blocks.byWindow[window] ?? 0, came.counts, expectation);
    [model, ...baselines].forEach((expected, m) => {
      this.#scorers[m]?.add(expected, outcome);
      this.#hindsight[m]?.add(expected, outcome);
    });
    addTo(this.#expected, model);
    addTo(this.#observed, came.counts);
    this.#outside += came.outside;
    return this.#calibrator.add(model, outcome, new Set(this.#ground.highest(model, BUSIEST_SHARE)));
  }

  /**
   * `more`: further figures of the model, then of each baseline. Throws `LeakageFound` where a method knew what came.
   */
  results(more: readonly Figures[] = []): MethodResults {
    const resamples = new Resamples(this.#blocks.count);
    for (const hindsight of this.#hindsight) hindsight.check(resamples);
    const figures = this.#scorers.map((scorer, m) => ({ ...scorer.figures(resamples), ...more[m] }));
    const [ours = {}, ...theirs] = figures;
    const expectations = this.#scorers[0]?.expectations;
    if (expectations === undefined) throw new RangeError('there is no model');
    return {
      bootstrap: { draws: DRAWS, blocks: this.#blocks.count, blockIs: this.#blocks.blockIs },
      model: {
        ...reportedScores(ours),
        calibration: this.#calibrator.calibration(expectations, resamples),
      },
      baselines: this.#baselines.map(({ name, title, source }, b) => ({
        ...{ name, title, source },
        parameters: this.#fitted[b]?.parameters ?? {},
        evenSpread: this.#fitted[b]?.evenSpread ?? 0,
        ...reportedScores(theirs[b] ?? {}),
        modelAhead: reportedDifference(ours, theirs[b] ?? {}),
      })),
      byCell: { cells: this.#setting.ground.cells, expected: this.#expected, observed: this.#observed },
      outsideArea: this.#outside,
    };
  }
}

function addTo(sums: Float64Array, values: ArrayLike<number>): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}
