/** `npm run export`, then `npm run play` into another server: there stands what stood here, but for what export leaves out. */
import { execFile } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import type { IncidentMessage } from '../../shared/incident.ts';
import { incidentMessage } from '../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../support/real-forewatch.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const COMMANDS = join(import.meta.dirname, '../../server/commands');

let source: RealForewatch;
let copy: RealForewatch;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forewatch-export-'));
  source = await realForewatch({ roles: new Set(['ingest']) });
  copy = await realForewatch({ roles: new Set(['ingest', 'forecast', 'gateway']), clock: 'feed' });
});
afterAll(async () => {
  await source.dispose();
  await copy.dispose();
  await rm(folder, { recursive: true });
});

/** Everything a sender can say, in two feeds, with its corrections. */
function everything(): [feed: string, message: IncidentMessage][] {
  const whole: IncidentMessage = {
    id: 'whole:1._-',
    occurredAt: '2026-01-10T21:15:00+01:00',
    occurredUntil: '2026-01-10T21:45:00+01:00',
    timePrecision: 'hour',
    reportedAt: '2026-01-11T08:00:00Z',
    location: { lat: 51.510123456789, lon: -0.110987654321, precisionMetres: 37.5 },
    category: 'robbery',
    markers: ['youth', 'knife'],
    nativeCategory: 'ROB/PERS "knife", \\ ünïcode 🔪\nline',
    severity: 5,
    force: 'kent',
    discovery: 'sensor',
    origin: 'recorded',
    summary: 'Leaves the database by no other way.',
  };
  const { force: _nowhere, ...elsewhere } = incidentMessage({
    id: 'plain',
    occurredAt: '2026-01-12T03:04:05.678Z',
  });
  return [
    ['police.cad', whole],
    ['police.cad', { ...whole, revision: 3, status: 'closed', category: 'violence', markers: [] }],
    ['police.cad', { ...whole, revision: 2, severity: 4 }],
    ['council.wardens', { ...whole, origin: 'simulated', location: { lat: -33.9, lon: 151.2 } }],
    ['council.wardens', elsewhere],
    ['council.wardens', { ...elsewhere, revision: 2, status: 'cancelled' }],
    [
      'police.cad',
      { ...elsewhere, id: 'of-a-month', timePrecision: 'month', occurredAt: '2026-01-01T00:00:00Z' },
    ],
    [
      'police.cad',
      { ...elsewhere, id: 'of-a-day', timePrecision: 'day', occurredAt: '2026-01-09T12:00:00Z' },
    ],
    ['police.cad', { ...elsewhere, id: 'before-the-span', occurredAt: '2025-12-31T23:59:59Z' }],
    ['police.cad', { ...elsewhere, id: 'at-its-end', occurredAt: '2026-02-01T00:00:00Z' }],
  ];
}

async function rowsOf(database: Database): Promise<Record<string, unknown>[]> {
  // All that comes from the sender but `origin` and `summary`. Of live rows and of corrections the time of receipt
  // stands for `reportedAt`: that is when the room knew.
  const { rows } = await database.query<Record<string, unknown>>(
    `select agency, feed, id, revision, status, occurred_at, occurred_until, time_precision, lat, lon,
       precision_metres, to_hex(cell) as cell, category, markers, native_category, severity, force, discovery,
       case when origin = 'live' or revision > 1 then received_at else reported_at end as reported_at
     from incidents where occurred_at >= '2026-01-01' and occurred_at < '2026-02-01'
     order by agency, feed, id, revision`,
  );
  return rows;
}

async function counting(database: Database): Promise<unknown[]> {
  const { rows } = await database.query<Record<string, unknown>>(
    `select agency, feed, id, revision from incident_keys
     where occurred_at >= '2026-01-01' and occurred_at < '2026-02-01' order by agency, feed, id`,
  );
  return rows;
}

async function accounted(database: Database): Promise<number> {
  const { rows } = await database.query<{ total: number }>(
    'select coalesce(sum(stored + duplicates + rejected), 0)::int as total from feeds',
  );
  return rows[0]?.total ?? NaN;
}

async function command(name: 'export' | 'play', args: string[], forewatch: RealForewatch): Promise<unknown> {
  const { stdout } = await run(process.execPath, [join(COMMANDS, `${name}.ts`), ...args], {
    env: {
      PATH: '',
      DATA_DIR: folder,
      DATABASE_URL: forewatch.postgres.url,
      NATS_URL: forewatch.nats.url,
      TIME_ZONE: 'Europe/London',
    },
  });
  return JSON.parse(stdout);
}

const SPAN = ['--from', '2026-01-01', '--to', '2026-02-01'];

describe('an exported span', { timeout: 120_000 }, () => {
  it('plays into another database as what it was, revision by revision', async () => {
    const sent = everything();
    for (const [feed, message] of sent) await source.publish(`incidents.v1.${feed}`, message);
    await until(
      () => accounted(source.database),
      (count) => count === sent.length,
    );
    const file = join(folder, 'january.ndjson.gz');
    expect(await command('export', [...SPAN, '--out', file], source)).toEqual({ exported: 8 });
    expect(readdirSync(folder).filter((name) => name.startsWith('january'))).toEqual(['january.ndjson.gz']);

    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) }))
      lines.push(line);
    expect(lines.map((line) => (JSON.parse(line) as { origin: string }).origin).sort()).toContain('live');
    expect(lines.join()).not.toMatch(/summary|Leaves the database/);

    expect(await command('play', [file, '--speed', 'max'], copy)).toEqual({
      read: 8,
      published: 8,
      rejected: 0,
    });
    await until(
      () => accounted(copy.database),
      (count) => count === 8,
    );
    expect(await rowsOf(copy.database)).toEqual(await rowsOf(source.database));
    expect(await counting(copy.database)).toEqual(await counting(source.database));
    expect(existsSync(join(folder, 'rejected'))).toBe(false);

    // What the copy exports is what it was made of: from here on a round trip changes nothing at all.
    const [again, third] = [join(folder, 'again.ndjson'), join(folder, 'third.ndjson')];
    await command('export', [...SPAN, '--out', again], copy);
    await command('play', [again, '--speed', 'max'], copy);
    await until(
      () => accounted(copy.database),
      (count) => count === 16,
    );
    await command('export', [...SPAN, '--out', third], copy);
    expect(readFileSync(third, 'utf8')).toBe(readFileSync(again, 'utf8'));
    const { rows } = await copy.database.query('select sum(duplicates)::int as duplicates from feeds');
    expect(rows).toEqual([{ duplicates: 8 }]);
  });

  it('says in a line what is wrong with the call', async () => {
    const wrong = command('export', ['--from', 'soon', '--to', '2026-02-01', '--out', 'x'], source);
    await expect(wrong).rejects.toMatchObject({
      stderr: expect.stringMatching(/^--from soon is no time\n/) as string,
    });
  });
});
