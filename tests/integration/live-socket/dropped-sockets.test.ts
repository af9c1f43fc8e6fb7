/** Five hundred sockets opened and dropped, at every point of their life, leave nothing behind. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LiveClient } from '../../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { until } from '../../support/until.ts';

let forewatch: RealForewatch;
let token: string;
const port = (): number => Number(new URL(forewatch.server.url).port);

beforeAll(async () => {
  // A socket is given up after sixty heartbeats without a sign of life.
  forewatch = await realForewatch({ roles: new Set(['gateway']) }, { heartbeatMs: 20, flushMs: 20 });
  token = await forewatch.token();
  await ready();
});
afterAll(() => forewatch.dispose());

async function ready(): Promise<void> {
  await until(
    () => forewatch.server.services.health.ready,
    (isReady) => isReady,
  );
}

const sessions = (): number => forewatch.server.services.gateway.sessions;
/** Both ends of every connection of this process. */
const connections = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

const address = (): string => `${forewatch.server.url.replace('http', 'ws')}/live`;
const headers = (): Record<string, string> => ({ authorization: `Bearer ${token}` });
const silently = (socket: WebSocket): WebSocket => socket.on('error', () => undefined);

/** Asks to be a WebSocket and says nothing more, whatever it hears: whoever had it is gone. */
async function gone(): Promise<Socket> {
  const socket = connectTcp(port(), '127.0.0.1');
  socket.write(
    [
      'GET /live HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${token}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n'),
  );
  await once(socket, 'data');
  socket.on('error', () => undefined);
  return socket;
}

const DROPS: Record<string, () => Promise<void> | void> = {
  'as soon as it is asked for': () => {
    silently(new WebSocket(address(), { headers: headers() })).terminate();
  },
  'on its way, before hello': async () => {
    const socket = silently(new WebSocket(address(), { headers: headers() }));
    await once(socket, 'upgrade');
    socket.terminate();
  },
  'without having signed in': async () => {
    await once(new WebSocket(address()), 'unexpected-response');
  },
  'after hello': async () => {
    (await LiveClient.connect(forewatch.server.url, token)).socket.terminate();
  },
  'with a subscribe on its way': async () => {
    const client = await LiveClient.connect(forewatch.server.url, token);
    client.subscribe();
    client.socket.terminate();
  },
  'while it is read from': async () => {
    const client = await LiveClient.connect(forewatch.server.url, token);
    await client.snapshot();
    client.socket.terminate();
  },
  'in order': async () => {
    await (await LiveClient.connect(forewatch.server.url, token)).close();
  },
  'before it has asked for anything': async () => {
    const socket = connectTcp(port(), '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
  },
  'in the middle of asking': async () => {
    const socket = connectTcp(port(), '127.0.0.1');
    socket.write('GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: webso');
    await once(socket, 'connect');
    socket.destroy();
  },
};

describe('five hundred sockets', () => {
  it(`are forgotten, each dropped ${Object.keys(DROPS).join(', or ')}`, async () => {
    const witness = await LiveClient.connect(forewatch.server.url, token);
    await witness.snapshot();
    const before = connections();
    const drops = Object.values(DROPS);
    await Promise.all(Array.from({ length: 504 }, async (_, index) => drops[index % drops.length]?.()));
    await until(sessions, (left) => left === 1);
    // The database's connections come and go.
    await until(connections, (left) => left <= before + 10);
    const { seq } = await witness.snapshot();
    expect((await witness.heartbeatFrom(seq)).seq).toBeGreaterThanOrEqual(seq);
    await witness.close();
    await until(sessions, (left) => left === 0);
  });

  it('whose other end is gone without a word are ended', async () => {
    const { counters } = forewatch.server.services.gateway;
    const sockets = await Promise.all(Array.from({ length: 30 }, gone));
    await until(sessions, (held) => held === 30);
    const living = await LiveClient.connect(forewatch.server.url, token);
    await living.snapshot();
    await until(sessions, (left) => left === 1);
    expect(counters.stalled).toBe(30);
    expect(living.closed).toBeUndefined();
    for (const socket of sockets) socket.destroy();
    await living.close();
  });

  it('do not keep the server from stopping, though nobody answers its goodbye', async () => {
    const sockets = await Promise.all(Array.from({ length: 30 }, gone));
    // Less than the half minute that would be waited for an answer.
    await forewatch.restart();
    await ready();
    for (const socket of sockets) socket.destroy();
    expect(sessions()).toBe(0);
  }, 20_000);
});
