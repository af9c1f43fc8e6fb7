/** `forecast.tick.N`: ms for all themes and one horizon over N active cells: features, model, ranking. */
import { gridDisk } from 'h3-js';
import { cellAt } from '../../shared/cell.ts';
import { CATEGORIES, MARKERS } from '../../shared/category.ts';
import { THEMES } from '../../shared/theme.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { CellHistory } from '../../models/features/cell-history.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { readConfig } from '../../server/config.ts';
import { forecastForce } from '../../server/forecast/forecast-force.ts';
import { rankHotspots } from '../../server/hotspots/rank.ts';
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
      const history = historyOf(size);
      report(`${history.size} active cells`);
      const samples: number[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const began = performance.now();
        for (const theme of THEMES) {
          const at = { horizonHours: 8 as const, fromMs: NOW_MS, nowMs: NOW_MS + round * HOUR_MS };
          const { cells, expected } = await forecastForce(model, history, theme, at);
          rankHotspots(cells.slice(0, expected.length), expected);
        }
        // The first round compiles.
        if (round > 0) samples.push(performance.now() - began);
      }
      figures.push(distribution(`forecast.tick.${size}`, 'ms', samples));
    }
    return figures;
  },
};

/** Each cell active: at least one incident, of every category and marker in turn, over the last year. */
function historyOf(size: number): CellHistory {
  const history = new CellHistory({ timeZone: new TimeZone('Europe/London') });
  const rings = Math.ceil(Math.sqrt(size / 3)) + 1;
  const cells = gridDisk(cellAt(52.5, -1.5), rings).slice(0, size);
  cells.forEach((cell, index) => {
    for (let incident = 0; incident <= index % 3; incident++) {
      const number = index + incident * 31;
      history.add({
        cell,
        occurredAtMs: NOW_MS - ((number * 7_919) % (365 * 24)) * HOUR_MS - DAY_MS / 2,
        timePrecision: 'minute',
        category: CATEGORIES[number % CATEGORIES.length] ?? 'other',
        markers: [MARKERS[number % MARKERS.length] ?? 'knife'],
        discovery: 'reported',
      });
    }
  });
  return history;
}
