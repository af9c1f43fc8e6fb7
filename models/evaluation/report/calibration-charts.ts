/** Whether the numbers can be believed: expected beside observed, and where counts fell in their distribution. */
import type { Calibration, PitReport } from '../calibration.ts';
import { ChartFrame, type Axis } from './chart-frame.ts';
import { percent, written } from './html.ts';
import { LINE_COLOURS } from './page-style.ts';

const [OURS, BASELINE] = LINE_COLOURS;
const SLATE = '#8fa3b5';

/** Charts of the means and of the distribution, beside each other. */
export function calibrationCharts(calibration: Calibration): string {
  const { all, busiest } = calibration.pit;
  return `<div class="side"><figure>${means(calibration)}<figcaption>Tenths of all forecasts by their expectation: incidents per cell and window, expected and observed, with the 95 % interval. On the line expectation and outcome agree.</figcaption></figure>
<figure>${pit(busiest)}<figcaption>Randomised probability integral transform in the busiest 10 % of the area, where counts say something: flat where the forecast distribution is right, a valley where it is too narrow, a hill where it is too wide. Over all cells the middle 80 % hold ${percent(all.coverage80)} %.</figcaption></figure></div>`;
}

function means({ tenths }: Calibration): string {
  const shown = tenths.filter(({ expected }) => expected > 0);
  const points = shown.map(({ forecasts, expected, observed, observedOverExpectedInterval: [low, high] }) => {
    const mean = expected / forecasts;
    return { mean, observed: observed / forecasts, low: low * mean, high: high * mean };
  });
  const positive = points
    .flatMap(({ mean, observed, low, high }) => [mean, observed, low, high])
    .filter((v) => v > 0);
  const from = 10 ** Math.floor(Math.log10(Math.min(...positive)));
  const to = 10 ** Math.ceil(Math.log10(Math.max(...positive)));
  const decades = Math.round(Math.log10(to / from));
  const ticks = Array.from({ length: decades + 1 }, (_, power) => from * 10 ** power);
  const axis = (label: string): Axis => ({
    ...{ from, to, ticks, label, isLogarithmic: true },
    written: (value) => String(Number(value.toPrecision(1))),
  });
  const frame = new ChartFrame(axis('expected per cell and window'), axis('observed'));
  frame.line(
    [from, to].map((value): [number, number] => [value, value]),
    SLATE,
    1,
    '4 4',
  );
  for (const { mean, observed, low, high } of points) {
    frame.line(
      [low, high].map((value): [number, number] => [mean, Math.max(value, from / 10)]),
      OURS,
      1.5,
    );
    frame.dot(mean, observed, OURS, `expected ${written(mean, 4)}, observed ${written(observed, 4)}`);
  }
  return frame.svg('Observed against expected incidents, by tenths of the forecasts');
}

function pit({ histogram }: PitReport): string {
  // Pairs of bins: a twentieth each.
  const bars = Array.from({ length: histogram.length / 2 }, (_, bin) => {
    const share = (histogram[2 * bin] ?? 0) + (histogram[2 * bin + 1] ?? 0);
    return (share * histogram.length) / 2;
  });
  const to = Math.max(1.5, Math.ceil(Math.max(...bars.filter(Number.isFinite)) * 4) / 4);
  const frame = new ChartFrame(
    {
      from: 0,
      to: 1,
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
      label: 'place in the forecast distribution',
      written: (v) => written(v, 1),
    },
    {
      from: 0,
      to,
      ticks: [0, 0.5, 1, 1.5, 2].filter((tick) => tick <= to),
      label: 'share ÷ what is right',
      written: (v) => written(v, 1),
    },
  );
  bars.forEach((share, bin) => {
    frame.bar(bin / bars.length, (bin + 1) / bars.length, Number.isFinite(share) ? share : 0, SLATE);
  });
  frame.line(
    [
      [0, 1],
      [1, 1],
    ],
    BASELINE,
    1.5,
    '4 4',
  );
  return frame.svg('Histogram of the randomised probability integral transform');
}
