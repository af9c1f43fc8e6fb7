/** Why a forecast is what it is: its terms in expected incidents, what speaks against it, and both in words. */
import type { Agency } from './category.ts';
import type { Cell } from './cell.ts';
import type { ForecastWindow, HorizonHours } from './forecast.ts';
import type { Force } from './force.ts';
import type { Spread } from './hotspot.ts';
import type { Theme } from './theme.ts';

export const LANGUAGES = ['en', 'cy'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * How long before the forecast incidents happened, in days; `365-days` are those of 90 to 365 days ago.
 * `any-time` are all, where their ages are not known or may not be told.
 */
export const AGES = ['3-days', '30-days', '90-days', '365-days', 'earlier', 'any-time'] as const;
export type Age = (typeof AGES)[number];

/** In the hexagon itself, or in those that touch it; a coarse hexagon's edge is counted as here. */
export const NEARNESSES = ['here', 'around'] as const;
export type Nearness = (typeof NEARNESSES)[number];

/** Whether only the theme's incidents are behind it, or those of every kind. */
export const KINDS = ['theme', 'all'] as const;
export type Kind = (typeof KINDS)[number];

export interface IncidentTerm {
  term: 'incidents';
  kind: Kind;
  near: Nearness;
  age: Age;
  /** Expected incidents. */
  expected: number;
  /** How many incidents bring that; null where they are not counted one by one. */
  incidents: number | null;
}

/** What every hexagon of the area has alike, whatever happened there. */
export interface LevelTerm {
  term: 'level';
  expected: number;
}

/** What the hexagon's own hours and days of the week add (or, negative, take away). */
export interface RhythmTerm {
  term: 'rhythm';
  expected: number;
}

export type ExplanationTerm = IncidentTerm | LevelTerm | RhythmTerm;

/** The terms by meaning: each of `recency`, `nearness` and `kind`, together with `rhythm` and `level`, sums to the forecast. */
export interface TermsByMeaning {
  recency: Record<Age, number>;
  nearness: Record<Nearness, number>;
  kind: Record<Kind, number>;
  rhythm: number;
  level: number;
}

export type Objection =
  /** It has been off lately, says the scorecard. */
  | { objection: 'drifts' }
  /** Fewer incidents in the last 30 days than the last 365 would bring, beyond chance. */
  | { objection: 'quiet-lately'; incidents: number; usual: number }
  /** Most happens there at other times, which takes so much away. */
  | { objection: 'other-hours'; expected: number }
  /** Last year's map expects less. */
  | { objection: 'naive-map-lower'; expected: number }
  | { objection: 'none-is-possible'; chance: number }
  /** So few incidents of the theme in the last 365 days, here and around. */
  | { objection: 'few-incidents'; incidents: number }
  /** The theme was too rare to be learnt: its weights are another's. */
  | { objection: 'borrowed-weights'; from: Theme }
  | { objection: 'feed-late'; agency: Agency; feed: string; at: string }
  | { objection: 'feed-silent'; agency: Agency; feed: string; at: string };

export interface NaiveMap {
  /** What last year's count would expect, given the same hours. */
  expected: number;
  incidents: number;
  /** Days that were counted: 365, or as far back as the past is known. */
  days: number;
}

export interface ForecastFacts extends Spread {
  /** When the forecast is from. */
  at: string;
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  window: ForecastWindow;
  modelId: string;
  /** Of the issued forecast; null for the one of now. */
  forecastId: number | null;
  cell: Cell;
  coarse: boolean;
  expected: number;
  rank: number;
  areaCells: number;
  /** What the mean hexagon of the area expects. */
  meanCell: number;
  naiveMap: NaiveMap;
  /** Domestic and sexual incidents are neither numbered nor dated here, though the forecast knows of them. */
  withoutSensitive: boolean;
}

export type Said<What> = What & { text: string };

export interface Explanation extends ForecastFacts {
  language: Language;
  /** They sum to `expected`; the largest first. */
  terms: Said<ExplanationTerm>[];
  byMeaning: TermsByMeaning;
  against: Said<Objection>[];
  /** The forecast in a sentence, and what to compare it with. */
  summary: string;
  reference: string[];
}

export function byMeaning(terms: readonly ExplanationTerm[]): TermsByMeaning {
  const zeros = <Key extends string>(keys: readonly Key[]): Record<Key, number> =>
    Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  const meaning = {
    recency: zeros(AGES),
    nearness: zeros(NEARNESSES),
    kind: zeros(KINDS),
    rhythm: 0,
    level: 0,
  };
  for (const term of terms) {
    if (term.term === 'incidents') {
      meaning.recency[term.age] += term.expected;
      meaning.nearness[term.near] += term.expected;
      meaning.kind[term.kind] += term.expected;
    } else meaning[term.term] += term.expected;
  }
  return meaning;
}
