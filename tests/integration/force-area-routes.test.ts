/** Maps get the outlines of all imported areas, again only when they have changed, and nobody gets them unasked. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { readForceAreas } from '../../server/force-areas/read-force-areas.ts';
import { removeForceAreas, saveForceAreas } from '../../server/store/force-area-store.ts';
import type { ForceAreaCollection } from '../../shared/force-area.ts';
import { FORCES } from '../../shared/force.ts';
import { areasFile, forceAreasFile } from '../support/area-shapes.ts';
import { box } from '../support/box.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';

let forewatch: RealForewatch;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway']) });
});
afterAll(async () => {
  await forewatch.dispose();
});

async function ask(headers: Record<string, string> = {}): Promise<Response> {
  // Limited to a force, and sees all outlines.
  const token = await forewatch.token({ role: 'dispatcher', forces: ['essex'] });
  const response = await fetch(`${forewatch.server.url}/api/force-areas`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return response;
}

async function imports(text: string): Promise<void> {
  await saveForceAreas(forewatch.database, readForceAreas(text));
}

describe('the outlines', () => {
  it('are given to nobody who has not signed in', async () => {
    expect((await fetch(`${forewatch.server.url}/api/force-areas`)).status).toBe(401);
  });

  it('are none before an import', async () => {
    expect(await (await ask()).json()).toEqual({ type: 'FeatureCollection', features: [] });
  });

  it('are those of the import, with whose they are and how large', async () => {
    await imports(areasFile({ name: 'Kent Police', rings: [box(0, 51, 1, 52), box(0.4, 51.4, 0.6, 51.6)] }));
    const response = await ask();
    expect(response.headers.get('content-type')).toMatch(/^application\/geo\+json/);
    const { features } = (await response.json()) as ForceAreaCollection;
    expect(features).toMatchObject([
      {
        type: 'Feature',
        geometry: { type: 'MultiPolygon' },
        properties: { force: 'kent', name: 'Kent Police', squareKilometres: 7389.01 },
      },
    ]);
    expect(features[0]?.geometry.coordinates.map((rings) => rings.map((ring) => ring.length))).toEqual([
      [5, 5],
    ]);
  });

  it('are sent again only once they have changed', async () => {
    const tag = (response: Response): string => response.headers.get('etag') ?? '';
    const first = tag(await ask());
    const same = await ask({ 'if-none-match': first });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await imports(areasFile({ name: 'Surrey', rings: [box(-1, 51, 0, 52)] }));
    const changed = await ask({ 'if-none-match': first });
    expect(changed.status).toBe(200);
    expect(((await changed.json()) as ForceAreaCollection).features).toHaveLength(2);
    await removeForceAreas(forewatch.database, ['surrey']);
    const removed = await ask({ 'if-none-match': tag(changed) });
    expect(((await removed.json()) as ForceAreaCollection).features).toHaveLength(1);
  });
});

const file = forceAreasFile(readConfig());
it.skipIf(!existsSync(file))('the outlines of all 43 areas weigh less than 400 kB', async () => {
  await imports(readFileSync(file, 'utf8'));
  const text = await (await ask()).text();
  expect(text.length).toBeLessThan(400_000);
  const { features } = JSON.parse(text) as ForceAreaCollection;
  expect(features.map(({ properties }) => properties.force)).toEqual(FORCES);
});
