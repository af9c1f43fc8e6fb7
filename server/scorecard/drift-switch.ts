/** What may be shown of the forecasts: one that drifts goes with a notice, or is withheld, as `FORECAST_DRIFT` says. */
import type { Services } from '../services.ts';
import { selectDrifting } from '../store/drift-store.ts';
import type { Series } from '../store/score-store.ts';

export interface Showing {
  /** Said beside the forecast. */
  notice?: string;
  /** Said instead of it. */
  withheld?: string;
}

export class DriftSwitch {
  readonly #services: Pick<Services, 'config' | 'database' | 'model'>;
  #reasons = new Map<string, string>();

  constructor(services: Pick<Services, 'config' | 'database' | 'model'>) {
    this.#services = services;
  }

  /** Reads which of the present model's forecasts drift. */
  async refresh(): Promise<void> {
    const { config, database, model } = this.#services;
    if ('unavailable' in model || config.forecastDrift.act === 'none') return;
    const drifting = await selectDrifting(database, model.loaded.id);
    this.#reasons = new Map(drifting.map((series) => [keyOf(series), series.reason]));
  }

  /** As of the last `refresh`. */
  of(series: Series): Showing {
    const reason = this.#reasons.get(keyOf(series));
    if (reason === undefined) return {};
    return this.#services.config.forecastDrift.act === 'off'
      ? { withheld: `switched off, since it drifts: ${reason}` }
      : { notice: reason };
  }
}

function keyOf({ force, theme, horizonHours }: Series): string {
  return `${force}|${theme}|${horizonHours}`;
}
