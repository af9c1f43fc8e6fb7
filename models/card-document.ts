/** The parts of MODEL_CARD.md that are figures: written from the artefact's card and from backtests of it. */
import type { Difference, Scores } from './evaluation/reported-scores.ts';
import { HALF_LIFE_DAYS } from './features/kernels.ts';
import type { ModelCard } from './model-card.ts';

/** As `npm run backtest` writes it, as far as it is shown. */
export interface BacktestSummary {
  data: string[];
  forecast: string;
  testFrom: string;
  testTo: string;
  horizon: { hours: number } | { months: number };
  modelId: string;
  windows: number;
  cells: number;
  model: Scores & { calibration: { pit: { all: Coverage; busiest: Coverage } } };
  naiveMap: Method;
  baselines: Method[];
}

interface Coverage {
  coverage80: number;
  coverage95: number;
}

type Method = Scores & { name: string; title: string; modelAhead: Difference };

/** A part that is no longer true; the message says which command makes it so again. */
export class CardOutdated extends Error {
  override readonly name = 'CardOutdated';
}

export type CardPart = 'identity' | 'weights' | 'accuracy' | 'calibration';

/** Replaces the parts between their marks. Throws `CardOutdated` where the document lacks one. */
export function withParts(document: string, parts: Partial<Record<CardPart, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [begin, end] = marksOf(name);
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new CardOutdated(`the document has no part between ${begin} and ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
  }, document);
}

/** What stands between the marks. Throws `CardOutdated` where there are none. */
export function partOf(document: string, name: CardPart): string {
  const [begin, end] = marksOf(name);
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new CardOutdated(`the document has no part ${name}`);
  return document.slice(from + begin.length, to).trim();
}

function marksOf(name: string): [begin: string, end: string] {
  return [`<!-- ${name}: written by npm run model-card -->`, `<!-- end of ${name} -->`];
}

export function identityPart({ id, sha256, training }: ModelCard): string {
  return table(
    ['', ''],
    [
      ['id', `\`${id}\``],
      ['SHA-256 of `forecast.onnx`', `\`${sha256}\``],
      ['learned from', training.data.map((name) => `\`${name}\``).join(', ')],
      [
        'incidents',
        `${count(training.incidents)}, from ${training.dataFrom} to the day before ${training.until}`,
      ],
      ['fitted to', `${training.windows}, from ${training.windowsFrom}, local time of ${training.timeZone}`],
    ],
  );
}

/** One row per theme: what share of the expectation comes from where. The card has each weight by itself. */
export function weightsPart({ themes }: ModelCard): string {
  const own = HALF_LIFE_DAYS.map((days) => `own-${days}d`);
  const share = (weight: number): string => (weight < 0.0005 ? '·' : weight.toFixed(3));
  return table(
    [
      ...['theme', 'fitted on', 'incidents', ...HALF_LIFE_DAYS.map((days) => `here, ${days} d`)],
      ...['around', 'all incidents', 'even spread', 'dispersion'],
    ],
    Object.entries(themes).map(([theme, { fittedOn, incidents, kernels, evenSpread, dispersion }]) => {
      const total = (prefix: string): number =>
        Object.entries(kernels).reduce(
          (sum, [name, weight]) => sum + (name.startsWith(prefix) ? weight : 0),
          0,
        );
      return [
        ...[theme, fittedOn, count(incidents), ...own.map((name) => share(kernels[name] ?? 0))],
        ...[share(total('ring1')), share(total('all')), share(evenSpread), dispersion.toFixed(3)],
      ];
    }),
  );
}

export function accuracyPart(summaries: readonly BacktestSummary[]): string {
  const baselines = [...new Set(summaries.flatMap((summary) => summary.baselines.map(({ title }) => title)))];
  return table(
    [
      'test',
      'theme',
      'ahead',
      'incidents',
      'gain',
      ...baselines.map((title) => `ahead of ${title}`),
      ...HIT_RATES,
    ],
    summaries.map((summary) => {
      const { model, naiveMap } = summary;
      return [
        ...aboutTest(summary),
        withInterval(model.informationGain, model.informationGainInterval, 3),
        ...baselines.map((title) => {
          const ahead = summary.baselines.find((one) => one.title === title)?.modelAhead;
          return ahead === undefined
            ? ''
            : withInterval(ahead.informationGain, ahead.informationGainInterval, 3);
        }),
        ...[0.02, 0.05, 0.1].map((share) => hitRates(share, model, naiveMap)),
      ];
    }),
  );
}

const HIT_RATES = ['hit rate at 2 %', 'at 5 %', 'at 10 %'];

/** The model's, the naive map's, and by how many points it is ahead. */
function hitRates(share: number, model: Scores, naiveMap: Method): string {
  const of = <Row extends { share: number }>(rows: readonly Row[]): Row | undefined =>
    rows.find((row) => row.share === share);
  const [own, naive] = [of(model.byAreaShare), of(naiveMap.byAreaShare)];
  const ahead = of(naiveMap.modelAhead.byAreaShare);
  if (own === undefined || naive === undefined || ahead === undefined) return '';
  const percent = (value: number): string => (100 * value).toFixed(1);
  const [low, high] = ahead.hitRateInterval.map((bound) => (100 * bound).toFixed(1));
  return `${percent(own.hitRate)} / ${percent(naive.hitRate)}, ${signed(100 * ahead.hitRate, 1)} [${low}, ${high}]`;
}

export function calibrationPart(summaries: readonly BacktestSummary[]): string {
  return table(
    [
      'test',
      'theme',
      'ahead',
      'incidents',
      'expected',
      'observed ÷ expected',
      'slope',
      '80 % holds',
      '95 % holds',
    ],
    summaries.map((summary) => {
      const { model } = summary;
      const { all, busiest } = model.calibration.pit;
      const percent = (value: number): string => (100 * value).toFixed(1);
      return [
        ...aboutTest(summary),
        count(Math.round(model.expected)),
        withInterval(model.observedOverExpected, model.observedOverExpectedInterval, 2),
        withInterval(model.slope, model.slopeInterval, 2),
        `${percent(all.coverage80)} %, busiest tenth ${percent(busiest.coverage80)} %`,
        `${percent(all.coverage95)} %, busiest tenth ${percent(busiest.coverage95)} %`,
      ];
    }),
  );
}

function aboutTest({ data, testFrom, testTo, forecast, horizon, model }: BacktestSummary): string[] {
  const ahead = 'hours' in horizon ? `${horizon.hours} h` : `${horizon.months} month`;
  const place = data.map((name) => name.split('_')[0]).join(', ');
  return [
    `${place} ${testFrom.slice(0, 10)} to ${testTo.slice(0, 10)}`,
    forecast,
    ahead,
    count(model.observed),
  ];
}

function withInterval(value: number, [low, high]: readonly [number, number], digits: number): string {
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

/** Laid out as the repository's formatter does: columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, c) => Math.max(3, title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
