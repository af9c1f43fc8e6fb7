/** The built client in Chromium at 4K, fed with the real frames by a socket server of the benchmark's own. */
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { WebSocketServer } from 'ws';
import { buildClient } from '../../../server/commands/build-client.ts';
import { chromiumProgram } from '../../../server/commands/chromium.ts';
import { PROTOCOL, type Delta, type Hello, type ServerMessage } from '../../../shared/messages.ts';
import { formatInstant } from '../../../shared/time.ts';
import { CHROMIUM_FLAGS } from '../../support/chromium-flags.ts';
import { citySnapshot } from './crowded-city.ts';

const CLIENT = resolve(import.meta.dirname, '../../../dist/client');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** What a control room's screen has. */
export const SCREEN = { width: 3840, height: 2160 } as const;
/** Forces, themes and windows such that all incidents and hexagons are in sight. */
const QUERY = '?theme=all&horizon=24&heat=24';

export interface WallStage {
  page: Page;
  /** Sends a delta to the page; its `seq` is the next one. */
  send(make: (seq: number, nowMs: number) => Delta): void;
  close(): Promise<void>;
}

/** Resolves when the whole city is on the screen. `path`: `/wall`, or `/` for the desk. */
export async function openStage(path: '/wall' | '/', report: (line: string) => void): Promise<WallStage> {
  await buildClient(report);
  const executablePath = await chromiumProgram(report);
  const server = createServer(answer);
  const sockets = new WebSocketServer({ server, path: '/live', maxPayload: 1_000_000 });
  let seq = 1;
  const say = (message: ServerMessage): void => {
    const text = JSON.stringify(message);
    for (const socket of sockets.clients) socket.send(text);
  };
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify(hello()));
    socket.on('message', () => {
      const snapshot = citySnapshot(nowMs());
      seq = Math.max(seq, snapshot.seq);
      socket.send(JSON.stringify({ ...snapshot, seq }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const heartbeat = setInterval(() => {
    say({ type: 'heartbeat', seq, serverTime: formatInstant(nowMs()), clockSpeed: 1 });
  }, 5_000);
  const { port } = server.address() as AddressInfo;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    clearInterval(heartbeat);
    await browser?.close();
    await closed(sockets, server);
  };
  try {
    browser = await chromium.launch({
      executablePath,
      args: [...CHROMIUM_FLAGS, '--enable-precise-memory-info'],
    });
    const page = await browser.newPage({ viewport: SCREEN });
    await page.goto(`http://127.0.0.1:${port}${path}${QUERY}`);
    await page.waitForSelector('[data-connection="live"]');
    await page.waitForSelector('.leaflet-container canvas');
    return {
      page,
      send: (make) => {
        say(make(++seq, nowMs()));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function hello(): Hello {
  return {
    type: 'hello',
    protocol: PROTOCOL,
    epoch: 'bench',
    serverTime: formatInstant(nowMs()),
    clockSpeed: 1,
    forces: ['metropolitan'],
    themes: ['all'],
    basemap: { kind: 'none' },
    timeZone: 'Europe/London',
    build: null,
  };
}

/** Everyone is signed in; of the API beside the socket there is nothing. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://stage').pathname;
  if (path === '/api/session') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ user: 'bench', role: 'wall', forces: [] }));
    return;
  }
  const file = join(CLIENT, normalize(path));
  const found = extname(file) !== '' && existsSync(file) ? file : join(CLIENT, 'index.html');
  response.statusCode = path.startsWith('/api/') ? 404 : 200;
  response.setHeader('content-type', TYPES[extname(found)] ?? 'application/octet-stream');
  createReadStream(found).pipe(response);
}

async function closed(sockets: WebSocketServer, server: Server): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
