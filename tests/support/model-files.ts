/** Model folders for tests: the model that ships, as it is or under another card. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTEFACT_FILE, CARD_FILE, cardId, formatCard, type ModelCard } from '../../models/model-card.ts';

const SHIPPED = join(import.meta.dirname, '../../models/artifacts');

type CardChange = (card: Omit<ModelCard, 'id'>) => Omit<ModelCard, 'id'>;

/** Writes the model that ships to the folder, with its card changed as said, and returns its id. */
export function writeShippedModel(folder: string, change?: CardChange): Promise<string> {
  return writeModel(folder, SHIPPED, change);
}

/** The same of the model in another folder. */
export async function writeModel(
  folder: string,
  from: string,
  change: CardChange = (card) => card,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await copyFile(join(from, ARTEFACT_FILE), join(folder, ARTEFACT_FILE));
  const { id: _, ...content } = JSON.parse(await readFile(join(from, CARD_FILE), 'utf8')) as ModelCard;
  const changed = change(content);
  const id = cardId(changed);
  await writeFile(join(folder, CARD_FILE), formatCard({ id, ...changed }));
  return id;
}

/** For `writeShippedModel`: the same model under another name. */
export function called(name: string): CardChange {
  return (card) => ({ ...card, intendedUse: name });
}

export async function modelBytes(folder: string): Promise<Buffer[]> {
  return Promise.all([ARTEFACT_FILE, CARD_FILE].map((file) => readFile(join(folder, file))));
}
