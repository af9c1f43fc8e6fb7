/** What a force is called where its slug is not enough, in English and in Welsh. */
import type { Language } from './explanation.ts';
import type { Force } from './force.ts';

const SMALL = new Set(['and', 'of']);

/** Areas outside Wales mostly have no Welsh name of their own. */
const IN_WELSH: Partial<Record<Force, string>> = {
  'city-of-london': 'Dinas Llundain',
  'devon-and-cornwall': 'Dyfnaint a Chernyw',
  'greater-manchester': 'Manceinion Fwyaf',
  merseyside: 'Glannau Merswy',
  'north-wales': 'Gogledd Cymru',
  'north-yorkshire': 'Gogledd Swydd Efrog',
  'south-wales': 'De Cymru',
  'south-yorkshire': 'De Swydd Efrog',
  'west-yorkshire': 'Gorllewin Swydd Efrog',
  'west-midlands': 'Gorllewin Canolbarth Lloegr',
  'west-mercia': 'Gorllewin Mersia',
  'thames-valley': 'Dyffryn Tafwys',
  cheshire: 'Swydd Gaer',
  derbyshire: 'Swydd Derby',
  gloucestershire: 'Swydd Gaerloyw',
  lancashire: 'Swydd Gaerhirfryn',
  leicestershire: 'Swydd Gaerlŷr',
  unassigned: 'Heb ei bennu',
};

export function forceName(force: Force, language: Language): string {
  return (language === 'cy' ? IN_WELSH[force] : undefined) ?? inEnglish(force);
}

function inEnglish(force: Force): string {
  if (force === 'dyfed-powys') return 'Dyfed-Powys';
  const words = force.split('-');
  return words
    .map((word) => (SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
