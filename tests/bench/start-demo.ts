/**
 * `start.fresh`, `start.again`: seconds from `npm run demo` to the first hotspot on an open WebSocket: in a
 * fresh clone, with the installation of its packages, and once more with everything in place.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../shared/messages.ts';
import { until } from '../support/until.ts';
import { freePort } from '../../server/local-services/free-port.ts';
import { round, type Benchmark, type Figure } from './bench.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LIMIT_MS = 300_000;

export const startDemo: Benchmark = {
  names: ['start.fresh', 'start.again'],
  run: async (report) => {
    const folder = mkdtempSync(join(tmpdir(), 'forewatch-start-'));
    const clone = join(folder, 'clone');
    try {
      // What is committed is what a newcomer gets.
      execFileSync('git', ['clone', '--quiet', ROOT, clone]);
      const figures: Figure[] = [];
      for (const name of ['start.fresh', 'start.again']) {
        const seconds = await secondsToFirstHotspot(clone, join(folder, 'data'));
        report(`${name}: ${seconds.toFixed(1)} s`);
        figures.push({ name, value: round(seconds), unit: 's', n: 1 });
      }
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function secondsToFirstHotspot(clone: string, dataDir: string): Promise<number> {
  const began = performance.now();
  const demo = spawn('npm', ['run', 'demo'], {
    cwd: clone,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), BASEMAP: 'none' },
    stdio: ['ignore', 'ignore', 'inherit'],
    // A group of its own, so that Ctrl-C can reach all of it, as from a terminal.
    detached: true,
  });
  try {
    const { url, wallToken } = await servicesOf(dataDir);
    const isReady = async (): Promise<boolean> => (await fetch(`${url}/api/health/ready`)).ok;
    await until(isReady, (ready) => ready, LIMIT_MS);
    await firstHotspot(url, wallToken);
    return (performance.now() - began) / 1_000;
  } finally {
    if (demo.pid !== undefined) process.kill(-demo.pid, 'SIGINT');
    if (demo.exitCode === null) await once(demo, 'exit');
  }
}

async function servicesOf(dataDir: string): Promise<{ url: string; wallToken: string }> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    try {
      return JSON.parse(readFileSync(join(dataDir, 'services.json'), 'utf8')) as {
        url: string;
        wallToken: string;
      };
    } catch (error) {
      if (performance.now() > end) throw error;
      await delay(50);
    }
  }
}

async function firstHotspot(url: string, token: string): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const hotspot = Promise.withResolvers<undefined>();
  socket.on('error', hotspot.reject);
  socket.on('close', (code) => {
    hotspot.reject(new Error(`the socket closed: ${code}`));
  });
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'subscribe', forces: [], themes: ['all'], horizonHours: 8 }));
  });
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as ServerMessage;
    const ranked =
      message.type === 'hotspots.ranked' ? [message] : message.type === 'snapshot' ? message.hotspots : [];
    if (ranked.some(({ hotspots }) => hotspots.length > 0)) hotspot.resolve(undefined);
  });
  await hotspot.promise;
  socket.close();
}
