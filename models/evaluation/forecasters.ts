/** All methods side by side: each forecasts a window from the same past, with the same expectation for the mean cell. */
import { featuresAt, type Features } from '../features/feature-vector.ts';
import type { Span } from '../forecast-windows.ts';
import type { ForecastModel } from '../onnx-model.ts';
import { relativeMap, type FittedBaseline, type PlaceMap } from './baselines/baseline.ts';
import type { Setting } from './setting.ts';
import type { Week } from './weeks.ts';

/** A model as far as a backtest needs it. */
export type TestedModel = Pick<ForecastModel, 'expected' | 'dispersionOf'>;

export interface ModelOfTheme {
  model: TestedModel;
  /** Which of the model's themes forecasts the group. */
  theme: string;
}

export interface WindowForecasts {
  /** Of the mean cell: the level and the hour-of-week curve that all methods share. */
  expectation: number;
  /** Per cell. */
  model: Float32Array;
  /** Per baseline, in their order, and cell. */
  baselines: Float32Array[];
}

/** Windows and weeks come in time order. */
export class Forecasters {
  readonly #setting: Setting;
  readonly #group: string;
  readonly #maps: { map: PlaceMap; evenSpread: number }[];
  #features: Features | undefined;

  constructor(setting: Setting, group: string, baselines: readonly FittedBaseline[]) {
    this.#setting = setting;
    this.#group = group;
    this.#maps = baselines.map(({ open, evenSpread }) => ({ map: open(), evenSpread }));
  }

  async window(window: Span, { model, theme }: ModelOfTheme): Promise<WindowForecasts> {
    this.#setting.walk.advance(window.fromMs);
    const features = this.#featuresOf(window, window.fromMs);
    const { expectation } = features;
    return {
      expectation,
      model: await model.expected(features, theme),
      baselines: this.#relativeMaps(window).map((map) =>
        Float32Array.from(map, (times) => times * expectation),
      ),
    };
  }

  /** Hour by hour, as expected when the week begins; each array is hours × cells. */
  async week(week: Week, { model, theme }: ModelOfTheme): Promise<Omit<WindowForecasts, 'expectation'>> {
    const { fromMs } = week.span;
    const { walk, ground } = this.#setting;
    walk.advance(fromMs);
    const cells = ground.size;
    const maps = this.#relativeMaps(week.span);
    const ours = new Float32Array(week.hours.length * cells);
    const theirs = maps.map(() => new Float32Array(ours.length));
    for (const [h, hour] of week.hours.entries()) {
      const features = this.#featuresOf(hour, fromMs);
      ours.set(await model.expected(features, theme), h * cells);
      maps.forEach((map, m) => {
        const row = theirs[m]?.subarray(h * cells, (h + 1) * cells);
        map.forEach((times, cell) => {
          if (row !== undefined) row[cell] = times * features.expectation;
        });
      });
    }
    return { model: ours, baselines: theirs };
  }

  #featuresOf(window: Span, nowMs: number): Features {
    const { history } = this.#setting.walk;
    return (this.#features = featuresAt(history, this.#group, { ...window, nowMs }, this.#features));
  }

  #relativeMaps(window: Span): Float64Array[] {
    const known = this.#setting.past.before(window.fromMs);
    return this.#maps.map(({ map, evenSpread }) => relativeMap(map.at(known, window), evenSpread));
  }
}
