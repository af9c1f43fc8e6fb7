/** Hit rate against area share: what each choice of ground would have held, and who is ahead of last year's counts. */
import type { BacktestResult } from '../backtest.ts';
import { ChartFrame, roundTicks, type Axis } from './chart-frame.ts';
import { escaped, percent } from './html.ts';
import { LINE_COLOURS } from './page-style.ts';

const LARGEST_SHARE = 0.2;
const MODEL_WIDTH = 3;

interface Line {
  title: string;
  colour: string;
  curve: readonly (readonly [number, number])[];
}

function linesOf({ model, baselines }: BacktestResult): Line[] {
  const titled = [{ title: 'this model', ...model }, ...baselines];
  return titled.map(({ title, hitRateCurve }, m) => ({
    title,
    colour: LINE_COLOURS[m % LINE_COLOURS.length] ?? '#000',
    curve: hitRateCurve.filter(([areaShare]) => areaShare <= LARGEST_SHARE * 1.1),
  }));
}

const AREA_AXIS: Axis = {
  from: 0,
  to: LARGEST_SHARE,
  ticks: [0, 0.05, 0.1, 0.15, 0.2],
  label: 'share of the area, %',
  written: (share) => percent(share, 0),
};

/** Both charts beside each other, with one key. */
export function hitRateCharts(result: BacktestResult): string {
  const lines = linesOf(result);
  const key = lines.map(
    ({ title, colour }) => `<li><i style="background:${colour}"></i>${escaped(title)}</li>`,
  );
  return `<ul class="key">${key.join('')}</ul><div class="side">
<figure>${hitRates(lines)}<figcaption>Incidents inside the chosen cells. The dashed line is what chance would hit.</figcaption></figure>
<figure>${aheadOfNaive(lines)}<figcaption>The same as points ahead of the naive map, at the same share of the area.</figcaption></figure></div>`;
}

function hitRates(lines: readonly Line[]): string {
  const highest = Math.max(...lines.flatMap(({ curve }) => curve.map(([, hitRate]) => hitRate)));
  const ticks = roundTicks(0, highest);
  const to = Math.max(highest * 1.03, ticks.at(-1) ?? 1);
  const label = 'hit rate, %';
  const frame = new ChartFrame(AREA_AXIS, {
    from: 0,
    to,
    ticks,
    label,
    written: (share) => percent(share, 0),
  });
  const chance = [0, LARGEST_SHARE].map((share): [number, number] => [share, share]);
  frame.line(chance, '#8593a1', 1, '4 4');
  for (const { curve, colour } of lines.slice(1)) frame.line([[0, 0], ...curve], colour, 1.5);
  const [model] = lines;
  if (model !== undefined) frame.line([[0, 0], ...model.curve], model.colour, MODEL_WIDTH);
  return frame.svg('Hit rate of every method against the share of the area');
}

function aheadOfNaive(lines: readonly Line[]): string {
  const naive = lines[1]?.curve ?? [];
  const ahead = lines.map((line) => ({
    ...line,
    curve: line.curve.map(([share, hitRate], s): [number, number] => [share, hitRate - (naive[s]?.[1] ?? 0)]),
  }));
  const all = ahead.flatMap(({ curve }) => curve.map(([, points]) => points));
  const [low, high] = [Math.min(0, ...all) - 0.002, Math.max(0, ...all) + 0.002];
  const y: Axis = {
    from: low,
    to: high,
    ticks: roundTicks(low, high),
    label: 'points ahead of the naive map',
    written: (points) => percent(points, high - low < 0.03 ? 1 : 0),
  };
  const frame = new ChartFrame(AREA_AXIS, y);
  for (const { curve, colour } of ahead.slice(1)) frame.line(curve, colour, 1.5);
  const [model] = ahead;
  if (model !== undefined) frame.line(model.curve, model.colour, MODEL_WIDTH);
  return frame.svg('How many points of hit rate each method is ahead of the naive map');
}
