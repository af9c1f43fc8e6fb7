/** The language in use; reading it in a template or an effect follows it. */
import type { Language } from '../../shared/explanation.ts';

let chosen = $state<Language>('en');

export const language = {
  get current(): Language {
    return chosen;
  },
};

export function setLanguage(next: Language): void {
  chosen = next;
}
