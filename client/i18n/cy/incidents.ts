/** Digwyddiadau: what happened, in Welsh; after a number stands the singular, which two softens. */
import type { incidents as english } from '../en/incidents.ts';

export const incidents: typeof english = {
  inAll: (count) => `${count} i gyd`,
  incidents: (count) => (count === 2 ? 'ddigwyddiad' : 'digwyddiad'),
  onceAllIsKnown: (count) => `≈ ${count} wedi i bopeth gyrraedd`,
  usually: (interval) => `fel arfer ${interval}`,
  reportedUsually: (reported, interval) => `adroddwyd ${reported}, fel arfer ${interval}`,
  usualUnknown: {
    'no-data': 'arferol: anhysbys',
    'history-too-short': 'arferol: anhysbys eto, llai na 4 wythnos o ddata',
    'clock-too-fast': 'arferol: nis dywedir ar y cyflymder hwn',
    'not-counted': 'arferol: wrthi’n cyfrif',
  },
  moreThanUsual: 'mwy nag arfer',
  fewerThanUsual: 'llai nag arfer',
  latest: 'Diweddaraf',
  noIncidents: 'Dim digwyddiadau yn y 24 awr ddiwethaf.',
  unlisted: (count) => `a ${count} arall, gormod ar unwaith i’w rhestru`,
  severity: (severity) => `difrifoldeb ${severity} o 5`,
  cancelled: 'wedi’i ganslo',
};
