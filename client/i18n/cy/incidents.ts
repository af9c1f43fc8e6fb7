/** Digwyddiadau: what happened, in Welsh; after a number stands the singular, which two softens. */
import type { incidents as english } from '../en/incidents.ts';

export const incidents: typeof english = {
  inAll: (count) => `${count} i gyd`,
  incidents: (count) => (count === 2 ? 'ddigwyddiad' : 'digwyddiad'),
  onceAllIsKnown: (count) => `≈ ${count} wedi i bopeth gyrraedd`,
  usually: (interval) => `fel arfer ${interval}`,
  reportedOnly: (reported) => `adroddwyd ${reported},`,
  usualUnknown: {
    'no-data': 'arferol: anhysbys',
    'history-too-short': 'arferol: anhysbys eto',
    'clock-too-fast': 'arferol: anhysbys',
    'not-counted': 'arferol: wrthi’n cyfrif',
  },
  usualUnknownWhy: {
    'no-data': 'Nid oes ffynhonnell sy’n dweud am hyn gydag amserau.',
    'history-too-short': 'Clywyd am lai na phedair o’r wythnosau diwethaf.',
    'clock-too-fast': 'Mae’r recordiad yn rhedeg yn gynt nag y gellir cyfrif ei orffennol.',
    'not-counted': 'Mae’r gweinydd newydd gychwyn.',
  },
  moreThanUsual: 'mwy nag arfer',
  fewerThanUsual: 'llai nag arfer',
  notKnown: '–',
  notKnownYet: 'anhysbys eto',
  pastArriving: 'Mae’r gorffennol yn dal i gyrraedd: anhysbys, nid tawel.',
  toldUntil: (when) => `hysbys hyd at ${when}`,
  latest: 'Diweddaraf',
  notToldYet: 'Heb ei ddweud eto.',
  noIncidents: 'Dim digwyddiadau yn y 24 awr ddiwethaf.',
  unlisted: (count) => `a ${count} arall, gormod ar unwaith i’w rhestru`,
  severity: (severity) => `difrifoldeb ${severity} o 5`,
  cancelled: 'wedi’i ganslo',
};
