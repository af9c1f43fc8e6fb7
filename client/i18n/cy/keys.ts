/** Bysellau: what the keys do, in Welsh. */
import type { keys as english } from '../en/keys.ts';

export const keys: typeof english = {
  shortcuts: {
    'next-theme': 'Y thema nesaf',
    'next-horizon': 'Y rhagolwg nesaf: 1, 8 neu 24 awr',
    'next-heat': 'Cyfnod nesaf y gwres: 1, 8, 24 awr neu 7 diwrnod',
    'next-weight': 'Gwres yn ôl digwyddiadau diweddar, niwed neu gyfrif',
    fit: 'Ffitio’r map i’r data',
    'next-language': 'Cymraeg neu Saesneg',
    'next-look': 'Dydd, nos neu awtomatig',
    shortcuts: 'Y rhestr hon o fysellau',
    search: 'Chwilio',
    filters: 'Hidlwyr',
    table: 'Y map fel tabl, ac yn ôl',
    hotspots: 'At y mannau poeth',
    incidents: 'At y digwyddiadau diweddaraf',
    'next-hotspot': 'Agor y man poeth nesaf',
    'previous-hotspot': 'Agor y man poeth blaenorol',
    why: 'At pam y rhagwelir hyn i’r hecsagon agored',
    leave: 'Cau’r hyn sydd ar agor, neu adael maes',
  },
  moves: {
    list: 'Symud mewn rhestr neu dabl',
    open: 'Agor hecsagon y rhes',
    sort: 'Ar bennawd colofn: trefnu yn ôl hwnnw',
    hexagon: 'Ar y map: o hecsagon i hecsagon',
    'open-hexagon': 'Ar y map: agor yr hecsagon',
    map: 'Ar y map: ei symud',
    zoom: 'Ar y map: yn nes, yn bellach',
    'next-part': 'I’r rhan nesaf',
  },
  shortcutsTitle: 'Bysellau',
  shortcutsHint: 'Bysellau: ?',
  anywhere: 'Unrhyw le',
  whereFocusIs: 'Lle mae’r ffocws',
  close: 'Cau',
};
