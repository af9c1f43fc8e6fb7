/** Puts a model in place of another, keeps the one before, and brings it back. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTEFACT_FILE, CARD_FILE } from '../../models/model-card.ts';
import { ForecastModel, ModelRefused } from '../../models/onnx-model.ts';

/** Within the model's folder: a folder per earlier model, by its id, and the order in which they were replaced. */
const PREVIOUS = 'previous';
const ORDER_FILE = 'order.json';

/** There is no earlier model to go back to. */
export class NothingBefore extends Error {
  override readonly name = 'NothingBefore';
}

interface ModelFiles {
  id: string;
  artefact: Uint8Array;
  card: Uint8Array;
}

/**
 * Puts the candidate's model into the folder, and the one that was there into `previous/<its id>`. Each file is
 * replaced in one step; whoever reads between the two finds a card that is not the artefact's, and refuses it.
 * Throws `ModelRefused` where the candidate can't be used.
 */
export async function putInPlace(candidate: string, folder: string): Promise<void> {
  const files = await readModel(candidate);
  await mkdir(folder, { recursive: true });
  const present = await readModel(folder).catch((error: unknown) => {
    // What can't be used is not worth keeping: half of a promotion that was interrupted, or nothing.
    if (error instanceof ModelRefused) return undefined;
    throw error;
  });
  if (present !== undefined && present.id !== files.id) {
    await keep(present, folder);
    await writeOrder(folder, [...(await readOrder(folder)), present.id]);
  }
  await writeModel(folder, files);
}

/**
 * Brings the model back that was replaced last, byte for byte, and returns its id; the one that is taken away stays in
 * `previous/`. Once more goes one further back. Throws `NothingBefore`, or `ModelRefused` where it can't be used any more.
 */
export async function rollBack(folder: string): Promise<string> {
  const order = await readOrder(folder);
  const present = await readModel(folder).catch((error: unknown) => {
    if (error instanceof ModelRefused) return undefined;
    throw error;
  });
  // Interrupted before it could be told that it was brought back.
  while (order.length > 0 && order.at(-1) === present?.id) order.pop();
  const last = order.at(-1);
  if (last === undefined) throw new NothingBefore(`no earlier model is kept in ${join(folder, PREVIOUS)}`);
  const files = await readModel(join(folder, PREVIOUS, last));
  if (present !== undefined) await keep(present, folder);
  await writeModel(folder, files);
  await writeOrder(folder, order.slice(0, -1));
  return last;
}

async function readModel(folder: string): Promise<ModelFiles> {
  const model = await ForecastModel.load(folder);
  await model.close();
  const [artefact, card] = await Promise.all([
    readFile(join(folder, ARTEFACT_FILE)),
    readFile(join(folder, CARD_FILE)),
  ]);
  return { id: model.id, artefact, card };
}

async function keep(files: ModelFiles, folder: string): Promise<void> {
  const kept = join(folder, PREVIOUS, files.id);
  await mkdir(kept, { recursive: true });
  await writeModel(kept, files);
}

async function writeModel(folder: string, { artefact, card }: ModelFiles): Promise<void> {
  await replaceFile(folder, ARTEFACT_FILE, artefact);
  await replaceFile(folder, CARD_FILE, card);
}

/** Oldest first. */
async function readOrder(folder: string): Promise<string[]> {
  const file = join(folder, PREVIOUS, ORDER_FILE);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as string[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function writeOrder(folder: string, order: readonly string[]): Promise<void> {
  await replaceFile(join(folder, PREVIOUS), ORDER_FILE, Buffer.from(`${JSON.stringify(order)}\n`));
}

/** In one step, and on the disk before anything that relies on it. */
async function replaceFile(folder: string, name: string, content: Uint8Array): Promise<void> {
  const written = join(folder, `${name}.new`);
  const file = await open(written, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(written, join(folder, name));
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}
