/** The words of an explanation in English; every other language is a file of this shape. */
import type { Age, Kind, Nearness } from './explanation.ts';
import type { Theme } from './theme.ts';

const theme: Record<Theme, string> = {
  all: 'All incidents',
  'knife-crime': 'Knife crime',
  asb: 'Anti-social behaviour',
  vawg: 'Violence against women and girls',
  violence: 'Violence',
  burglary: 'Burglary',
  theft: 'Theft',
};

/** After `come from`. */
const themesIncidents: Record<Theme, string> = {
  all: 'incidents',
  'knife-crime': 'knife crime',
  asb: 'anti-social behaviour',
  vawg: 'violence against women and girls',
  violence: 'violence',
  burglary: 'burglaries',
  theft: 'thefts',
};

const ALL_KINDS = 'incidents of every kind';

const where: Record<Nearness | 'coarse', string> = {
  here: 'in this hexagon',
  around: 'in the hexagons around it (within about 500 m)',
  coarse: 'in this area, its edge included',
};

const when: Record<Age, string> = {
  '3-days': 'in the last 3 days',
  '30-days': '3 to 30 days ago',
  '90-days': '30 to 90 days ago',
  '365-days': '90 days to a year ago',
  earlier: 'more than a year ago',
  'any-time': 'in the past',
};

const incidents = (count: number, digits: string): string =>
  count === 1 ? `${digits} incident` : `${digits} incidents`;

/** Figures come as text, written for the locale; a count comes as a number too where its grammar depends on it. */
export const english = {
  locale: 'en-GB',
  theme,
  summary: (subject: { theme: Theme; coarse: boolean; expected: string; from: string; to: string }) =>
    `${theme[subject.theme]} in this ${subject.coarse ? 'area' : 'hexagon'}: ${subject.expected} expected from ${subject.from} to ${subject.to}.`,
  spread: (low: string, high: string, low95: string, high95: string, chance: string) =>
    `With 80 % probability ${low} to ${high}, with 95 % ${low95} to ${high95}; at least one: ${chance}.`,
  rank: (rank: string, cells: string) => `Rank ${rank} of ${cells}.`,
  /** The whole before these hours are allowed for, where that takes something away. */
  wholeAtUsualHours: (whole: string) => `${whole} expected at usual hours`,
  whole: (whole: string) => `${whole} expected`,
  incidentTerm: (part: string, whole: string, kind: Kind, of: Theme) =>
    `${part} of ${whole} come from ${kind === 'all' ? ALL_KINDS : themesIncidents[of]}`,
  where,
  when,
  counted: (count: number, digits: string) => `(${incidents(count, digits)})`,
  level: (part: string, whole: string) =>
    `${part} of ${whole} are the area’s level: every hexagon has it alike, whatever happened there.`,
  hoursAdd: (part: string) =>
    `+ ${part} for these hours and days: more happens here then than elsewhere in the area.`,
  hoursTake: (part: string) =>
    `− ${part} for these hours and days: less happens here then than elsewhere in the area.`,
  hoursChangeNothing: 'These hours and days change nothing.',
  meanCell: (figure: string) => `A hexagon of the area expects ${figure} on average.`,
  naiveMap: (figure: string, count: number, digits: string, days: string) =>
    `Counting alone (${incidents(count, digits)} here in the last ${days} days) would expect ${figure}.`,
  withoutSensitive:
    'Domestic and sexual incidents are not counted here: the hexagon is too small to tell of them.',
  drifts: 'This forecast has been off lately: the scorecard says how.',
  quietLately: (count: number, digits: string, usual: string) =>
    `Quieter lately: ${incidents(count, digits)} in the last 30 days, where the pace before would bring ${usual}.`,
  otherHours: (figure: string) =>
    `Most happens here at other times: without that ${figure} more would be expected.`,
  naiveMapLower: (figure: string) => `Counting alone would expect less: ${figure}.`,
  noneIsPossible: (chance: string) => `Perhaps nothing happens: the probability of that is ${chance}.`,
  fewIncidents: (digits: string) =>
    `Few incidents are behind it: ${digits} in the last 365 days, here and around.`,
  borrowedWeights: (from: Theme) =>
    `There were too few such incidents to learn from: the weights are those of “${theme[from]}”.`,
  feedLate: (feed: string, time: string) => `The feed “${feed}” is late: its newest incident is of ${time}.`,
  feedSilent: (feed: string, time: string) =>
    `Nothing has come from the feed “${feed}” since ${time}: quiet here does not mean quiet streets.`,
};

export type ExplanationWords = typeof english;
