/** The methods side by side, each figure over its 95 % interval. */
import type { BacktestResult } from '../backtest.ts';
import { escaped, figure, percent, signed, table, written } from './html.ts';

const OWN = 'this model';

function share(fraction: number): string {
  return `${String(Number((100 * fraction).toPrecision(3)))}\u00a0%`;
}

export function hitRateTable({ model, baselines }: BacktestResult): string {
  const shares = model.byAreaShare.map((one) => one.share);
  const rows = [{ title: OWN, ...model }, ...baselines].map((method) => [
    escaped(method.title),
    figure(written(method.informationGain, 3), method.informationGainInterval, 3),
    ...method.byAreaShare.map(({ hitRate, hitRateInterval }) =>
      figure(percent(hitRate), hitRateInterval, 1, 100),
    ),
    figure(
      written(method.byAreaShare.at(-1)?.pai ?? NaN, 2),
      method.byAreaShare.at(-1)?.paiInterval ?? [NaN, NaN],
      2,
    ),
    figure(
      written(method.byAreaShare.at(-1)?.pei ?? NaN, 2),
      method.byAreaShare.at(-1)?.peiInterval ?? [NaN, NaN],
      2,
    ),
  ]);
  const largest = share(shares.at(-1) ?? NaN);
  const head = [
    '',
    'information gain',
    ...shares.map((one) => `hits in ${share(one)}`),
    `PAI at ${largest}`,
    `PEI at ${largest}`,
  ];
  return table(head, rows, 0);
}

export function aheadTable({ model, baselines }: BacktestResult): string {
  const rows = baselines.map(({ title, modelAhead }) => [
    `over the ${escaped(title)}`,
    figure(signed(modelAhead.informationGain, 3), modelAhead.informationGainInterval, 3),
    ...modelAhead.byAreaShare.map(({ hitRate, hitRateInterval }) =>
      figure(signed(100 * hitRate, 1), hitRateInterval, 1, 100),
    ),
  ]);
  return table(
    ['', 'information gain', ...model.byAreaShare.map((one) => `points in ${share(one.share)}`)],
    rows,
  );
}

/** Empty where hours are not known. */
export function cellHourTable({ model, baselines }: BacktestResult): string {
  const { byCellHourShare } = model;
  if (byCellHourShare === undefined) return '';
  const rows = [{ title: OWN, ...model }, ...baselines].map((method) => [
    escaped(method.title),
    ...(method.byCellHourShare ?? []).map(({ hitRate, hitRateInterval }) =>
      figure(percent(hitRate), hitRateInterval, 1, 100),
    ),
  ]);
  return table(['', ...byCellHourShare.map((one) => `hits in ${share(one.share)}`)], rows, 0);
}

export function rateTable({ model, baselines }: BacktestResult): string {
  const rows = [{ title: OWN, ...model }, ...baselines].map((method) => [
    escaped(method.title),
    written(method.expected, 0),
    written(method.observed, 0),
    figure(written(method.observedOverExpected, 3), method.observedOverExpectedInterval, 3),
    figure(written(method.slope, 2), method.slopeInterval, 2),
    figure(written(method.logLikelihood, 3), method.logLikelihoodInterval, 3),
  ]);
  return table(['', 'expected', 'observed', 'observed ÷ expected', 'slope', 'log-likelihood'], rows, 0);
}

export function baselineTable({ baselines }: BacktestResult): string {
  const rows = baselines.map(({ title, source, parameters, evenSpread }) => {
    const numbers = Object.entries(parameters).map(([name, value]) => `${inWords(name)} ${short(value)}`);
    const spread = evenSpread > 0 ? [`${share(evenSpread)} spread evenly`] : [];
    return [escaped(title), text(source), text([...numbers, ...spread].join(', '))];
  });
  return table(['', text('what it is'), text('with')], rows);
}

function text(words: string): string {
  return `<div class="text">${escaped(words)}</div>`;
}

function inWords(camelCase: string): string {
  return camelCase.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Four digits, and none where nothing is left. */
function short(value: number): string {
  return String(Math.abs(value) < 1e-6 ? 0 : Number(value.toPrecision(4)));
}
