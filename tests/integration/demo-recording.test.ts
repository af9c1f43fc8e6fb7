/** A real city's recording goes through the whole demo, with an exact account and hotspots where the city's are. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { expect, it } from 'vitest';
import { cellAt } from '../../shared/cell.ts';
import { readConfig } from '../../server/config.ts';
import { freePort } from '../../server/local-services/free-port.ts';
import { openDatabase } from '../../server/store/database.ts';

const RECORDING = join(readConfig().recordingsDir, 'stlouis_2014_2020.csv.gz');
const DEMO = resolve(import.meta.dirname, '../../server/commands/demo.ts');
/** The file repeats an id within these first months. */
const ROWS = 25_000;
/** A week a second, as the README says; a slice of months is over within half a minute. */
const SPEED = '604800';

interface Services {
  url: string;
  databaseUrl: string;
  wallToken: string;
}

// Where the recordings are not at hand, this is reported as skipped.
it.skipIf(!existsSync(RECORDING))(
  'plays months of St. Louis: read = stored + duplicates + rejected',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'forewatch-recording-'));
    const { file, lines } = await slice(folder);
    const demo = spawn(
      process.execPath,
      [DEMO, '--recording', file, '--speed', SPEED, '--timezone', 'America/Chicago'],
      {
        env: {
          ...process.env,
          DATA_DIR: join(folder, 'data'),
          PORT: String(await freePort()),
          BASEMAP: 'none',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      const account = await lineMatching(
        demo.stdout,
        /(\d+) read = (\d+) stored \+ (\d+) duplicates \+ (\d+) rejected/,
      );
      const [read, stored, duplicates, rejected] = account.slice(1).map(Number);
      expect({ read, stored, duplicates, rejected }).toEqual({
        read: ROWS,
        stored: ROWS - 1,
        duplicates: 1,
        rejected: 0,
      });

      const services = JSON.parse(readFileSync(join(folder, 'data/services.json'), 'utf8')) as Services;
      const database = openDatabase({ url: services.databaseUrl, name: 'test' });
      const { rows } = await database.query<{ count: number }>('select count(*) from incidents');
      await database.end();
      expect(rows[0]?.count).toBe(ROWS - 1);

      const busiest = new Set(busiestCells(lines, 50));
      const hotspots = await hotspotCells(services);
      expect(hotspots.length).toBeGreaterThan(10);
      // Ten thousand incidents tell a city's lasting places well; recency moves the lower ranks about.
      expect(hotspots.slice(0, 10).filter((cell) => busiest.has(cell)).length).toBeGreaterThanOrEqual(7);
    } finally {
      demo.kill('SIGINT');
      if (demo.exitCode === null) await once(demo, 'exit');
      rmSync(folder, { recursive: true, force: true });
    }
    expect(demo.exitCode).toBe(0);
  },
  240_000,
);

async function slice(folder: string): Promise<{ file: string; lines: string[] }> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(RECORDING).pipe(createGunzip()) })) {
    lines.push(line);
    if (lines.length > ROWS) break;
  }
  const file = join(folder, 'slice.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { file, lines: lines.slice(1) };
}

async function lineMatching(output: NodeJS.ReadableStream, pattern: RegExp): Promise<RegExpExecArray> {
  for await (const line of createInterface({ input: output })) {
    const match = pattern.exec(line);
    if (match !== null) return match;
  }
  throw new Error('the demo ended without an account');
}

function busiestCells(lines: readonly string[], count: number): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const [, , lat, lon] = line.split(',');
    const cell = cellAt(Number(lat), Number(lon));
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([cell]) => cell);
}

async function hotspotCells({ url, wallToken }: Services): Promise<string[]> {
  const response = await fetch(`${url}/api/hotspots?force=unassigned&theme=all&horizonHours=24`, {
    headers: { authorization: `Bearer ${wallToken}` },
  });
  const { hotspots } = (await response.json()) as { hotspots: { cell: string }[] };
  return hotspots.map(({ cell }) => cell);
}
