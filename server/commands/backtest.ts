/** `npm run backtest`: forecasts a span of the past window by window, and says how well that went. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runBacktest } from '../../models/evaluation/backtest.ts';
import { LeakageFound } from '../../models/evaluation/leakage-found.ts';
import { reportPage } from '../../models/evaluation/report/report-page.ts';
import { feedsModel, type KnownIncident } from '../../models/features/counted-incident.ts';
import type { Horizon } from '../../models/forecast-windows.ts';
import { ForecastModel, ModelRefused } from '../../models/onnx-model.ts';
import { trainModel } from '../../models/training/train-model.ts';
import { isTimedFor, TrainingImpossible } from '../../models/training/training-plan.ts';
import type { Cell } from '../../shared/cell.ts';
import { THEMES } from '../../shared/theme.ts';
import { readConfig } from '../config.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import { backtestArea } from './backtest-area.ts';
import { BACKTEST_USAGE, readBacktestArguments, type BacktestArguments } from './backtest-arguments.ts';
import { aboutTest, headline, summarise, warningsOf } from './backtest-summary.ts';
import { ForecastsCsv } from './forecasts-csv.ts';
import { ProgressBar } from './progress-bar.ts';
import { readRecordedPast, rejectedFolderOf } from './recorded-past.ts';
import { CommandError, runCommand } from './run-command.ts';

const bar = new ProgressBar();
const EXPECTED = [TrainingImpossible, ModelRefused, LeakageFound, RangeError];
/** Shifts tell the hours of the day apart, whole days do not. */
const HOURLY: Horizon = { hours: 8 };

await runCommand(BACKTEST_USAGE, async (signal) => {
  const config = readConfig();
  const asked = readBacktestArguments(process.argv.slice(2), config.timeZone);
  const { files, timeZone, group, horizon, span, baselines, out } = asked;
  const map = asked.mapFile === undefined ? {} : { map: await readRecordingMap(asked.mapFile) };
  try {
    const { incidents, account } = await readRecordedPast({
      ...{ files, timeZone, ...map, signal },
      rejectedFolder: rejectedFolderOf(config.dataDir),
      onRead: (rows) => {
        bar.show(0, `${rows} rows read`);
      },
    });
    const tooCoarse = countTooCoarse(asked, incidents);
    const area = await backtestArea(asked, incidents, config, tell);
    const tested = await modelFor(asked, incidents, area?.cells);
    const { card } = tested.model;
    warningsOf(asked, card).forEach(tell);
    const csv = await openOut(out);
    const result = await runBacktest({
      ...{ incidents, group, timeZone, span, horizon, baselines, ...tested },
      ...(area === undefined ? {} : { cells: area.cells }),
      onWindow: async (window) => {
        signal.throwIfAborted();
        await csv.write(window);
      },
      onProgress: bar.show.bind(bar),
    });
    await csv.close();
    bar.clear();
    const outcome = { card, theme: tested.theme, area, result, account: { ...account, tooCoarse } };
    const summary = summarise(asked, outcome);
    await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    await writeFile(join(out, 'report.html'), reportPage(aboutTest(asked, outcome), result));
    process.stdout.write(`${headline(result)}\n`);
  } catch (error) {
    if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind))
      throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    bar.clear();
  }
});

function tell(line: string): void {
  bar.clear();
  process.stderr.write(`${line}\n`);
}

/** Incidents whose time is too coarse for the horizon. Throws `CommandError` where nothing else is asked about. */
function countTooCoarse({ group, horizon }: BacktestArguments, incidents: readonly KnownIncident[]): number {
  const reported = incidents.filter(feedsModel);
  const usable = reported.filter((incident) => isTimedFor(incident, horizon));
  if (usable.some((incident) => group.includes(incident))) return reported.length - usable.length;
  if (reported.some((incident) => group.includes(incident))) {
    throw new CommandError(
      reported.some(({ timePrecision }) => timePrecision === 'day')
        ? 'these incidents are known to the day or month only: take --horizon-hours 24, or --horizon-months 1'
        : 'these incidents are known to the month only: take --horizon-months 1',
    );
  }
  throw new CommandError(`no reported incident belongs to ${group.name}: the data cannot tell it apart`);
}

interface Tested {
  model: ForecastModel;
  theme: string;
  hourModel?: { model: ForecastModel; theme: string };
}

async function modelFor(
  { group, timeZone, span, horizon, modelFolder, files }: BacktestArguments,
  incidents: KnownIncident[],
  cells: Cell[] | undefined,
): Promise<Tested> {
  if (modelFolder !== undefined) {
    const model = await ForecastModel.load(modelFolder);
    return { model, theme: THEMES.find((theme) => theme === group.name) ?? 'all' };
  }
  const fit = async (ahead: Horizon): Promise<{ model: ForecastModel; theme: string }> => {
    const { artefact, card } = trainModel({
      ...{ incidents, timeZone, horizon: ahead, groups: [group], untilMs: span.fromMs },
      ...(cells === undefined ? {} : { cells }),
      data: files.map((file) => basename(file)),
      onProgress: bar.show.bind(bar),
    });
    return { model: await ForecastModel.open(artefact, card), theme: group.name };
  };
  const fitted = await fit(horizon);
  const own = incidents.filter((incident) => feedsModel(incident) && group.includes(incident));
  const knowsHours = own.filter((incident) => isTimedFor(incident, HOURLY)).length > own.length / 2;
  return knowsHours && 'hours' in horizon && horizon.hours >= 24
    ? { ...fitted, hourModel: await fit(HOURLY) }
    : fitted;
}

async function openOut(folder: string): Promise<ForecastsCsv> {
  try {
    await mkdir(folder, { recursive: true });
    return await ForecastsCsv.open(join(folder, 'forecasts.csv'));
  } catch (cause) {
    throw new CommandError(`${folder} can't be written to`, { cause });
  }
}
