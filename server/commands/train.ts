/** `npm run train`: fits the model to recordings or to the database, and writes it with its card. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { ARTEFACT_FILE, CARD_FILE, formatCard } from '../../models/model-card.ts';
import { trainModel, type TrainedModel } from '../../models/training/train-model.ts';
import { TrainingImpossible } from '../../models/training/training-plan.ts';
import { readConfig } from '../config.ts';
import { readRecordingMap } from '../feeds/recordings/recording-map.ts';
import { pastFromDatabase } from './database-past.ts';
import { midnightOf, timeZoneOf } from './local-dates.ts';
import { ProgressBar } from './progress-bar.ts';
import { readRecordedPast, rejectedFolderOf } from './recorded-past.ts';
import { CommandError, runCommand, UsageError } from './run-command.ts';

const USAGE =
  'npm run train -- (--data FILE… [--map MAP.json] | --database [--force NAME]) --until 2019-10-01 --out DIR [--timezone Europe/London]';

const bar = new ProgressBar();

await runCommand(USAGE, async (signal) => {
  const config = readConfig();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', multiple: true, default: [] },
      database: { type: 'boolean', default: false },
      force: { type: 'string' },
      until: { type: 'string' },
      out: { type: 'string' },
      map: { type: 'string' },
      timezone: { type: 'string', default: config.timeZone },
    },
  });
  const files = [...values.data, ...positionals].map((file) => resolve(file));
  if (values.database === files.length > 0) throw new UsageError('give either --data FILE… or --database');
  if (values.force !== undefined && !values.database)
    throw new UsageError('--force chooses among the database’s rows: it goes with --database');
  if (values.out === undefined) throw new UsageError('--out is missing');
  const timeZone = timeZoneOf(values.timezone);
  const untilMs = midnightOf('--until', values.until, timeZone);
  const map = values.map === undefined ? {} : { map: await readRecordingMap(resolve(values.map)) };
  const onRead = (rows: number): void => {
    bar.show(0, `${rows} rows read`);
  };
  try {
    let incidents: KnownIncident[];
    if (values.database) {
      incidents = await pastFromDatabase(config, untilMs, { force: values.force, onRead });
    } else {
      const rejectedFolder = rejectedFolderOf(config.dataDir);
      const past = await readRecordedPast({ files, timeZone, ...map, rejectedFolder, signal, onRead });
      bar.clear();
      process.stderr.write(`${JSON.stringify(past.account)}\n`);
      incidents = past.incidents;
    }
    const data = values.database ? [databaseName(values.force)] : files.map((file) => basename(file));
    const onProgress = bar.show.bind(bar);
    const trained = trainModel({ incidents, timeZone, untilMs, horizon: { hours: 1 }, data, onProgress });
    bar.clear();
    await write(trained, resolve(values.out));
    tell(trained);
  } catch (error) {
    if (error instanceof TrainingImpossible) throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    bar.clear();
  }
});

/** For the card. */
function databaseName(force: string | undefined): string {
  return force === undefined ? 'database' : `database: ${force}`;
}

async function write({ artefact, card }: TrainedModel, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, ARTEFACT_FILE), artefact);
    await writeFile(join(folder, CARD_FILE), formatCard(card));
  } catch (cause) {
    throw new CommandError(`${folder} can't be written to`, { cause });
  }
}

function tell({ card }: TrainedModel): void {
  for (const [theme, { fittedOn, incidents }] of Object.entries(card.themes)) {
    if (fittedOn === theme) continue;
    process.stderr.write(
      `${theme}: ${incidents} incidents are too few to learn from, it uses those of ${fittedOn}\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ id: card.id, incidents: card.training.incidents })}\n`);
}
