/** `forecast.tick.N`: ms for all themes and one horizon over N active cells: features, model, ranking. */
import { THEMES } from '../../shared/theme.ts';
import { HOUR_MS } from '../../shared/time.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { readConfig } from '../../server/config.ts';
import { forecastForce } from '../../server/forecast/forecast-force.ts';
import { rankHotspots } from '../../server/hotspots/rank.ts';
import { activeHistory } from './active-cells.ts';
import { distribution, type Benchmark } from './bench.ts';

const SIZES = [10_000, 100_000];
const ROUNDS = 10;
const NOW_MS = Date.UTC(2026, 2, 1, 18);

export const forecastTick: Benchmark = {
  names: SIZES.map((cells) => `forecast.tick.${cells}`),
  run: async (report) => {
    const model = await ForecastModel.load(readConfig().modelDir);
    const figures = [];
    for (const size of SIZES) {
      const history = activeHistory(size, NOW_MS);
      report(`${history.size} active cells`);
      const samples: number[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const began = performance.now();
        for (const theme of THEMES) {
          const at = { horizonHours: 8 as const, fromMs: NOW_MS, nowMs: NOW_MS + round * HOUR_MS };
          const { cells, expected } = await forecastForce(model, history, theme, at);
          rankHotspots(cells, expected);
        }
        // The first round compiles.
        if (round > 0) samples.push(performance.now() - began);
      }
      figures.push(distribution(`forecast.tick.${size}`, 'ms', samples));
    }
    return figures;
  },
};
