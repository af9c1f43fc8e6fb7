/** The words in the language in use: read in a template or an effect, they follow the reader's choice. */
import { cy } from './cy.ts';
import { en, type Words } from './en.ts';
import { language } from './language.svelte.ts';
import type { Language } from '../../shared/explanation.ts';

const WORDS: Record<Language, Words> = { en, cy };

/** Never kept in a constant of its own: what is read once stays in the language it was read in. */
export const words: Words = new Proxy(en, {
  get: (_, key) => Reflect.get(WORDS[language.current], key) as unknown,
});
