/** A selection as it stands in the address, so that a wall shows the same after a restart. */
import { isHorizon, type HorizonHours } from '../../shared/forecast.ts';
import { THEMES, type Theme } from '../../shared/theme.ts';

export interface Selected {
  theme: Theme;
  horizonHours: HorizonHours;
  heatHours: HorizonHours | null;
}

/** What is missing or unknown is left at its default. */
export function readQuery(query: string): Selected {
  const asked = new URLSearchParams(query);
  const horizon = Number(asked.get('horizon'));
  const heat = Number(asked.get('heat'));
  return {
    theme: THEMES.find((theme) => theme === asked.get('theme')) ?? 'all',
    horizonHours: isHorizon(horizon) ? horizon : 8,
    heatHours: isHorizon(heat) ? heat : null,
  };
}

export function writeQuery({ theme, horizonHours, heatHours }: Selected): string {
  const query = new URLSearchParams({ theme, horizon: String(horizonHours) });
  if (heatHours !== null) query.set('heat', String(heatHours));
  return `?${query.toString()}`;
}
