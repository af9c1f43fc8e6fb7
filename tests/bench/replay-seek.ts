/**
 * `replay.seek`: ms from asking for a moment to its picture on the screen, on a day at fifty incidents a second;
 * `replay.play`: seconds of the past that a page plays in one at 600×; `replay.play.heap`: MB by which its heap grows in that;
 * `replay.skipped`: incidents that chunks for such playing leave out; `replay.kept`: MB a day beside the archive.
 */
import { chromium } from 'playwright-core';
import type { ReplayChunk } from '../../shared/replay.ts';
import { formatInstant, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { chromiumProgram } from '../../server/commands/chromium.ts';
import { openDatabase } from '../../server/store/database.ts';
import { CHROMIUM_FLAGS } from '../support/chromium-flags.ts';
import { localFolder, serverProcess, type ServerProcess } from '../support/server-process.ts';
import { distribution, round, type Benchmark, type Figure } from './bench.ts';
import { fillPast, megabytesKept, type Past } from './replay-past.ts';
import { openReplayPage, playInPage, seekInPage } from './wall/replay-page.ts';
import { SCREEN } from './wall/wall-stage.ts';

const PER_SECOND = 50;
const SEEKS = 40;
const PLAY_SECONDS = 20;

interface Names {
  seek: string;
  others: boolean;
}

export const replaySeek: Benchmark = {
  names: [
    'replay.seek',
    'replay.play',
    'replay.play.heap',
    'replay.skipped',
    'replay.kept',
    'replay.archive',
  ],
  onlyWhenNamed: true,
  run: (report) => measure({ seek: 'replay.seek', others: true }, 24, PER_SECOND, report),
};

/** A month at the pace that a database of this machine takes: what a seek costs must not grow with the past. */
export const replaySeek30d: Benchmark = {
  names: ['replay.seek30d'],
  onlyWhenNamed: true,
  run: async (report) => {
    const [day] = await measure({ seek: 'day', others: false }, 24, 2, report);
    const [month] = await measure({ seek: 'replay.seek30d', others: false }, 30 * 24, 2, report);
    if (day === undefined || month === undefined) return [];
    return [{ ...month, baseline: day.value, ratio: round(month.value / day.value) }];
  },
};

async function measure(
  names: Names,
  hours: number,
  perSecond: number,
  report: (line: string) => void,
): Promise<Figure[]> {
  const local = await localFolder(report);
  const database = openDatabase({ url: local.databaseUrl, name: 'bench', longestStatementMs: 600_000 });
  // What lies after it is the server's own.
  const toMs = Math.floor(performance.timeOrigin / 1_000) * 1_000;
  const past = await fillPast(database, { fromMs: toMs - hours * HOUR_MS, toMs, perSecond }, report);
  report(`${past.incidents} incidents in the archive`);
  const kept = await megabytesKept(database);
  await database.end();
  const server = await serverProcess({}, report, local.databaseUrl);
  try {
    const perDay = 24 / hours;
    const seeks = await measureSeeks(server, past, names, report);
    if (!names.others) return seeks;
    return [
      ...seeks,
      { name: 'replay.skipped', value: await skipped(server, past), unit: 'incidents', n: 1 },
      { name: 'replay.kept', value: round(kept.replay * perDay), unit: 'MB/day', n: 1 },
      { name: 'replay.archive', value: round(kept.archive * perDay), unit: 'MB/day', n: 1 },
    ];
  } finally {
    await server.dispose();
    await local.dispose();
  }
}

async function measureSeeks(
  { url, wallToken }: ServerProcess,
  { fromMs, toMs }: Past,
  { seek, others }: Names,
  report: (line: string) => void,
): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: await chromiumProgram(report),
    args: [...CHROMIUM_FLAGS],
  });
  try {
    const page = await browser.newPage({ viewport: SCREEN });
    await page.goto(`${url}/wall#${wallToken}`);
    await page.waitForSelector('[data-connection="live"]');
    await openReplayPage(page, url, toMs - HOUR_MS);
    const samples: number[] = [];
    for (let index = 0; index < SEEKS; index++) {
      // Anywhere, and no two near each other.
      const share = (index * 0.618) % 1;
      const atMs = Math.floor((fromMs + (0.02 + 0.96 * share) * (toMs - fromMs)) / 1_000) * 1_000;
      samples.push(await seekInPage(page, atMs));
    }
    const figures = [distribution(seek, 'ms', samples)];
    if (!others) return figures;
    await seekInPage(page, Math.floor((fromMs + toMs) / 2_000) * 1_000);
    const { factor, heap } = await playInPage(page, PLAY_SECONDS);
    return [
      ...figures,
      { name: 'replay.play', value: round(factor), unit: 's/s', n: 1 },
      { name: 'replay.play.heap', value: round(heap[1] - heap[0]), unit: 'MB', n: 1 },
    ];
  } finally {
    await browser.close();
  }
}

/** Of ten minutes, told in chunks as 600× asks for them. */
async function skipped(
  { url, wallToken }: ServerProcess,
  { fromMs, toMs, incidents }: Past,
): Promise<number> {
  const startMs = Math.floor((fromMs + toMs) / 2_000) * 1_000;
  const [endMs, headers] = [startMs + 10 * MINUTE_MS, { authorization: `Bearer ${wallToken}` }];
  let told = 0;
  let query = `from=${formatInstant(startMs)}`;
  for (let more = true; more;) {
    const answer = await fetch(`${url}/api/live?${query}&to=${formatInstant(endMs)}&merge=60`, { headers });
    const { frames, next } = (await answer.json()) as ReplayChunk;
    for (const { delta } of frames) {
      if (delta.type !== 'incidents.stored') continue;
      told +=
        'changes' in delta ? delta.changes.length : delta.counts.reduce((sum, { change }) => sum + change, 0);
    }
    more = next !== null;
    query = new URLSearchParams({ epoch: next?.epoch ?? '', afterSeq: String(next?.afterSeq) }).toString();
  }
  return (incidents / (toMs - fromMs)) * (endMs - startMs) - told;
}
