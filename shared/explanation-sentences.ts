/** Says an explanation in English or Welsh: numbers in, sentences out, the same on the server and in the browser. */
import { english, type ExplanationWords } from './explanation-english.ts';
import { welsh } from './explanation-welsh.ts';
import { byMeaning, type Explanation, type ExplanationTerm, type ForecastFacts } from './explanation.ts';
import { LANGUAGES, type Language, type Objection } from './explanation.ts';

/** A rounding. */
const NOTHING = 1e-9;

const WORDS: Record<Language, ExplanationWords> = { en: english, cy: welsh };

export interface Saying {
  language: Language;
  /** IANA name of the zone whose time of day is said. */
  timeZone: string;
}

export interface Unsaid {
  facts: ForecastFacts;
  /** They sum to what is expected. */
  terms: readonly ExplanationTerm[];
  against: readonly Objection[];
}

export function sayExplanation({ facts, terms, against }: Unsaid, saying: Saying): Explanation {
  const words = WORDS[saying.language];
  const write = writer(words, saying.timeZone);
  const whole = sayWhole(facts, terms, words, write);
  const largestFirst = [...terms].sort((one, other) => Math.abs(other.expected) - Math.abs(one.expected));
  return {
    ...facts,
    language: saying.language,
    terms: largestFirst.map((term) => ({ ...term, text: sayTerm(term, facts, whole, words, write) })),
    byMeaning: byMeaning(terms),
    against: against.map((one) => ({ ...one, text: sayObjection(one, words, write) })),
    summary: saySummary(facts, words, write),
    reference: sayReference(facts, words, write),
  };
}

/**
 * The first of the languages that one of ours answers to, by an `Accept-Language` header (RFC 9110 section 12.5.4);
 * English where none does.
 */
export function languageFor(acceptLanguage: string): Language {
  const wanted = acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { tag } of wanted) {
    const found = LANGUAGES.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return 'en';
}

type Writer = ReturnType<typeof writer>;

function writer({ locale }: ExplanationWords, timeZone: string) {
  const figures = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const counts = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    ...{ hourCycle: 'h23', timeZone },
  });
  const percent = (share: number): string => {
    if (share < 0.01) return '< 1 %';
    return share > 0.99 ? '> 99 %' : `${counts.format(Math.round(100 * share))} %`;
  };
  return {
    /** Two figures: 0.31, 1.4, 140. */
    figure: (value: number) => figures.format(Math.abs(value)),
    count: (value: number) => counts.format(value),
    time: (instant: string) => times.format(new Date(instant)),
    percent,
  };
}

function saySummary(
  facts: ForecastFacts,
  words: ExplanationWords,
  { figure, count, time, percent }: Writer,
): string {
  const { theme, coarse, window, lower, upper, lower95, upper95, chanceOfAny, rank, areaCells } = facts;
  return [
    words.summary({
      ...{ theme, coarse, expected: figure(facts.expected) },
      ...{ from: time(window.from), to: time(window.to) },
    }),
    words.spread(count(lower), count(upper), count(lower95), count(upper95), percent(chanceOfAny)),
    words.rank(count(rank), count(areaCells)),
  ].join(' ');
}

function sayReference(
  { meanCell, naiveMap, withoutSensitive }: ForecastFacts,
  words: ExplanationWords,
  { figure, count }: Writer,
): string[] {
  const { expected, incidents, days } = naiveMap;
  return [
    words.meanCell(figure(meanCell)),
    words.naiveMap(figure(expected), incidents, count(incidents), count(days)),
    ...(withoutSensitive ? [words.withoutSensitive] : []),
  ];
}

/** Of what the other terms are parts: where the hours take something away, of more than the forecast. */
function sayWhole(
  { expected }: ForecastFacts,
  terms: readonly ExplanationTerm[],
  words: ExplanationWords,
  { figure }: Writer,
): string {
  const taken = terms.find((term) => term.term === 'rhythm' && term.expected < -NOTHING)?.expected ?? 0;
  return taken === 0 ? words.whole(figure(expected)) : words.wholeAtUsualHours(figure(expected - taken));
}

function sayTerm(
  term: ExplanationTerm,
  { theme, coarse }: ForecastFacts,
  whole: string,
  words: ExplanationWords,
  { figure, count }: Writer,
): string {
  const part = figure(term.expected);
  switch (term.term) {
    case 'level':
      return words.level(part, whole);
    case 'rhythm':
      if (Math.abs(term.expected) < NOTHING) return words.hoursChangeNothing;
      return term.expected > 0 ? words.hoursAdd(part) : words.hoursTake(part);
    case 'incidents': {
      const when = words.when[term.age];
      const counted = term.incidents === null ? [] : [words.counted(term.incidents, count(term.incidents))];
      const said = words.incidentTerm(part, whole, term.kind, theme);
      return `${[said, words.where[coarse ? 'coarse' : term.near], when, ...counted].join(' ')}.`;
    }
  }
}

function sayObjection(
  one: Objection,
  words: ExplanationWords,
  { figure, count, time, percent }: Writer,
): string {
  switch (one.objection) {
    case 'drifts':
      return words.drifts;
    case 'quiet-lately':
      return words.quietLately(one.incidents, count(one.incidents), figure(one.usual));
    case 'other-hours':
      return words.otherHours(figure(one.expected));
    case 'naive-map-lower':
      return words.naiveMapLower(figure(one.expected));
    case 'none-is-possible':
      return words.noneIsPossible(percent(one.chance));
    case 'few-incidents':
      return words.fewIncidents(count(one.incidents));
    case 'borrowed-weights':
      return words.borrowedWeights(one.from);
    case 'feed-late':
      return words.feedLate(feedName(one), time(one.at));
    case 'feed-silent':
      return words.feedSilent(feedName(one), time(one.at));
  }
}

/** Feeds are named in slugs. */
function feedName({ agency, feed }: { agency: string; feed: string }): string {
  return `${agency} ${feed}`.replaceAll('-', ' ');
}
