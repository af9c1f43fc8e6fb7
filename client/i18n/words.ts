/** The language in use: the only import of a language file. */
import { en, type Words } from './en.ts';

export const words: Words = en;
