/** `npm run model-card`: brings the figures in MODEL_CARD.md up to the shipped artefact, and to backtests of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  accuracyPart,
  calibrationPart,
  CardOutdated,
  identityPart,
  weightsPart,
  withParts,
  type BacktestSummary,
} from '../../models/card-document.ts';
import { CARD_FILE, type ModelCard } from '../../models/model-card.ts';
import { CommandError, runCommand } from './run-command.ts';

const MODELS = resolve(import.meta.dirname, '../../models');
const DOCUMENT = join(MODELS, 'MODEL_CARD.md');

await runCommand('npm run model-card -- [BACKTEST-DIR…]', async () => {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const card = JSON.parse(await readFile(join(MODELS, 'artifacts', CARD_FILE), 'utf8')) as ModelCard;
  const summaries: BacktestSummary[] = [];
  for (const folder of positionals) {
    const file = join(resolve(folder), 'summary.json');
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new CommandError(`${file} can't be read: take the folder that a backtest wrote`, { cause });
    });
    const summary = JSON.parse(text) as BacktestSummary;
    if (summary.modelId !== card.id)
      throw new CommandError(`${file} is of ${summary.modelId}, and the shipped model is ${card.id}`);
    summaries.push(summary);
  }
  try {
    const before = await readFile(DOCUMENT, 'utf8');
    const figures = summaries.length > 0 && {
      accuracy: `Of \`${card.id}\`:\n\n${accuracyPart(summaries)}`,
      calibration: `Of \`${card.id}\`:\n\n${calibrationPart(summaries)}`,
    };
    const parts = { identity: identityPart(card), weights: weightsPart(card), ...figures };
    await writeFile(DOCUMENT, withParts(before, parts));
  } catch (error) {
    if (error instanceof CardOutdated) throw new CommandError(error.message, { cause: error });
    throw error;
  }
  process.stdout.write(`${DOCUMENT}: ${summaries.length} backtests of ${card.id}\n`);
});
