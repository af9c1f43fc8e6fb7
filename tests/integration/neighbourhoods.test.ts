/** Neighbourhoods come in all or none, go by force, and tell everybody the officer whom a force names. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type Principal } from '../../server/access/policy.ts';
import { cellAt, coarseCell } from '../../shared/cell.ts';
import type { CellDetail } from '../../shared/cell-detail.ts';
import type { Neighbourhoods } from '../../shared/neighbourhood.ts';
import { box } from '../support/box.ts';
import { neighbourhoodsFile, type NeighbourhoodShape } from '../support/neighbourhood-shapes.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { runCommand, type CommandResult } from '../support/run-command.ts';
import { until } from '../support/until.ts';

const WEST = cellAt(51.5, -0.15);
const EAST = cellAt(51.5, -0.05);

let forewatch: RealForewatch;
let folder: string;
beforeAll(async () => {
  forewatch = await realForewatch();
  folder = mkdtempSync(join(tmpdir(), 'forewatch-neighbourhoods-'));
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
});
afterAll(async () => {
  await forewatch.dispose();
  rmSync(folder, { recursive: true });
});

function command(...args: string[]): Promise<CommandResult> {
  return runCommand('neighbourhoods', args, { DATABASE_URL: forewatch.postgres.url });
}

async function importing(...shapes: NeighbourhoodShape[]): Promise<CommandResult> {
  const file = join(folder, 'neighbourhoods.geojson');
  writeFileSync(file, neighbourhoodsFile(...shapes));
  return command('import', file);
}

function request(path: string, principal: Partial<Principal> = {}): Promise<Response> {
  return forewatch
    .token(principal)
    .then((token) =>
      fetch(`${forewatch.server.url}${path}`, { headers: { authorization: `Bearer ${token}` } }),
    );
}

async function namesOf(cell: string, principal: Partial<Principal> = {}): Promise<string[]> {
  const response = await request(`/api/neighbourhoods?cell=${cell}`, principal);
  return ((await response.json()) as Neighbourhoods).neighbourhoods.map(({ name }) => name);
}

const westAndEast: NeighbourhoodShape[] = [
  { id: 'W', name: 'Ward West', ring: box(-0.2, 51.45, -0.1, 51.55) },
  { id: 'E', name: 'Ward East', ring: box(-0.1, 51.45, 0, 51.55), officer: null },
];

describe('neighbourhoods', () => {
  it('are none before anything is imported, and the report says how to', async () => {
    expect(await namesOf(WEST)).toEqual([]);
    const { code, err } = await command('report');
    expect(code).toBe(1);
    expect(err.join('\n')).toContain('npm run neighbourhoods -- import');
  });

  it('come in from a file, and a cell has that which holds most of it', async () => {
    const { code, out } = await importing(...westAndEast);
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('metropolitan: 2 neighbourhoods, 1 with a named officer');
    expect(await namesOf(WEST)).toEqual(['Ward West']);
    expect(await namesOf(EAST)).toEqual(['Ward East']);
    // On the border between the two.
    expect((await namesOf(coarseCell(cellAt(51.5, -0.1)))).sort()).toEqual(['Ward East', 'Ward West']);
    expect(await namesOf(cellAt(53.4, -3))).toEqual([]);
  });

  it.each(ACCESS_ROLES)('and their named officers are told to a %s', async (role) => {
    const response = await request(`/api/neighbourhoods?cell=${WEST}`, { role, forces: ['kent'] });
    expect(await response.json()).toEqual({
      cell: WEST,
      neighbourhoods: [
        {
          ...{ force: 'metropolitan', id: 'W', name: 'Ward West', share: 1 },
          officer: { name: 'Officer A (test)', role: 'Constable', contact: 'team-a@police.example' },
        },
      ],
    });
  });

  it('stand in the detail of a cell', async () => {
    const detail = (await (await request(`/api/cells/${WEST}`)).json()) as CellDetail;
    expect(detail.neighbourhood).toEqual({
      name: 'Ward West',
      officer: { name: 'Officer A (test)', rank: 'Constable' },
    });
  });

  it('are not touched by a faulty file', async () => {
    const { code, err } = await importing({ id: 'N', name: 'Ward New' }, { force: 'atlantis' });
    expect(code).toBe(1);
    expect(err.join('\n')).toContain('feature 2');
    expect(await namesOf(WEST)).toEqual(['Ward West']);
  });

  it('of a force are replaced as a whole, of others stay, and go when they are removed', async () => {
    await importing({ force: 'kent', id: 'K', name: 'Ward Kent', ring: box(0.4, 51.2, 0.6, 51.4) });
    await importing({ id: 'N', name: 'Ward New' });
    expect([await namesOf(WEST), await namesOf(EAST)]).toEqual([['Ward New'], ['Ward New']]);
    expect(await namesOf(cellAt(51.3, 0.5))).toEqual(['Ward Kent']);
    const { out } = await command('remove', 'metropolitan', 'surrey');
    expect(out.join('\n')).toContain('metropolitan had 1 neighbourhoods: they are removed');
    expect(out.join('\n')).toContain('surrey had no neighbourhoods');
    expect(await namesOf(WEST)).toEqual([]);
    expect(await namesOf(cellAt(51.3, 0.5))).toEqual(['Ward Kent']);
  });

  it('need a cell and somebody signed in', async () => {
    expect((await request('/api/neighbourhoods?cell=x')).status).toBe(400);
    expect((await request('/api/neighbourhoods')).status).toBe(400);
    expect((await fetch(`${forewatch.server.url}/api/neighbourhoods?cell=${WEST}`)).status).toBe(401);
  });
});
