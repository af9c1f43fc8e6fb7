/** Reads back why a hotspot of an issued forecast was one. */
import { MODEL_KERNELS } from '../../models/features/kernels.ts';
import type { Database } from '../store/database.ts';
import { selectExplanation } from '../store/explanation-store.ts';
import { selectForecast } from '../store/forecast-store.ts';
import type { Asked } from './explain-wire.ts';
import type { ExplainedForecast } from './explained-forecast.ts';
import { placeOf } from './place-in-forecast.ts';

/** `missing` says why there is none. */
export type IssuedExplanation = { explained: ExplainedForecast } | { missing: string };

export const NO_SUCH_CELL = 'this hexagon was not part of the area that was forecast then';
const NO_HOTSPOT =
  'of an issued forecast only the ranked hotspots can be explained: this hexagon was none of them';

/** Of the latest forecast issued at or before `at`. */
export async function issuedExplanation(
  database: Database,
  asked: Asked,
  at: string,
): Promise<IssuedExplanation> {
  const forecast = await selectForecast(database, { ...asked, at });
  if (forecast === undefined) return { missing: 'no forecast was issued for this by then' };
  if ('withheld' in forecast) return { missing: `no forecast is shown: ${forecast.withheld}` };
  const ranked = placeOf(asked.cell, forecast);
  if (ranked === undefined) return { missing: NO_SUCH_CELL };
  const kept = await selectExplanation(database, forecast.id, asked.cell);
  if (kept === undefined || forecast.dispersion === null) return { missing: NO_HOTSPOT };
  const { decayed, perIncident, emptyCell, meanCell, weightedHours, knownDays, fittedOn } = kept;
  const { cells, expected, rank, areaCells } = ranked;
  const kernels = MODEL_KERNELS.map((_, k) => (decayed[k] ?? 0) * (perIncident[k] ?? 0));
  const level = emptyCell * cells.length;
  const rhythm = expected - level - kernels.reduce((sum, term) => sum + term, 0);
  return {
    explained: {
      forecastId: forecast.id,
      area: {
        ...{ nowMs: Date.parse(forecast.window.from), window: forecast.window, modelId: forecast.modelId },
        ...{ dispersion: forecast.dispersion, fittedOn, weightedHours, knownDays, meanCell, emptyCell },
        perIncident: [...perIncident],
      },
      ...{
        cells,
        composition: { expected, level, kernels, rhythm, decayed },
        rank,
        areaCells,
        drifts: false,
      },
    },
  };
}
