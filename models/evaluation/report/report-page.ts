/** The report of a backtest as one page of HTML that needs nothing else: no script, no file, no network. */
import type { BacktestResult } from '../backtest.ts';
import { calibrationCharts } from './calibration-charts.ts';
import { cellMaps } from './cell-maps.ts';
import { hitRateCharts } from './hit-rate-charts.ts';
import { escaped, percent, signed, written } from './html.ts';
import { aheadTable, baselineTable, cellHourTable, hitRateTable, rateTable } from './method-tables.ts';
import { PAGE_STYLE } from './page-style.ts';

/** What the page says of the test besides its figures. */
export interface AboutTest {
  /** What was forecast: a theme or categories. */
  forecast: string;
  /** Like "24 hours". */
  horizon: string;
  /** Local dates: the first day, and the day after the last. */
  testFrom: string;
  testTo: string;
  timeZone: string;
  data: readonly string[];
  modelId: string;
  /** Where the cells come from, as half a sentence. */
  cellsFrom: string;
  /** θ of the model: variance = mean · (1 + θ). */
  dispersion: number;
  warnings: readonly string[];
  /** Whether places must stay vague. */
  isSensitive: boolean;
}

export function reportPage(about: AboutTest, result: BacktestResult): string {
  const title = `Backtest: ${about.forecast}, ${about.horizon} ahead`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head><body>
<h1>${escaped(title)}</h1>
<p class="faint">${escaped(`${about.testFrom} until ${about.testTo}, ${about.timeZone}; ${String(result.windows)} windows, ${written(result.model.observed, 0)} incidents, ${String(result.cells)} cells, ${written(result.areaSquareKm, 0)}\u00a0km²`)}</p>
${about.warnings.map((warning) => `<p class="warning">${escaped(warning)}</p>`).join('')}
${summary(result)}
<h2>Hits</h2>
<p>Hit rate: share of the next window’s incidents inside the chosen cells. Information gain: nats per incident over a map that is the same everywhere. PAI: hit rate ÷ area share. PEI: PAI ÷ the best that any choice could have had. Below each figure is its 95 % interval, from drawing the ${result.bootstrap.blocks} ${result.bootstrap.blockIs}s of the test again ${result.bootstrap.draws} times.</p>
${hitRateTable(result)}
${hitRateCharts(result)}
<h2>How far the model is ahead</h2>
<p>Differences on the same days. Where the interval holds 0, chance may have made the difference.</p>
${aheadTable(result)}
${hours(result)}
<h2>Whether the numbers can be believed</h2>
<p>Observed ÷ expected is 1 where as much came as was expected. The slope is 1 where differences between cells are right, below 1 where they are overdone. All methods are given the same level and hour-of-week curve, so that only their maps differ.</p>
${rateTable(result)}
${calibrationCharts(result.model.calibration)}
<h2>Where</h2>
${about.isSensitive ? '<p>Places are shown coarsely, because incidents of this kind point at homes.</p>' : ''}
${cellMaps(result, about.dispersion, about.isSensitive)}
<h2>How this was measured</h2>
${method(about, result)}
${baselineTable(result)}
<h2>What it must not be used for</h2>
<p>It says how well reported incidents of the past could have been ranked by place. It says nothing of persons, and must not be used to judge who lives or goes there, to stop or search anybody, to rate officers, or as the only reason for sending or withdrawing help. What is not reported is not in it; where reporting differs, so does the map. Incidents that officers or sensors found feed no forecast, and are no part of the outcome either.</p>
<h2>Data and terms</h2>
<dl><dt>Data</dt><dd>${about.data.map(escaped).join(', ')}</dd><dt>Model</dt><dd>${escaped(about.modelId)}</dd></dl>
<p>Who passes these figures on names the publisher of the data and keeps to its terms. Public UK data stand for snap points, not addresses, and know the month alone.</p>
</body></html>
`;
}

function summary({ model, naiveMap }: BacktestResult): string {
  const ours = model.byAreaShare.at(-1);
  const theirs = naiveMap.byAreaShare.at(-1);
  const ahead = naiveMap.modelAhead.byAreaShare.at(-1);
  if (ours === undefined || theirs === undefined || ahead === undefined) return '';
  const [low, high] = ahead.hitRateInterval;
  const verdict =
    low > 0
      ? 'more than chance explains'
      : high < 0
        ? 'less than chance explains'
        : 'which chance may have made';
  return `<p class="lead">In ${percent(ours.share, 0)} % of the area the model would have had <b>${percent(ours.hitRate)} %</b> of the incidents, last year’s counts ${percent(theirs.hitRate)} %: ${signed(100 * ahead.hitRate, 1)} points (${written(100 * low, 1)} to ${written(100 * high, 1)}), ${verdict}. It expected ${written(model.expected, 0)} incidents, and ${written(model.observed, 0)} came.</p>`;
}

function hours(result: BacktestResult): string {
  const rows = cellHourTable(result);
  return rows === ''
    ? ''
    : `<h2>Hits over cell-hours</h2>
<p>What a patrol plan spends: at the beginning of each week the best cells × hours of that week are chosen, all hours of the week together, and what happens in them is counted.</p>${rows}`;
}

function method({ cellsFrom }: AboutTest, { checkedForLeaksMs, outsideArea }: BacktestResult): string {
  return `<p>Each window was forecast from what was known before it began. The cells are ${escaped(cellsFrom)}; ${outsideArea} incidents of the test lay in none of them, and are not counted. ${checkedForLeaksMs.length} windows were forecast again with all later incidents taken away, and the baselines fitted again: nothing changed. Tuned baselines are tuned on the months before the test, never on the test.</p>`;
}
