/** `npm run train -- --database` and `npm run promote` on a force's own rows: what is no worse takes over, what is worse is refused, and all can be undone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { storeIncidents } from '../../server/store/incident-store.ts';
import { cellCentre } from '../../shared/cell.ts';
import { DAY_MS, formatInstant } from '../../shared/time.ts';
import { arrivalsOf } from '../support/arrivals.ts';
import { incidentMessage } from '../support/incidents.ts';
import { patch, seededRandom, START_MS, unevenPast } from '../support/known-incidents.ts';
import { modelBytes, writeModel } from '../support/model-files.ts';
import { realDatabase, type RealServer } from '../support/real-servers.ts';
import { runCommand, type CommandResult } from '../support/run-command.ts';

const CELLS = patch(2);
const day = (days: number): string => formatInstant(START_MS + days * DAY_MS).slice(0, 10);

let postgres: RealServer;
let database: Database;
let folder: string;
let models: string;
beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
  folder = await mkdtemp(join(tmpdir(), 'forewatch-promote-'));
  // Another force's incidents, on other days, would make it another trial.
  await store(unevenPast(CELLS, 90, 80), 'kent');
  await store(unevenPast(CELLS, 60, 10, 2), 'surrey');
  await train('good', 70);
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  models = await mkdtemp(join(folder, 'models-'));
});

async function store(past: ReturnType<typeof unevenPast>, force: 'kent' | 'surrey'): Promise<void> {
  const messages = past.map(({ cell, occurredAtMs, category }) => {
    const [lat, lon] = cellCentre(cell);
    return incidentMessage({
      occurredAt: formatInstant(occurredAtMs),
      location: { lat, lon },
      category,
      force,
    });
  });
  const arrivals = arrivalsOf(messages, 1).map((arrival) => ({
    ...arrival,
    stored: { ...arrival.stored, origin: 'recorded' as const },
  }));
  await storeIncidents(database, arrivals);
}

/** Without the lines that tell of progress. */
async function run(command: string, ...args: string[]): Promise<CommandResult> {
  const env = { DATABASE_URL: postgres.url, MODEL_DIR: models, DATA_DIR: folder };
  const { err, ...result } = await runCommand(command, args, env);
  return { ...result, err: err.filter((line) => !/^ *\d+ % /.test(line)) };
}

const promote = (...args: string[]): Promise<CommandResult> => run('promote', ...args);
const at = (name: string): string => join(folder, name);

async function train(name: string, untilDays: number): Promise<void> {
  const asked = ['--database', '--force', 'kent', '--until', day(untilDays), '--out', at(name)];
  expect(await run('train', ...asked)).toMatchObject({ code: 0 });
}

describe('a model trained on the force’s own rows', () => {
  it('takes an empty place where it is no worse than the naive map', async () => {
    const { code, out } = await promote(at('good'), '--force', 'kent');
    expect(out[0]).toMatch(/has no model in use .*: the naive map takes its place/);
    expect(out[1]).toMatch(/^kernel-mixture-\w+ \| naive map, on 19 days, \d+ windows/);
    expect(out.at(-1)).toMatch(/running servers take it up by themselves/);
    expect(code).toBe(0);
    expect(await modelBytes(models)).toEqual(await modelBytes(at('good')));
  });

  it('takes the place of its equal, which comes back byte for byte', async () => {
    await promote(at('good'), '--force', 'kent');
    const id = await writeModel(at('equal'), at('good'), (card) => ({ ...card, intendedUse: 'the same' }));
    const promoted = await promote(at('equal'), '--force', 'kent');
    expect(promoted.out.at(-2)).toMatch(/^all together .* 0\.0000 \(0\.0000 to 0\.0000\)$/);
    expect(promoted).toMatchObject({ code: 0, err: [] });
    expect(await modelBytes(models)).toEqual(await modelBytes(at('equal')));
    const again = await promote(at('equal'), '--force', 'kent');
    expect(again).toMatchObject({ code: 1, err: [`${id} is the present model already`] });
    expect((await promote('--rollback')).out).toEqual([expect.stringContaining('is back in')]);
    expect(await modelBytes(models)).toEqual(await modelBytes(at('good')));
    const { code, err } = await promote('--rollback');
    expect([code, ...err]).toEqual([1, expect.stringMatching(/^no earlier model is kept in /)]);
  });
});

describe('a worse model', () => {
  it('is refused with the figures, and changes nothing', async () => {
    await promote(at('good'), '--force', 'kent');
    // Learnt where every day's places are others: that the past says nothing.
    const { code } = await run(
      'train',
      '--data',
      await placeless(),
      '--until',
      day(70),
      '--out',
      at('worse'),
    );
    expect(code).toBe(0);
    const refused = await promote(at('worse'), '--force', 'kent');
    expect(refused.code).toBe(1);
    expect(refused.err.at(-1)).toMatch(
      /^kernel-mixture-\w+ is refused: it may gain less than the present: -0\.\d{4} nats an incident/,
    );
    expect(refused.out.some((line) => line.startsWith('burglary'))).toBe(true);
    expect(await modelBytes(models)).toEqual(await modelBytes(at('good')));
  });

  it('is refused where it is broken, or nothing lies beyond what it has learnt from', async () => {
    expect(await promote(at('nowhere'))).toMatchObject({
      ...{ code: 1, err: [expect.stringMatching(/^there is no model: /)] },
    });
    await train('late', 90);
    expect(await promote(at('late'), '--force', 'kent')).toMatchObject({
      ...{ code: 1, err: [expect.stringMatching(/^no whole day of incidents lies after 2024-03-31/)] },
    });
    await train('short', 80);
    const { code, err } = await promote(at('short'), '--force', 'kent');
    expect([code, ...err]).toEqual([
      1,
      expect.stringMatching(/is refused: only 9 days can be compared: 14 are needed/),
    ]);
  });

  it.each([
    ['no candidate', [], /the folder of the candidate is missing/],
    ['no such force', ['good', '--force', 'atlantis'], /--force atlantis is no force’s slug/],
    ['a folder to roll back', ['good', '--rollback'], /--rollback takes no folder/],
    ['a force of a file', ['good', '--force', 'kent', '--data', 'x.csv'], /it does not go with --data/],
  ])('says in a line what is wrong with %s', async (_, [name, ...args], complaint) => {
    const { code, err } = await promote(...(name === undefined ? [] : [at(name)]), ...args);
    expect([code, err[0]]).toEqual([1, expect.stringMatching(complaint)]);
  });
});

async function placeless(): Promise<string> {
  const file = at('placeless.csv');
  const random = seededRandom(5);
  const rows = unevenPast(CELLS, 75, 40).map(({ occurredAtMs, category }, i) => {
    const [lat, lon] = cellCentre(CELLS[Math.floor(random() * CELLS.length)] ?? '');
    return `x-${i},${formatInstant(occurredAtMs)},${lat},${lon},${category},synthetic`;
  });
  await writeFile(file, ['id,occurred_at,lat,lon,category,source', ...rows].join('\n'));
  return file;
}
