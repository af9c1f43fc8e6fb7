/** Model folders for tests: the model that ships, as it is or under another card. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTEFACT_FILE, CARD_FILE, cardId, formatCard, type ModelCard } from '../../models/model-card.ts';

const SHIPPED = join(import.meta.dirname, '../../models/artifacts');

/** Writes the model that ships to the folder, with its card changed as said, and returns its id. */
export async function writeShippedModel(
  folder: string,
  change: (card: Omit<ModelCard, 'id'>) => Omit<ModelCard, 'id'> = (card) => card,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await copyFile(join(SHIPPED, ARTEFACT_FILE), join(folder, ARTEFACT_FILE));
  const { id: _, ...content } = JSON.parse(await readFile(join(SHIPPED, CARD_FILE), 'utf8')) as ModelCard;
  const changed = change(content);
  const id = cardId(changed);
  await writeFile(join(folder, CARD_FILE), formatCard({ id, ...changed }));
  return id;
}

/** For `writeShippedModel`: the same model under another name. */
export function called(name: string) {
  return (card: Omit<ModelCard, 'id'>): Omit<ModelCard, 'id'> => ({ ...card, intendedUse: name });
}

export async function modelBytes(folder: string): Promise<Buffer[]> {
  return Promise.all([ARTEFACT_FILE, CARD_FILE].map((file) => readFile(join(folder, file))));
}
