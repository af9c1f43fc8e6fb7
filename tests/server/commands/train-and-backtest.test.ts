/** `npm run train` and `npm run backtest` as a user calls them: what they write, and what they say when asked wrongly. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_BASELINES } from '../../../models/evaluation/baselines/all-baselines.ts';
import { cellCentre } from '../../../shared/cell.ts';
import { DAY_MS, formatInstant } from '../../../shared/time.ts';
import { patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const COMMANDS = join(import.meta.dirname, '../../../server/commands');
const DAYS = 80;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forewatch-train-'));
  const rows = unevenPast(patch(3), DAYS, 30).map(({ cell, occurredAtMs, category }, i) => {
    const [latitude, longitude] = cellCentre(cell);
    return `x-${i},${formatInstant(occurredAtMs)},${latitude},${longitude},${category},synthetic`;
  });
  const header = 'id,occurred_at,lat,lon,category,source';
  await writeFile(join(folder, 'minutes.csv'), [header, ...rows, rows[0], 'broken,row'].join('\n'));
  const months = rows.map((row) => row.replace(/(\d{4}-\d{2})-\d{2}T[^,]*/, '$1'));
  await writeFile(join(folder, 'months.csv'), [header, ...months].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  code: number;
  /** What was said on standard error, without the lines that tell of progress. */
  complaint: string;
}

function run(command: 'train' | 'backtest', args: string): Promise<Ended> {
  const env = { PATH: '', DATA_DIR: folder, TIME_ZONE: 'Europe/London' };
  return new Promise((resolve) => {
    const script = join(COMMANDS, `${command}.ts`);
    execFile(process.execPath, [script, ...args.split(' ')], { cwd: folder, env }, (error, _, stderr) => {
      const complaint = stderr.replaceAll(/^ *\d+ % .*\n/gm, '');
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, complaint });
    });
  });
}

const DATES = '--test-from 2024-03-01 --test-to 2024-03-11';
const ASKED = `${DATES} --model fit --out x`;
const DAILY = `--data minutes.csv --theme all ${DATES} --horizon-hours 24`;

// Each run is a process of its own.
const TIMEOUT = { timeout: 60_000 };

describe('train', TIMEOUT, () => {
  it('writes a model that backtest takes, the same bytes each time, and accounts for every row', async () => {
    const first = await run('train', '--data minutes.csv --until 2024-03-01 --out one');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.complaint.split('\n')[0] ?? '')).toMatchObject({
      ...{ read: DAYS * 30 + 2, incidents: DAYS * 30, duplicates: 1, rejected: 1 },
    });
    await run('train', '--data minutes.csv --until 2024-03-01 --out two');
    for (const file of ['forecast.onnx', 'forecast.card.json']) {
      expect(await readFile(join(folder, 'two', file))).toEqual(await readFile(join(folder, 'one', file)));
    }
    expect(await run('backtest', `${DAILY} --model one --out with-model`)).toEqual({
      code: 0,
      complaint: '',
    });
  });

  it.each([
    ['no source', '--until 2024-03-01 --out x', /either --data FILE… or --database/],
    ['no date', '--data minutes.csv --until soon --out x', /^--until soon is no date/],
    ['a missing file', '--data none.csv --until 2024-03-01 --out x', /^\S+none.csv can't be opened.*\n$/],
    ['an option it does not have', '--fast', /^Unknown option '--fast'/],
  ])('says in a line what is wrong with %s', async (_, args, complaint) => {
    const ended = await run('train', args);
    expect(ended.code).toBe(1);
    expect(ended.complaint).toMatch(complaint);
  });
});

interface Figures {
  expected: number;
  observed: number;
  informationGain: number;
  informationGainInterval: [number, number];
  byAreaShare: {
    share: number;
    hitRate: number;
    hitRateInterval: [number, number];
    pai: number;
    pei: number;
  }[];
  byCellHourShare?: { share: number; hitRate: number }[];
}

interface Summary {
  windows: number;
  cells: number;
  outsideArea: number;
  cellsFrom: string;
  warnings: string[];
  forecastAgainWithoutLaterIncidents: string[];
  model: Figures;
  naiveMap: Figures;
  baselines: (Figures & { name: string; modelAhead: { informationGain: number } })[];
}

async function summaryOf(out: string): Promise<Summary> {
  return JSON.parse(await readFile(join(folder, out, 'summary.json'), 'utf8')) as Summary;
}

describe('backtest', TIMEOUT, () => {
  it('writes every cell of every window, and a summary that adds up to it', async () => {
    expect(await run('backtest', `${DAILY} --model fit --out fitted`)).toEqual({ code: 0, complaint: '' });
    const csv = await readFile(join(folder, 'fitted/forecasts.csv'), 'utf8');
    const [header, ...lines] = csv.trimEnd().split('\n');
    expect(header).toBe('issued_at,cell,lat,lon,area_m2,expected,lower,upper,observed');
    const rows = lines.map((line) => line.split(','));
    const total = (column: number): number => rows.reduce((sum, row) => sum + Number(row[column]), 0);
    const summary = await summaryOf('fitted');
    expect(summary.windows).toBe(10);
    expect(rows).toHaveLength(summary.windows * summary.cells);
    expect(new Set(rows.map(([issuedAt]) => issuedAt)).size).toBe(10);
    expect(total(8)).toBe(summary.model.observed);
    expect(summary.model.observed + summary.outsideArea).toBe(300);
    expect(total(5)).toBeCloseTo(summary.model.expected, 2);
    expect(rows.every((row) => Number(row[6]) <= Number(row[7]))).toBe(true);
    expect(rows[0]?.[0]).toBe(formatInstant(START_MS + 60 * DAY_MS));
  });

  it('sets the model beside every baseline, with intervals, and says so on a page that needs nothing else', async () => {
    await run('backtest', `${DAILY} --model fit --out beside`);
    const { model, naiveMap, baselines, cellsFrom, forecastAgainWithoutLaterIncidents } =
      await summaryOf('beside');
    expect(baselines.map(({ name }) => name)).toEqual([
      ...[
        'naive',
        'density',
        'density-tuned',
        'space-time',
        'prospective',
        'self-exciting',
        'self-exciting-tuned',
      ],
    ]);
    for (const method of [model, naiveMap, ...baselines]) {
      expect(method.observed).toBe(model.observed);
      const {
        informationGain,
        informationGainInterval: [low, high],
      } = method;
      expect(low).toBeLessThan(informationGain);
      expect(high).toBeGreaterThan(informationGain);
      expect(method.byAreaShare.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1]);
      expect(method.byCellHourShare?.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1]);
    }
    expect(baselines[0]?.modelAhead.informationGain).toBeCloseTo(
      model.informationGain - naiveMap.informationGain,
      12,
    );
    expect(cellsFrom).toBe('incidents before cellsFixedAt');
    expect(forecastAgainWithoutLaterIncidents[0]).toBe('2024-03-01T00:00:00.000Z');
    const page = await readFile(join(folder, 'beside/report.html'), 'utf8');
    expect(page).toContain('<h1>Backtest: all, 24 hours ahead</h1>');
  });

  it('writes the fields that BACKTEST.md tells of, and no others', async () => {
    await run('backtest', `${DAILY} --model fit --baselines density --out told`);
    const text = await readFile(join(import.meta.dirname, '../../../BACKTEST.md'), 'utf8');
    const told = [...text.matchAll(/^\| (`[^|]*)\|/gm)].flatMap(
      ([, names = '']) => names.match(/\w[\w-]*/g) ?? [],
    );
    const summary = await summaryOf('told');
    const written = [summary, summary.model, ...summary.baselines].flatMap((part) => Object.keys(part));
    const figures = [...new Set(written)].filter((name) => !name.endsWith('Interval'));
    const methods = ALL_BASELINES.map(({ name }) => name);
    expect(new Set(told)).toEqual(new Set([...methods, ...figures]));
  });

  it('says when a model has learned from the test itself', async () => {
    await run('train', '--data minutes.csv --until 2024-03-15 --out late');
    const { code, complaint } = await run('backtest', `${DAILY} --model late --baselines none --out known`);
    expect(code).toBe(0);
    expect(complaint).toMatch(
      /^the model has learned from minutes.csv up to 2024-03-15, and so from the test/,
    );
    expect((await summaryOf('known')).warnings).toHaveLength(1);
  });

  it('measures area share over all of the force area that the incidents lie in', async () => {
    const corners = [
      [-0.2, 51.45],
      [0, 51.45],
      [0, 51.55],
      [-0.2, 51.55],
      [-0.2, 51.45],
    ];
    const feature = (name: string, west: number): object => ({
      type: 'Feature',
      properties: { name },
      geometry: { type: 'Polygon', coordinates: [corners.map(([x = 0, y]) => [x + west, y])] },
    });
    const features = [feature('metropolitan', 0), feature('kent', 0.5)];
    await writeFile(join(folder, 'areas.json'), JSON.stringify({ type: 'FeatureCollection', features }));
    const ended = await run(
      'backtest',
      `${DAILY} --model fit --baselines none --force-areas areas.json --out force`,
    );
    expect(ended).toEqual({ code: 0, complaint: '' });
    const { cells, cellsFrom, outsideArea } = await summaryOf('force');
    expect(cellsFrom).toBe('force areas: metropolitan');
    // 13.9 km × 11.1 km.
    expect(cells).toBeGreaterThan(1_300);
    expect(outsideArea).toBe(0);
  });

  it.each([
    ['hours of months', `--data months.csv --theme all ${ASKED} --horizon-hours 24`, /--horizon-months 1\n$/],
    [
      'a theme it lacks',
      `--data minutes.csv --theme asb ${ASKED} --horizon-hours 1`,
      /cannot tell it apart\n$/,
    ],
    ['too long a horizon', `--data minutes.csv --theme all ${ASKED} --horizon-hours 480`, /^no window .*\n$/],
    [
      'no such areas',
      `${DAILY} --model fit --force-areas none.json --out x`,
      /^--force-areas \S+none.json: .*\n$/,
    ],
    ['no such model', `${DAILY} --model nowhere --out x`, /^there is no model: .*\n$/],
  ])('says in a line what is wrong with %s', async (_, args, complaint) => {
    const ended = await run('backtest', args);
    expect(ended.code).toBe(1);
    expect(ended.complaint).toMatch(complaint);
  });
});
