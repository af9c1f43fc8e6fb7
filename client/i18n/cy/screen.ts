/** Y sgrin: what concerns the screen itself, in Welsh. */
import { screen as english } from '../en/screen.ts';

export const screen: typeof english = {
  chooseLanguage: 'Iaith',
  language: english.language,
  chooseLook: 'Golwg',
  look: { day: 'Dydd', night: 'Nos', auto: 'Awto' },
  wall: 'Wal',
  wallAddress: 'Cyfeiriad wal',
  wallDistance: 'I’r sedd bellaf, mewn metrau',
  wallDiagonal: 'Croeslin y sgrin (16 : 9), mewn modfeddi',
  wallWidth: 'Neu ei lled fel y’i mesurwyd, mewn milimetrau',
  wallNoScreen: 'Ni all sgrin fod felly.',
  wallCapitals: (millimetres, lines) =>
    `Mae’r briflythyren leiaf yn ${millimetres} mm o uchder: 16 munud o arc oddi yno. Mae lle ar y sgrin i ${lines} llinell o’r fath.`,
  wallToken: 'Daw tocyn y wal ar ei ddiwedd, ar ôl #.',
};
