/** Gwres: what the heat is made of, and how each incident was told, in Welsh. */
import type { HeatWeight } from '../../state/heat-window.ts';
import type { heat as english } from '../en/heat.ts';

const heatOf: Record<HeatWeight, string> = {
  recency: 'Digwyddiadau fesul km²',
  harm: 'Niwed fesul km²',
  even: 'Digwyddiadau fesul km²',
};
const heatMeans: Record<HeatWeight, string> = {
  recency: 'y diweddaraf yn llawn, yr hynaf yn chwarter',
  harm: 'dyddiau o garchar, mynegai Caergrawnt 2026; yr hynaf yn chwarter',
  even: 'pob un unwaith',
};
const heatWeight: Record<HeatWeight, string> = { recency: 'diweddar', harm: 'niwed', even: 'cyfrif' };

export const heat: typeof english = {
  chooseWeight: 'Pwysau',
  heatWeight,
  heatOf,
  heatMeans,
  heatLastDayOnly: 'dim ond y 24 awr ddiwethaf yn hysbys eto',
  corrected: 'wedi’i gywiro',
  late: (age) => `${age} yn hwyr`,
  simulated: 'efelychiad',
  recorded: 'recordiad',
};
