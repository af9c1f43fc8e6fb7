/** `npm run promote`: puts a trained model in the present one's place if it is no worse, or brings the one before back. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { compareModels, type Comparison } from '../../models/evaluation/compare-models.ts';
import { objectionsTo } from '../../models/evaluation/promotion.ts';
import { ForecastModel, ModelRefused } from '../../models/onnx-model.ts';
import { TrainingImpossible } from '../../models/training/training-plan.ts';
import type { TimeZone } from '../../shared/time.ts';
import { systemClock } from '../clock.ts';
import { readConfig, type Config } from '../config.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import { NothingBefore, putInPlace, rollBack } from '../model/model-folder.ts';
import { comparisonTable } from './comparison-table.ts';
import { pastFromDatabase } from './database-past.ts';
import { timeZoneOf } from './local-dates.ts';
import { ProgressBar } from './progress-bar.ts';
import { readRecordedPast, rejectedFolderOf } from './recorded-past.ts';
import { CommandError, report, runCommand, UsageError } from './run-command.ts';
import { trialHorizon, trialSpan } from './trial-span.ts';

const USAGE = `npm run promote -- DIR [--force NAME] [--timezone Europe/London]
       npm run promote -- DIR --data FILE… [--map MAP.json] [--timezone Europe/London]
       npm run promote -- --rollback
  The model in MODEL_DIR is the present one; without --data both are judged by the database.`;

const bar = new ProgressBar();

await runCommand(USAGE, async (signal) => {
  const config = readConfig();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', multiple: true, default: [] },
      force: { type: 'string' },
      map: { type: 'string' },
      rollback: { type: 'boolean', default: false },
      timezone: { type: 'string', default: config.timeZone },
    },
  });
  const [folder, ...files] = positionals.map((path) => resolve(path));
  try {
    if (values.rollback) {
      if (folder !== undefined) throw new UsageError('--rollback takes no folder: it knows what was before');
      report(`${await rollBack(config.modelDir)} is back in ${config.modelDir}`);
      return;
    }
    if (folder === undefined) throw new UsageError('the folder of the candidate is missing');
    const data = [...values.data.map((file) => resolve(file)), ...files];
    if (values.force !== undefined && data.length > 0)
      throw new UsageError('--force chooses among the database’s rows: it does not go with --data');
    const timeZone = timeZoneOf(values.timezone);
    const candidate = await ForecastModel.load(folder);
    const present = await presentModel(config, candidate);
    const incidents =
      data.length > 0
        ? await fromRecordings(config, { files: data, timeZone, map: values.map, signal })
        : await pastFromDatabase(config, systemClock().now(), { force: values.force, onRead });
    const comparison = await compare({ incidents, timeZone, candidate, present });
    bar.clear();
    report(comparisonTable(comparison, { candidate: candidate.id, present: present?.id ?? 'naive map' }));
    const objections = objectionsTo(comparison);
    if (objections.length > 0) throw new CommandError(`${candidate.id} is refused: ${objections.join('; ')}`);
    await putInPlace(folder, config.modelDir);
    report(
      `${candidate.id} is in ${config.modelDir}: running servers take it up by themselves. ` +
        (present === undefined ? '' : `${present.id} is kept, npm run promote -- --rollback brings it back.`),
    );
  } catch (error) {
    const expected = [ModelRefused, NothingBefore, TrainingImpossible, RangeError];
    if (error instanceof Error && expected.some((kind) => error instanceof kind))
      throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    bar.clear();
  }
});

/** `undefined` where there is none that can be used. Throws `CommandError` where it is the candidate itself. */
async function presentModel(config: Config, candidate: ForecastModel): Promise<ForecastModel | undefined> {
  try {
    const present = await ForecastModel.load(config.modelDir);
    if (present.id === candidate.id) throw new CommandError(`${candidate.id} is the present model already`);
    return present;
  } catch (error) {
    if (!(error instanceof ModelRefused)) throw error;
    report(`${config.modelDir} has no model in use (${error.message}): the naive map takes its place.`);
    return undefined;
  }
}

function onRead(rows: number): void {
  bar.show(0, `${rows} rows read`);
}

async function fromRecordings(
  config: Config,
  {
    files,
    timeZone,
    map,
    signal,
  }: { files: string[]; timeZone: TimeZone; map: string | undefined; signal: AbortSignal },
): Promise<KnownIncident[]> {
  const { incidents } = await readRecordedPast({
    ...{ files, timeZone, signal, onRead },
    ...(map !== undefined && { map: await readRecordingMap(resolve(map)) }),
    rejectedFolder: rejectedFolderOf(config.dataDir),
  });
  return incidents;
}

async function compare({
  incidents,
  timeZone,
  candidate,
  present,
}: {
  incidents: readonly KnownIncident[];
  timeZone: TimeZone;
  candidate: ForecastModel;
  present: ForecastModel | undefined;
}): Promise<Comparison> {
  const cards = present === undefined ? [candidate.card] : [candidate.card, present.card];
  const span = trialSpan(incidents, cards, timeZone);
  const horizon = trialHorizon(incidents);
  const onProgress = bar.show.bind(bar);
  return compareModels({ incidents, timeZone, span, horizon, candidate, present, onProgress });
}
