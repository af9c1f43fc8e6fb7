/** A model that is put in place of another while the server runs: forecast with from then on, or refused. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ARTEFACT_FILE } from '../../models/model-card.ts';
import { putInPlace, rollBack } from '../../server/model/model-folder.ts';
import { incidentMessage } from '../support/incidents.ts';
import { LiveClient } from '../support/live-client.ts';
import { called, writeShippedModel } from '../support/model-files.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

let folder = '';
let forewatch: RealForewatch;
let client: LiveClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forewatch-promoted-'));
  await writeShippedModel(join(folder, 'models'), called('the first'));
  forewatch = await realForewatch({ forecastIntervalSeconds: 0.2, modelDir: join(folder, 'models') });
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
  client = await LiveClient.connect(forewatch.server.url, await forewatch.token());
  await client.snapshot();
  await forewatch.publish(
    'incidents.v1.police.cad',
    incidentMessage({ occurredAt: new Date().toISOString() }),
  );
});
afterAll(async () => {
  await client.close();
  await forewatch.dispose();
  await rm(folder, { recursive: true });
});

/** Resolves once the room is told of a forecast by this model. */
function forecastBy(id: string): Promise<unknown> {
  return until(
    () => client.deltas.findLast((delta) => delta.type === 'hotspots.ranked'),
    (ranked) => ranked?.modelId === id,
  );
}

it('forecasts from then on, and the one before when it is brought back', async () => {
  const { model } = forewatch.server.services;
  if ('unavailable' in model) throw new Error(model.unavailable);
  const first = model.loaded.id;
  await forecastBy(first);
  const second = await writeShippedModel(join(folder, 'candidate'), called('the second'));
  await putInPlace(join(folder, 'candidate'), join(folder, 'models'));
  await forecastBy(second);
  await rollBack(join(folder, 'models'));
  await forecastBy(first);
});

it('is refused where it is broken: the present one goes on, and health says so', async () => {
  const stage = async (): Promise<object> => {
    const answer = await fetch(`${forewatch.server.url}/api/health/ready`);
    const { stages } = (await answer.json()) as { stages: { stage: string }[] };
    return { status: answer.status, ...stages.find(({ stage }) => stage === 'model') };
  };
  await writeFile(join(folder, 'models', ARTEFACT_FILE), 'half of it');
  await until(stage, (said) => JSON.stringify(said).includes('a changed model is refused'));
  expect(await stage()).toMatchObject({ status: 200, ok: true, problem: '' });
  expect(forewatch.server.services.model).toHaveProperty('loaded');
  const next = await writeShippedModel(join(folder, 'models'), called('the third'));
  await forecastBy(next);
  await until(stage, (said) => !('notice' in said));
});
