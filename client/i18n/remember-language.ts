/** Which language a screen starts with, and what choosing one leaves behind. */
import { LANGUAGES, type Language } from '../../shared/explanation.ts';
import { keepInAddress, settingIn } from '../screen-settings.ts';
import { language, setLanguage } from './language.svelte.ts';
import { words } from './words.ts';

const REMEMBERED_AS = 'forewatch.language';

/** What the address asks for (`?lang=cy`), else what was chosen last time, else what the browser prefers. */
export function startingLanguage(
  query: string,
  remembered: string | null,
  preferred: readonly string[],
): Language {
  const asked = [settingIn(query, 'lang'), remembered, ...preferred];
  const known = asked.map((tag) => LANGUAGES.find((one) => one === tag?.slice(0, 2).toLowerCase()));
  return known.find((one) => one !== undefined) ?? 'en';
}

/** Before anything is shown, so that nothing is said in another language first. */
export function startLanguage(): void {
  show(startingLanguage(location.search, localStorage.getItem(REMEMBERED_AS), navigator.languages));
}

/** What a screen is set to from elsewhere: shown at once, and not remembered here. */
export function showLanguage(next: Language): void {
  if (next !== language.current) show(next);
}

/** The reader's choice: shown at once, in the address, and next time. */
export function chooseLanguage(next: Language): void {
  show(next);
  localStorage.setItem(REMEMBERED_AS, next);
  keepInAddress('lang', next);
}

/** From one language to the next. */
export function nextLanguage(): void {
  chooseLanguage(LANGUAGES[(LANGUAGES.indexOf(language.current) + 1) % LANGUAGES.length] ?? 'en');
}

function show(next: Language): void {
  setLanguage(next);
  document.documentElement.lang = words.locale;
}
