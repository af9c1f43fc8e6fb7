/** Sets a candidate beside the present model on a span that neither has seen, window by window, theme by theme. */
import type { TimeZone } from '../../shared/time.ts';
import { THEME_GROUPS, type IncidentGroup, type KnownIncident } from '../features/counted-incident.ts';
import { windowsOf, type Horizon, type Span } from '../forecast-windows.ts';
import { NAIVE_MAP } from './baselines/naive-map.ts';
import { blocksOf, type Blocks } from './blocks.ts';
import { interval95, Resamples, totalOf, type Interval95 } from './bootstrap.ts';
import { fitBaselines } from './fit-baselines.ts';
import { Forecasters, type TestedModel } from './forecasters.ts';
import { ofShare, scoreFigures, Scorer, ScoringGround } from './scores.ts';
import { settle } from './setting.ts';
import { shareInMiddle } from './share-in-middle.ts';

export interface ComparisonRequest {
  incidents: readonly KnownIncident[];
  timeZone: TimeZone;
  span: Span;
  horizon: Horizon;
  candidate: TestedModel;
  /** The naive map takes its place where there is none. */
  present: TestedModel | undefined;
  onProgress?: (share: number, text: string) => void;
}

/** Of one of the two. */
export interface Figures {
  /** Nats per incident over an even spread. */
  informationGain: number;
  hitRateAtTenPercent: number;
  observedOverExpected: number;
  /** Share of counts in the middle 80 % of their distribution. */
  coverage80: number;
}

export interface ThemeComparison {
  theme: string;
  incidents: number;
  candidate: Figures;
  present: Figures;
  /** Nats per incident that the candidate gains over the present, and its 95 % interval over days drawn again. */
  gain: number;
  gainInterval: Interval95;
}

export interface Comparison {
  days: number;
  windows: number;
  themes: ThemeComparison[];
  /** All themes' incidents together: one in several themes counts in each. */
  pooled: Omit<ThemeComparison, 'theme' | 'candidate' | 'present'> & {
    candidate: Calibration;
    present: Calibration;
  };
}

export type Calibration = Pick<Figures, 'observedOverExpected' | 'coverage80'>;

const [OBSERVED, EXPECTED, PRESENT_EXPECTED, GAIN, CELLS, COVERAGE, PRESENT_COVERAGE, WIDTH] = [
  0, 1, 2, 3, 4, 5, 6, 7,
];
const TEN_PERCENT = 0.1;

/** Throws `TrainingImpossible` where too little is known before the span, `RangeError` where no window fits in. */
export async function compareModels(request: ComparisonRequest): Promise<Comparison> {
  const { timeZone, span, horizon, onProgress = () => undefined } = request;
  const windows = windowsOf(span, horizon, timeZone);
  if (windows.length === 0) throw new RangeError('no window of this horizon fits between the dates');
  const blocks = blocksOf(windows, horizon, timeZone);
  const resamples = new Resamples(blocks.count);
  const pooled = emptySums(blocks);
  const themes: ThemeComparison[] = [];
  for (const [g, group] of THEME_GROUPS.entries()) {
    const { sums, scorers } = await forecastTheme(request, group, windows, blocks, (share) => {
      onProgress((g + share) / THEME_GROUPS.length, `comparing ${group.name}`);
    });
    sums.forEach((block, b) => {
      block.forEach((sum, i) => (pooled[b] = add(pooled[b], i, sum)));
    });
    const [candidate, present] = scorers.map((scorer) => scoreFigures(totalOf(scorer.sums)));
    const { calibrations, ...difference } = differenceOf(sums, resamples);
    themes.push({
      theme: group.name,
      ...difference,
      candidate: { ...mapFigures(candidate), ...calibrations.candidate },
      present: { ...mapFigures(present), ...calibrations.present },
    });
  }
  const { calibrations, ...difference } = differenceOf(pooled, resamples);
  return { days: blocks.count, windows: windows.length, themes, pooled: { ...difference, ...calibrations } };
}

async function forecastTheme(
  request: ComparisonRequest,
  group: IncidentGroup,
  windows: readonly Span[],
  blocks: Blocks,
  onProgress: (share: number) => void,
): Promise<{ sums: Float64Array[]; scorers: Scorer[] }> {
  const { candidate, present, span } = request;
  const setting = settle({ ...request, group });
  const forecasters = new Forecasters(setting, group.name, fitBaselines([NAIVE_MAP], setting, span));
  const ground = new ScoringGround(setting.areasSquareMetres);
  const scorers = [new Scorer(ground, blocks.count), new Scorer(ground, blocks.count)];
  const sums = emptySums(blocks);
  const theme = group.name;
  const [theta, presentTheta] = [candidate.dispersionOf(theme), (present ?? candidate).dispersionOf(theme)];
  for (const [w, window] of windows.entries()) {
    const block = blocks.byWindow[w] ?? 0;
    const ours = await forecasters.window(window, { model: candidate, theme });
    const theirs =
      present === undefined
        ? (ours.baselines[0] ?? new Float32Array())
        : (await forecasters.window(window, { model: present, theme })).model;
    const { counts } = setting.outcomes.countIn(window, setting.walk.history);
    const outcome = ground.outcome(block, counts, ours.expectation);
    [ours.model, theirs].forEach((expected, one) => scorers[one]?.add(expected, outcome));
    const addends = new Float64Array(WIDTH);
    counts.forEach((count, cell) => {
      const [mean, presentMean] = [ours.model[cell] ?? 0, theirs[cell] ?? 0];
      addends[GAIN] = (addends[GAIN] ?? 0) - mean + presentMean;
      if (count > 0) addends[GAIN] += count * Math.log(mean / presentMean);
      add(addends, OBSERVED, count);
      add(addends, EXPECTED, mean);
      add(addends, PRESENT_EXPECTED, presentMean);
      add(addends, COVERAGE, shareInMiddle(count, mean, theta));
      add(addends, PRESENT_COVERAGE, shareInMiddle(count, presentMean, presentTheta));
    });
    add(addends, CELLS, counts.length);
    addends.forEach((addend, i) => (sums[block] = add(sums[block], i, addend)));
    onProgress((w + 1) / windows.length);
  }
  return { sums, scorers };
}

function differenceOf(
  sums: readonly Float64Array[],
  resamples: Resamples,
): Pick<ThemeComparison, 'incidents' | 'gain' | 'gainInterval'> & {
  calibrations: { candidate: Calibration; present: Calibration };
} {
  const total = totalOf(sums);
  const at = (i: number): number => total[i] ?? 0;
  const { gain } = resamples.measure(sums, (drawn) => ({
    gain: (drawn[GAIN] ?? 0) / (drawn[OBSERVED] ?? 0),
  }));
  const calibration = (expected: number, coverage: number): Calibration => ({
    observedOverExpected: at(OBSERVED) / at(expected),
    coverage80: at(coverage) / at(CELLS),
  });
  return {
    incidents: at(OBSERVED),
    gain: gain.value,
    gainInterval: interval95(gain),
    calibrations: {
      candidate: calibration(EXPECTED, COVERAGE),
      present: calibration(PRESENT_EXPECTED, PRESENT_COVERAGE),
    },
  };
}

function mapFigures(figures: Record<string, number> | undefined): Omit<Figures, keyof Calibration> {
  return {
    informationGain: figures?.['informationGain'] ?? NaN,
    hitRateAtTenPercent: figures?.[ofShare('hitRate', TEN_PERCENT)] ?? NaN,
  };
}

function emptySums(blocks: Blocks): Float64Array[] {
  return Array.from({ length: blocks.count }, () => new Float64Array(WIDTH));
}

function add(sums: Float64Array | undefined, i: number, addend: number): Float64Array {
  const into = sums ?? new Float64Array(WIDTH);
  into[i] = (into[i] ?? 0) + addend;
  return into;
}
