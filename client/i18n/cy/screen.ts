/** Y sgrin: what concerns the screen itself, in Welsh. */
import { screen as english } from '../en/screen.ts';

export const screen: typeof english = {
  chooseLanguage: 'Iaith',
  language: english.language,
  chooseLook: 'Golwg',
  look: { day: 'Dydd', night: 'Nos', auto: 'Awto' },
};
