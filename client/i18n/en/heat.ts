/** What the heat is made of, and how each incident was told, in English. */
import type { HeatWeight } from '../../state/heat-window.ts';

const heatOf: Record<HeatWeight, string> = {
  recency: 'Incidents per km²',
  harm: 'Harm per km²',
  even: 'Incidents per km²',
};
const heatMeans: Record<HeatWeight, string> = {
  recency: 'newest in full, oldest a quarter',
  harm: 'days of prison, Cambridge index 2026; oldest a quarter',
  even: 'each counted once',
};
const heatWeight: Record<HeatWeight, string> = { recency: 'recent', harm: 'harm', even: 'count' };

export const heat = {
  chooseWeight: 'Weight',
  heatWeight,
  heatOf,
  heatMeans,
  /** The part of the window before the last day has not come yet. */
  heatLastDayOnly: 'only the last 24 h known yet',
  corrected: 'corrected',
  late: (age: string) => `${age} late`,
  simulated: 'simulated',
  recorded: 'recorded',
};
