/** A promoted model takes the place of the present one, which comes back byte for byte when it is asked for. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ARTEFACT_FILE, CARD_FILE } from '../../../models/model-card.ts';
import { ModelRefused } from '../../../models/onnx-model.ts';
import { NothingBefore, putInPlace, rollBack } from '../../../server/model/model-folder.ts';
import { called, modelBytes, writeShippedModel } from '../../support/model-files.ts';

let folder = '';
let models = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forewatch-models-'));
  models = join(folder, 'present');
});
afterEach(() => rm(folder, { recursive: true }));

async function candidate(name: string): Promise<{ id: string; path: string; bytes: Buffer[] }> {
  const path = join(folder, name);
  const id = await writeShippedModel(path, called(name));
  return { id, path, bytes: await modelBytes(path) };
}

it('keeps each model that it replaces, and goes back one by one', async () => {
  const [first, second, third] = [await candidate('one'), await candidate('two'), await candidate('three')];
  for (const { path } of [first, second, third]) await putInPlace(path, models);
  expect(await modelBytes(models)).toEqual(third.bytes);
  expect(await modelBytes(join(models, 'previous', second.id))).toEqual(second.bytes);
  expect(await rollBack(models)).toBe(second.id);
  expect(await modelBytes(models)).toEqual(second.bytes);
  expect(await rollBack(models)).toBe(first.id);
  expect(await modelBytes(models)).toEqual(first.bytes);
  await expect(rollBack(models)).rejects.toThrow(NothingBefore);
  expect(await modelBytes(models)).toEqual(first.bytes);
  // What was taken away can be put in place again.
  await putInPlace(join(models, 'previous', third.id), models);
  expect(await modelBytes(models)).toEqual(third.bytes);
  expect(await rollBack(models)).toBe(first.id);
});

it('changes nothing where the candidate cannot be used', async () => {
  const [present, broken] = [await candidate('present-one'), await candidate('broken')];
  await putInPlace(present.path, models);
  await writeFile(join(broken.path, ARTEFACT_FILE), 'half of it');
  await expect(putInPlace(broken.path, models)).rejects.toThrow(ModelRefused);
  expect(await modelBytes(models)).toEqual(present.bytes);
  await expect(rollBack(models)).rejects.toThrow(NothingBefore);
});

it('is put right by going back, or by going on, where a promotion was interrupted between its two files', async () => {
  const [first, second] = [await candidate('one'), await candidate('two')];
  for (const { path } of [first, second]) await putInPlace(path, models);
  const interrupt = (): Promise<void> => writeFile(join(models, CARD_FILE), '{}');
  await interrupt();
  expect(await rollBack(models)).toBe(first.id);
  expect(await modelBytes(models)).toEqual(first.bytes);
  await interrupt();
  await putInPlace(second.path, models);
  expect(await modelBytes(models)).toEqual(second.bytes);
});

it('goes back further where going back was interrupted before it was written down', async () => {
  const [first, second, third] = [await candidate('one'), await candidate('two'), await candidate('three')];
  for (const { path } of [first, second, third]) await putInPlace(path, models);
  await writeShippedModel(models, called('two'));
  expect(await rollBack(models)).toBe(first.id);
});

it('leaves no half-written file', async () => {
  const one = await candidate('one');
  await putInPlace(one.path, models);
  expect((await readdir(models)).toSorted()).toEqual([CARD_FILE, ARTEFACT_FILE].toSorted());
});
