/** Both languages say everything, and the chosen one is shown. */
import { afterEach, describe, expect, it } from 'vitest';
import { cy } from '../../../client/i18n/cy.ts';
import { en } from '../../../client/i18n/en.ts';
import { setLanguage } from '../../../client/i18n/language.svelte.ts';
import { startingLanguage } from '../../../client/i18n/remember-language.ts';
import { words } from '../../../client/i18n/words.ts';

/** What is the same in both: names, units, borrowed words, and slugs that a function compares with. */
const SAME_IN_BOTH = new Set([
  'model',
  ...['language.en', 'language.cy', 'displayLanguages.en', 'displayLanguages.cy'],
  ...['product', 'marker.alcohol', 'kilometres', 'noForecastWhy'],
  ...['outcomeColumns.pai', 'handoverRole.partner'],
]);

/** What is said, by its path; of a function, what its source says outside of its placeholders. */
function strings(value: unknown, path: string): [path: string, said: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [[path, `() ${literalsOf(Function.prototype.toString.call(value))}`]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    strings(inner, path === '' ? key : `${path}.${key}`),
  );
}

function literalsOf(source: string): string {
  const literals = source.match(/'[^']*'|"[^"]*"|`[^`]*`/g) ?? [];
  return literals.map((literal) => literal.replaceAll(/\$\{[^}]*\}/g, ' ')).join(' ');
}

const english = new Map(strings(en, ''));
const welsh = new Map(strings(cy, ''));

describe('the languages', () => {
  afterEach(() => {
    setLanguage('en');
  });

  it('have the same keys', () => {
    expect([...welsh.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('leave nothing empty but what needs no word', () => {
    const empty = [...english, ...welsh].filter(([, text]) => text.trim() === '').map(([path]) => path);
    expect(new Set(empty)).toEqual(new Set(['knownBy.minute', 'against.unknown']));
  });

  it('say the same only where a name or a sign is the same', () => {
    const same = [...english].filter(([path, text]) => {
      return /\p{L}{2}/u.test(text) && welsh.get(path) === text && !SAME_IN_BOTH.has(path);
    });
    expect(same).toEqual([]);
  });

  it.each([
    ['?lang=cy', 'en', ['en-GB'], 'cy'],
    ['?lang=de', 'cy', ['en-GB'], 'cy'],
    ['', null, ['fr-FR', 'cy-GB', 'en'], 'cy'],
    ['', null, ['de'], 'en'],
  ] as const)('start as address %s, memory %s and browser %o ask: %s', (query, memory, browser, expected) => {
    expect(startingLanguage(query, memory, browser)).toBe(expected);
  });

  it('are read from the same words once chosen', () => {
    expect(words.hotspots).toBe('Hotspots');
    setLanguage('cy');
    expect(words.hotspots).toBe('Mannau poeth');
    expect(words.locale).toBe('cy-GB');
  });
});
