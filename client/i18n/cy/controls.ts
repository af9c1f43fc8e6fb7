/** Dewisiadau: choices, keys and signing in, in Welsh. */
import type { controls as english } from '../en/controls.ts';

export const controls: typeof english = {
  chooseTheme: 'Thema',
  chooseHorizon: 'Rhagolwg',
  chooseHeat: 'Gwres',
  heatAsHorizon: 'fel y rhagolwg',
  fit: 'Ffitio’r map',
  keys: 'Bysellau: T thema · H rhagolwg · W gwres · 0 ffitio',
  signIn: 'Mewngofnodi',
  signOut: 'Allgofnodi',
  user: 'Defnyddiwr',
  password: 'Cyfrinair',
  signingIn: 'Yn mewngofnodi…',
  wrongCredentials: 'Mae’r defnyddiwr neu’r cyfrinair yn anghywir.',
  tooManyAttempts: 'Gormod o ymgeisiau. Arhoswch funud, yna rhowch gynnig arall arni.',
};
