/**
 * `play.merseyside`: seconds from `npm run play` of a whole force's 45 months (627,122 rows, gzipped) to the last of
 * them stored and accounted for, into a server with all its roles.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../../server/config.ts';
import type { FeedState } from '../../shared/feed.ts';
import { serverProcess, type ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { round, type Benchmark } from './bench.ts';

const RECORDING = join(readConfig().recordingsDir, 'uk_merseyside_2018_2021.csv.gz');
const PLAY = resolve(import.meta.dirname, '../../server/commands/play.ts');
const LIMIT_MS = 300_000;

export const playMerseyside: Benchmark = {
  names: ['play.merseyside'],
  run: async (report) => {
    if (!existsSync(RECORDING)) {
      report(`play.merseyside is left out: there is no ${RECORDING} (RECORDINGS_DIR)`);
      return [];
    }
    const server = await serverProcess({ CLOCK: 'feed', ALLOW_ORIGINS: 'recorded' }, report);
    try {
      const began = performance.now();
      const { read, published, rejected } = await play(server);
      report(`published after ${seconds(began)} s`);
      const account = await until(
        () => accountOf(server),
        ({ stored, duplicates, rejected: refused }) => stored + duplicates + refused >= published,
        LIMIT_MS,
      );
      const value = seconds(began);
      const accounted = account.stored + account.duplicates + account.rejected + rejected;
      if (accounted !== read) throw new Error(`${read} read, but ${JSON.stringify(account)}`);
      report(`${read} read = ${JSON.stringify({ ...account, rejected: account.rejected + rejected })}`);
      return [{ name: 'play.merseyside', value, unit: 's', n: 1 }];
    } finally {
      await server.dispose();
    }
  },
};

function seconds(since: number): number {
  return round((performance.now() - since) / 1_000);
}

async function play({
  natsUrls,
  dataDir,
}: ServerProcess): Promise<Record<'read' | 'published' | 'rejected', number>> {
  const env = { ...process.env, NATS_URL: natsUrls.join(','), DATA_DIR: dataDir };
  const args = [PLAY, RECORDING, '--speed', 'max', '--timezone', 'Europe/London'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`play ended with ${code ?? 'a signal'}`);
  return JSON.parse(printed) as Record<'read' | 'published' | 'rejected', number>;
}

async function accountOf({
  url,
  wallToken,
}: ServerProcess): Promise<Record<'stored' | 'duplicates' | 'rejected', number>> {
  const answer = await fetch(`${url}/api/feeds`, { headers: { authorization: `Bearer ${wallToken}` } });
  const { feeds } = (await answer.json()) as { feeds: FeedState[] };
  const total = { stored: 0, duplicates: 0, rejected: 0 };
  for (const feed of feeds) {
    total.stored += feed.stored;
    total.duplicates += feed.duplicates;
    total.rejected += feed.rejected;
  }
  return total;
}
