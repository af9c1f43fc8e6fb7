/** What a backtest found, as `summary.json` has it and in three lines for the terminal. */
import { basename } from 'node:path';
import type { BacktestResult } from '../../models/evaluation/backtest.ts';
import type { AboutTest } from '../../models/evaluation/report/report-page.ts';
import type { Scores } from '../../models/evaluation/reported-scores.ts';
import type { ModelCard } from '../../models/model-card.ts';
import { formatInstant } from '../../shared/time.ts';
import type { BacktestArea } from './backtest-area.ts';
import type { BacktestArguments } from './backtest-arguments.ts';
import type { PastAccount } from './recorded-past.ts';

export interface BacktestOutcome {
  card: ModelCard;
  /** The model's theme that forecast the group. */
  theme: string;
  area: BacktestArea | undefined;
  result: BacktestResult;
  account: PastAccount & { tooCoarse: number };
}

export function summarise(asked: BacktestArguments, outcome: BacktestOutcome): object {
  const { card, theme, area, result, account } = outcome;
  const { cellsFixedAtMs, checkedForLeaksMs, byCell: _, model, naiveMap, baselines, ...figures } = result;
  return {
    data: asked.files.map((file) => basename(file)),
    account,
    forecast: asked.group.name,
    timezone: asked.timeZone.name,
    testFrom: formatInstant(asked.span.fromMs),
    testTo: formatInstant(asked.span.toMs),
    horizon: asked.horizon,
    modelId: card.id,
    modelTheme: theme,
    weightsFittedOn: card.themes[theme]?.fittedOn,
    cellsFixedAt: formatInstant(cellsFixedAtMs),
    cellsFrom:
      area === undefined ? 'incidents before cellsFixedAt' : `force areas: ${area.forces.join(', ')}`,
    warnings: warningsOf(asked, card),
    forecastAgainWithoutLaterIncidents: checkedForLeaksMs.map(formatInstant),
    ...figures,
    model,
    naiveMap,
    baselines,
  };
}

/** What makes the figures look better than they are. */
export function warningsOf(
  { files, span, timeZone, modelFolder }: BacktestArguments,
  card: ModelCard,
): string[] {
  if (modelFolder === undefined) return [];
  const { data, until } = card.training;
  const testFrom = formatInstant(span.fromMs + timeZone.offsetMs(span.fromMs)).slice(0, 10);
  const shared = files.map((file) => basename(file)).filter((name) => data.includes(name));
  if (until <= testFrom || shared.length === 0) return [];
  return [
    `the model has learned from ${shared.join(', ')} up to ${until}, and so from the test itself: take one trained until ${testFrom}`,
  ];
}

export function headline({ model, naiveMap, windows }: BacktestResult): string {
  const hits = ({ byAreaShare }: Scores): string =>
    byAreaShare.map(({ hitRate }) => (100 * hitRate).toFixed(1)).join(' / ');
  const { observed, expected, informationGain, informationGainInterval } = model;
  const interval = informationGainInterval.map((end) => end.toFixed(3)).join(' to ');
  return [
    `${windows} windows, ${observed} incidents, ${expected.toFixed(0)} expected`,
    `hit rate at 1 / 2 / 5 / 10 % of the area: ${hits(model)} %, naive map ${hits(naiveMap)} %`,
    `information gain: ${informationGain.toFixed(3)} nats an incident (${interval}), naive map ${naiveMap.informationGain.toFixed(3)}`,
  ].join('\n');
}

const SENSITIVE_CATEGORY = 'sexual-offences';

/** What the report says of the test besides its figures. */
export function aboutTest(
  asked: BacktestArguments,
  { card, theme, area, result }: BacktestOutcome,
): AboutTest {
  const { group, timeZone, span, horizon, files } = asked;
  const date = (epochMs: number): string => formatInstant(epochMs + timeZone.offsetMs(epochMs)).slice(0, 10);
  const fixed = date(result.cellsFixedAtMs);
  return {
    forecast: group.name,
    horizon: 'months' in horizon ? 'a month' : `${horizon.hours} hours`,
    testFrom: date(span.fromMs),
    testTo: date(span.toMs),
    timeZone: timeZone.name,
    data: files.map((file) => basename(file)),
    modelId: card.id,
    cellsFrom:
      area === undefined
        ? `those with an incident before ${fixed}, when training began, holes filled`
        : `all of the force area of ${area.forces.join(', ')}`,
    dispersion: card.themes[theme]?.dispersion ?? 0,
    warnings: warningsOf(asked, card),
    isSensitive: group.name === 'vawg' || group.name === SENSITIVE_CATEGORY,
  };
}
