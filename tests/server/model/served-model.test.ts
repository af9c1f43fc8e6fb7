/** A running server takes up a promoted model by itself, and keeps what it has where the new one can't be used. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ARTEFACT_FILE } from '../../../models/model-card.ts';
import { createLog } from '../../../server/log.ts';
import { ServedModel } from '../../../server/model/served-model.ts';
import { called, writeShippedModel } from '../../support/model-files.ts';

const LOG = createLog('silent');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forewatch-served-'));
});
afterEach(() => rm(folder, { recursive: true }));

function idOf({ current }: ServedModel): string | undefined {
  return 'loaded' in current ? current.loaded.id : undefined;
}

it('follows its folder, from model to model', async () => {
  const ids = [];
  let served: ServedModel | undefined;
  for (const name of ['one', 'two', 'three']) {
    ids.push(await writeShippedModel(folder, called(name)));
    served ??= await ServedModel.open(folder, LOG);
    await served.refresh();
    expect(idOf(served)).toBe(ids.at(-1));
  }
  expect(new Set(ids).size).toBe(3);
});

it('reads nothing while nothing has changed', async () => {
  await writeShippedModel(folder);
  const served = await ServedModel.open(folder, LOG);
  const { current } = served;
  await served.refresh();
  expect(served.current).toBe(current);
});

it('refuses what does not fit its card, goes on with what it has, and takes the next one that fits', async () => {
  const id = await writeShippedModel(folder);
  const served = await ServedModel.open(folder, LOG);
  await writeFile(join(folder, ARTEFACT_FILE), 'half of it');
  await served.refresh();
  expect(idOf(served)).toBe(id);
  expect(served.refusal).toContain('sha256 differs');
  const next = await writeShippedModel(folder, called('next'));
  await served.refresh();
  expect(idOf(served)).toBe(next);
  expect(served.refusal).toBeUndefined();
});

it('has none, says why, and takes the first that comes', async () => {
  const served = await ServedModel.open(folder, LOG);
  expect(served.current).toEqual({ unavailable: expect.stringContaining('there is no model') as string });
  expect(served.refusal).toBeUndefined();
  const id = await writeShippedModel(folder);
  await served.refresh();
  expect(idOf(served)).toBe(id);
});
