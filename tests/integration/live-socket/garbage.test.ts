/** Whatever a client sends, it is told why it is closed, and nobody else notices. */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incidentMessage } from '../../support/incidents.ts';
import { LiveClient } from '../../support/live-client.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { until } from '../../support/until.ts';

let forewatch: RealForewatch;
let token: string;
let witness: LiveClient;

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) }, { heartbeatMs: 200 });
  token = await forewatch.token();
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
  witness = await LiveClient.connect(forewatch.server.url, token);
  await witness.snapshot();
});
afterAll(async () => {
  await witness.close();
  await forewatch.dispose();
});

let sent = 0;

/** The witness is told of something new, on the socket it had all along; of the other client nothing is left. */
async function expectUnnoticed(): Promise<void> {
  const id = `after-garbage-${sent++}`;
  await forewatch.publish(
    'incidents.v1.police.live',
    incidentMessage({ id, occurredAt: new Date().toISOString() }),
  );
  await witness.incident(id);
  expect(witness.closed).toBeUndefined();
  await until(
    () => forewatch.server.services.gateway.sessions,
    (sessions) => sessions === 1,
  );
}

const SUBSCRIBE = { type: 'subscribe', forces: [], themes: ['all'], horizonHours: 1 };

describe('garbage in a message', () => {
  it.each<[string, string | Uint8Array, number]>([
    ['no JSON', 'not json', 1008],
    ['an array', '[]', 1008],
    ['a number', '17', 1008],
    ['no type', '{}', 1008],
    ['bytes', new Uint8Array([1, 2, 3]), 1008],
    ['brackets without end', '['.repeat(9_000), 1008],
    ['brackets that do end', `${'['.repeat(4_000)}${']'.repeat(4_000)}`, 1008],
    ['more than a message may have', JSON.stringify({ ...SUBSCRIBE, more: 'x'.repeat(20_000) }), 1008],
    ['more than a frame may have', 'x'.repeat(100_000), 1009],
    ['a theme that is none', JSON.stringify({ ...SUBSCRIBE, themes: ['__proto__'] }), 1008],
    [
      'a thousand themes',
      JSON.stringify({ ...SUBSCRIBE, themes: Array.from({ length: 1_000 }, () => 'all') }),
      1008,
    ],
    ['a seq that is no number', JSON.stringify({ ...SUBSCRIBE, resume: { epoch: '', seq: 'x' } }), 1008],
    ['a seq below all', JSON.stringify({ ...SUBSCRIBE, resume: { epoch: '', seq: -1 } }), 1008],
  ])('%s', async (_name, text, code) => {
    const client = await LiveClient.connect(forewatch.server.url, token);
    const before = forewatch.server.services.gateway.counters.refused;
    client.socket.send(text);
    expect(
      await until(
        () => client.closed,
        (closed) => closed !== undefined,
      ),
    ).toBe(code);
    if (code === 1008) {
      expect(client.frames.at(-1)?.type).toBe('refused');
      expect(forewatch.server.services.gateway.counters.refused).toBe(before + 1);
    }
    await expectUnnoticed();
  });

  it('is no garbage that a newer client may say', async () => {
    const client = await LiveClient.connect(forewatch.server.url, token);
    client.send({ type: 'constructor' });
    client.send({ type: 'patrol.watch', unit: 7 });
    // Of an object's own prototype nothing is taken for a message.
    client.send(`{"__proto__": {"type": "subscribe"}, "type": "other"}`);
    expect((await client.snapshot()).type).toBe('snapshot');
    await client.close();
    await expectUnnoticed();
  });
});

describe('garbage below messages', () => {
  /** Beneath the client: what is written here goes out as it is. */
  const wire = (client: LiveClient): Socket => (client.socket as unknown as { _socket: Socket })._socket;

  it.each<[string, number[]]>([
    ['a frame without a mask', [0x81, 0x02, 0x7b, 0x7d]],
    ['a kind of frame that is none', [0x83, 0x80, 0, 0, 0, 0]],
    ['text that is no UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
    ['a frame that goes on with none before it', [0x80, 0x80, 0, 0, 0, 0]],
    ['a length beyond all bounds', [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]],
    ['HTTP', [...Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
  ])('%s', async (_name, bytes) => {
    const client = await LiveClient.connect(forewatch.server.url, token);
    await client.snapshot();
    wire(client).write(Buffer.from(bytes));
    expect(
      await until(
        () => client.closed,
        (closed) => closed !== undefined,
      ),
    ).toBeGreaterThan(1_000);
    await expectUnnoticed();
  });

  it.each([
    ['no WebSocket at all', 'SSH-2.0-x\r\n\r\n'],
    [
      'a WebSocket of another time',
      upgrade('Sec-WebSocket-Version: 7', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='),
    ],
    ['no key', upgrade('Sec-WebSocket-Version: 13')],
    ['a key that is none', upgrade('Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x')],
  ])('%s', async (_name, text) => {
    const { port } = new URL(forewatch.server.url);
    const socket = connectTcp(Number(port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.write(text.replace('TOKEN', token));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    await expectUnnoticed();
  });
});

function upgrade(...headers: string[]): string {
  const lines = ['GET /live HTTP/1.1', 'Host: x', 'Authorization: Bearer TOKEN', 'Connection: Upgrade'];
  return [...lines, 'Upgrade: websocket', ...headers, '', ''].join('\r\n');
}
