/** `npm run backtest`: forecasts a span of the past window by window, and says how well that went. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runBacktest, type BacktestResult } from '../../models/evaluation/backtest.ts';
import { isTimedFor } from '../../models/training/training-plan.ts';
import { feedsModel, type KnownIncident } from '../../models/features/counted-incident.ts';
import { ForecastModel, ModelRefused } from '../../models/onnx-model.ts';
import { trainModel } from '../../models/training/train-model.ts';
import { TrainingImpossible } from '../../models/training/training-plan.ts';
import { THEMES } from '../../shared/theme.ts';
import { formatInstant } from '../../shared/time.ts';
import { readConfig } from '../config.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import { BACKTEST_USAGE, readBacktestArguments, type BacktestArguments } from './backtest-arguments.ts';
import { ForecastsCsv } from './forecasts-csv.ts';
import { ProgressBar } from './progress-bar.ts';
import { readRecordedPast, rejectedFolderOf, type PastAccount } from './recorded-past.ts';
import { CommandError, runCommand } from './run-command.ts';

const bar = new ProgressBar();

await runCommand(BACKTEST_USAGE, async (signal) => {
  const config = readConfig();
  const asked = readBacktestArguments(process.argv.slice(2), config.timeZone);
  const { files, timeZone, group, horizon, span } = asked;
  const map = asked.mapFile === undefined ? {} : { map: await readRecordingMap(asked.mapFile) };
  try {
    const { incidents, account } = await readRecordedPast({
      files,
      timeZone,
      ...map,
      rejectedFolder: rejectedFolderOf(config.dataDir),
      signal,
      onRead: (rows) => {
        bar.show(0, `${rows} rows read`);
      },
    });
    const usable = usableFor(asked, incidents);
    const { model, theme } = await modelFor(asked, usable);
    const csv = await openOut(asked.out);
    const result = await runBacktest({
      ...{ incidents: usable, group, timeZone, span, horizon, model, theme },
      onWindow: async (window) => {
        signal.throwIfAborted();
        await csv.write(window);
      },
      onProgress: bar.show.bind(bar),
    });
    await csv.close();
    bar.clear();
    const tooCoarse = account.incidents - account.notForModel - usable.length;
    const summary = summarise(asked, { model, theme, result, account: { ...account, tooCoarse } });
    await writeFile(join(asked.out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    process.stdout.write(`${headline(result)}\n`);
  } catch (error) {
    const isExpected = [TrainingImpossible, ModelRefused, RangeError].some((kind) => error instanceof kind);
    if (isExpected && error instanceof Error) throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    bar.clear();
  }
});

/** What feeds the model and is timed finely enough. Throws `CommandError` where nothing of it is asked about. */
function usableFor(
  { group, horizon }: BacktestArguments,
  incidents: readonly KnownIncident[],
): KnownIncident[] {
  const reported = incidents.filter(feedsModel);
  const usable = reported.filter((incident) => isTimedFor(incident, horizon));
  if (usable.some((incident) => group.includes(incident))) return usable;
  if (reported.some((incident) => group.includes(incident))) {
    throw new CommandError(
      reported.some(({ timePrecision }) => timePrecision === 'day')
        ? 'these incidents are known to the day or month only: take --horizon-hours 24, or --horizon-months 1'
        : 'these incidents are known to the month only: take --horizon-months 1',
    );
  }
  throw new CommandError(`no reported incident belongs to ${group.name}: the data cannot tell it apart`);
}

async function modelFor(
  { group, timeZone, span, horizon, modelFolder, files }: BacktestArguments,
  incidents: KnownIncident[],
): Promise<{ model: ForecastModel; theme: string }> {
  if (modelFolder !== undefined) {
    const model = await ForecastModel.load(modelFolder);
    return { model, theme: THEMES.find((theme) => theme === group.name) ?? 'all' };
  }
  const { artefact, card } = trainModel({
    ...{ incidents, timeZone, horizon, groups: [group], untilMs: span.fromMs },
    data: files.map((file) => basename(file)),
    onProgress: bar.show.bind(bar),
  });
  return { model: await ForecastModel.open(artefact, card), theme: group.name };
}

async function openOut(folder: string): Promise<ForecastsCsv> {
  try {
    await mkdir(folder, { recursive: true });
    return await ForecastsCsv.open(join(folder, 'forecasts.csv'));
  } catch (cause) {
    throw new CommandError(`${folder} can't be written to`, { cause });
  }
}

interface Outcome {
  model: ForecastModel;
  theme: string;
  result: BacktestResult;
  account: PastAccount & { tooCoarse: number };
}

function summarise(asked: BacktestArguments, { model, theme, result, account }: Outcome): object {
  const { cellsFixedAtMs, ...figures } = result;
  return {
    data: asked.files.map((file) => basename(file)),
    account,
    forecast: asked.group.name,
    timezone: asked.timeZone.name,
    testFrom: formatInstant(asked.span.fromMs),
    testTo: formatInstant(asked.span.toMs),
    horizon: asked.horizon,
    modelId: model.id,
    modelTheme: theme,
    weightsFittedOn: model.card.themes[theme]?.fittedOn,
    cellsFixedAt: formatInstant(cellsFixedAtMs),
    ...figures,
  };
}

function headline({ model, naiveMap, windows }: BacktestResult): string {
  const hits = ({ byAreaShare }: BacktestResult['naiveMap']): string =>
    byAreaShare.map(({ hitRate }) => (100 * hitRate).toFixed(1)).join(' / ');
  return [
    `${windows} windows, ${model.observed} incidents, ${model.expected.toFixed(0)} expected`,
    `hit rate at 1 / 2 / 5 / 10 % of the area: ${hits(model)} %, naive map ${hits(naiveMap)} %`,
    `information gain: ${model.informationGain.toFixed(3)} nats an incident, naive map ${naiveMap.informationGain.toFixed(3)}`,
  ].join('\n');
}
