/** Explanations are said in English and in Welsh, every one of them, with the same figures. */
import { describe, expect, it } from 'vitest';
import { languageFor, sayExplanation } from '../../shared/explanation-sentences.ts';
import { AGES, KINDS, LANGUAGES, NEARNESSES, type Explanation } from '../../shared/explanation.ts';
import type { ExplanationTerm, ForecastFacts, Language, Objection } from '../../shared/explanation.ts';
import { THEMES } from '../../shared/theme.ts';

const FACTS: ForecastFacts = {
  at: '2026-11-24T21:42:00.000Z',
  ...{ force: 'north-wales', theme: 'burglary', horizonHours: 8, modelId: 'a model', forecastId: null },
  window: { from: '2026-07-24T21:42:00.000Z', to: '2026-07-25T05:42:00.000Z' },
  ...{ cell: '89194ad326fffff', coarse: false, expected: 1.4, rank: 3, areaCells: 4_397, meanCell: 0.021 },
  ...{ lower: 0, upper: 3, lower95: 0, upper95: 4, chanceOfAny: 0.7234 },
  naiveMap: { expected: 0.9, incidents: 31, days: 365 },
  withoutSensitive: false,
};

const TERMS: ExplanationTerm[] = [
  { term: 'level', expected: 0.04 },
  { term: 'rhythm', expected: 0.12 },
  { term: 'rhythm', expected: -0.12 },
  { term: 'rhythm', expected: 0 },
  ...KINDS.flatMap((kind) =>
    NEARNESSES.flatMap((near) =>
      AGES.map((age): ExplanationTerm => ({
        term: 'incidents',
        kind,
        near,
        age,
        expected: 0.31,
        incidents: 4,
      })),
    ),
  ),
];

const AGAINST: Objection[] = [
  { objection: 'drifts' },
  { objection: 'quiet-lately', incidents: 2, usual: 4.93 },
  { objection: 'other-hours', expected: 0.12 },
  { objection: 'naive-map-lower', expected: 0.9 },
  { objection: 'none-is-possible', chance: 0.2766 },
  { objection: 'few-incidents', incidents: 3 },
  { objection: 'borrowed-weights', from: 'vawg' },
  { objection: 'feed-late', agency: 'police', feed: 'north-cad', at: '2026-07-24T12:00:00Z' },
  { objection: 'feed-silent', agency: 'social-care', feed: 'duty', at: '2026-07-24T12:00:00Z' },
];

const say = (language: Language, change: Partial<ForecastFacts> = {}, terms = TERMS): Explanation =>
  sayExplanation(
    { facts: { ...FACTS, ...change }, terms, against: AGAINST },
    { language, timeZone: 'Europe/London' },
  );

const sentences = ({ summary, reference, terms, against }: Explanation): string[] => [
  summary,
  ...reference,
  ...terms.map(({ text }) => text),
  ...against.map(({ text }) => text),
];

describe('an explanation in words', () => {
  it('says what comes from where', () => {
    const term: ExplanationTerm = {
      ...{ term: 'incidents', kind: 'theme', near: 'around', age: '3-days', expected: 0.31, incidents: 4 },
    };
    expect(say('en', {}, [term]).terms[0]?.text).toBe(
      '0.31 of 1.4 expected come from burglaries in the hexagons around it (within about 500 m) in the last 3 days (4 incidents).',
    );
    expect(say('cy', {}, [term]).terms[0]?.text).toBe(
      'Daw 0.31 o’r 1.4 a ddisgwylir o fyrgleriaeth yn yr hecsagonau o’i gwmpas (o fewn tua 500 m) yn y 3 diwrnod diwethaf (4 digwyddiad).',
    );
  });

  it('says how much, how sure, and beside what', () => {
    const { summary, reference } = say('en');
    expect(summary).toBe(
      'Burglary in this hexagon: 1.4 expected from Fri 24 Jul, 22:42 to Sat 25 Jul, 06:42. With 80 % probability 0 to 3, with 95 % 0 to 4; at least one: 72 %. Rank 3 of 4,397.',
    );
    expect(reference).toEqual([
      'A hexagon of the area expects 0.021 on average.',
      'Counting alone (31 incidents here in the last 365 days) would expect 0.9.',
    ]);
    expect(say('cy').summary).toBe(
      'Byrgleriaeth yn yr hecsagon hwn: disgwylir 1.4 (Gwen, 24 Gorff, 22:42 – Sad, 25 Gorff, 06:42). Gyda thebygolrwydd o 80 %, 0 i 3; gyda 95 %, 0 i 4; o leiaf un: 72 %. Safle 3 o 4,397.',
    );
  });

  it('is another text in Welsh, with the same figures, whatever is said', () => {
    for (const theme of THEMES) {
      for (const change of [{}, { coarse: true }, { withoutSensitive: true }]) {
        const [english, welsh] = LANGUAGES.map((language) => sentences(say(language, { theme, ...change })));
        expect(new Set(english).size).toBeGreaterThan(20);
        english?.forEach((sentence, i) => {
          const translated = welsh?.[i] ?? '';
          expect(translated).not.toBe(sentence);
          expect(translated).not.toMatch(/\b(the|of|and|incidents?|expected|hexagons?|last|days?)\b/i);
          expect(translated).not.toContain('undefined');
          const figures = (text: string): string[] => (text.match(/\d[\d.,]*\d|\d/g) ?? []).toSorted();
          expect(figures(translated)).toEqual(figures(sentence));
        });
      }
    }
  });

  it('counts one and two as each language does', () => {
    const counted = (language: Language, incidents: number): string =>
      say(language, {}, [
        { ...{ term: 'incidents', kind: 'theme', near: 'here', age: '3-days' }, expected: 1, incidents },
      ])
        .terms.map(({ text }) => text.slice(text.lastIndexOf('(')))
        .join();
    expect([1, 2, 3].map((count) => counted('en', count))).toEqual([
      '(1 incident).',
      '(2 incidents).',
      '(3 incidents).',
    ]);
    expect([1, 2, 3].map((count) => counted('cy', count))).toEqual([
      '(1 digwyddiad).',
      '(2 ddigwyddiad).',
      '(3 digwyddiad).',
    ]);
  });

  it('says of a small hexagon that it does not count what could point at a home', () => {
    const note = 'Domestic and sexual incidents are not counted here';
    expect(say('en', { withoutSensitive: true }).reference.at(-1)).toContain(note);
    expect(sentences(say('en')).join()).not.toContain(note);
  });

  it('takes parts of what is expected at usual hours, where these hours take something away', () => {
    const taken: ExplanationTerm[] = [
      { ...{ term: 'incidents', kind: 'theme', near: 'here', age: '3-days' }, expected: 1.8, incidents: 9 },
      { term: 'rhythm', expected: -0.4 },
    ];
    expect(say('en', {}, taken).terms.map(({ text }) => text)).toEqual([
      '1.8 of 1.8 expected at usual hours come from burglaries in this hexagon in the last 3 days (9 incidents).',
      '− 0.4 for these hours and days: less happens here then than elsewhere in the area.',
    ]);
    expect(say('cy', {}, taken).terms[0]?.text).toContain(
      'Daw 1.8 o’r 1.8 a ddisgwylir ar oriau arferol o fyrgleriaeth',
    );
  });
});

it.each([
  ['cy', 'cy'],
  ['cy-GB,cy;q=0.9,en;q=0.8', 'cy'],
  ['en-GB,en;q=0.9,cy;q=0.8', 'en'],
  ['en;q=0.3, cy;q=0.7', 'cy'],
  ['fr, CY;q=0.5, *;q=0.1', 'cy'],
  ['cy;q=0, en', 'en'],
  ['fr', 'en'],
  ['', 'en'],
  ['cycling', 'en'],
])('Accept-Language %j is answered in %s', (header, language) => {
  expect(languageFor(header)).toBe(language);
});
