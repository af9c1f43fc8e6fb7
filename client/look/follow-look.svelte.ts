/** Has what is drawn once drawn again when its colours or its words change. */
import type { Language } from '../../shared/explanation.ts';
import { language } from '../i18n/language.svelte.ts';
import { look, type Look } from './look.svelte.ts';

/** Call while a component is set up; `redraw` is called at once, too. */
export function followLook(redraw: (look: Look, language: Language) => void): void {
  $effect(() => {
    redraw(look.current, language.current);
  });
}
