/** Reads back why a hotspot of an issued forecast was one. */
import { MODEL_KERNELS } from '../../models/features/kernels.ts';
import type { Database } from '../store/database.ts';
import { selectExplanation } from '../store/explanation-store.ts';
import { selectForecast } from '../store/forecast-store.ts';
import type { Asked } from './explain-wire.ts';
import type { ExplainedForecast } from './explained-forecast.ts';
import { placeOf } from './place-in-forecast.ts';

/** `missing` says what there is not. */
export type IssuedExplanation =
  { explained: ExplainedForecast } | { missing: 'issue' | 'cell' | 'explanation' };

/** Of the latest forecast issued at or before `at`. */
export async function issuedExplanation(
  database: Database,
  asked: Asked,
  at: string,
): Promise<IssuedExplanation> {
  const forecast = await selectForecast(database, { ...asked, at });
  if (forecast === undefined || 'withheld' in forecast) return { missing: 'issue' };
  const ranked = placeOf(asked.cell, forecast);
  if (ranked === undefined) return { missing: 'cell' };
  const kept = await selectExplanation(database, forecast.id, asked.cell);
  if (kept === undefined || forecast.dispersion === null) return { missing: 'explanation' };
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
      ...{ cells, composition: { expected, level, kernels, rhythm, decayed }, rank, areaCells },
    },
  };
}
