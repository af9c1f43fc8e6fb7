/** `live.delta.50`, `live.delta.1000`: ms from publishing an incident to its delta on an open WebSocket. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../shared/messages.ts';
import { serverProcess } from '../support/server-process.ts';
import { distribution, type Benchmark, type Figure } from './bench.ts';
import { publishSteadily } from './steady-publisher.ts';

const RATES = [50, 1_000];
const SECONDS = 20;
const WARM_UP_SECONDS = 3;

export const liveDelta: Benchmark = {
  names: RATES.map((rate) => `live.delta.${rate}`),
  run: async (report) => {
    const server = await serverProcess({}, report);
    try {
      const figures: Figure[] = [];
      for (const perSecond of RATES) {
        const deltas = await openDeltas(server.url, server.wallToken);
        const warmUp = { perSecond, seconds: WARM_UP_SECONDS, prefix: `warm-${perSecond}` };
        const warm = await publishSteadily(server.natsUrls, warmUp);
        await deltas.arrived(warm.size);
        const timed = { perSecond, seconds: SECONDS, prefix: `timed-${perSecond}` };
        const sentAt = [...(await publishSteadily(server.natsUrls, timed)).values()];
        await deltas.arrived(warm.size + sentAt.length);
        const latencies = sentAt.map((at, index) => (deltas.receivedAt[warm.size + index] ?? NaN) - at);
        deltas.close();
        figures.push(distribution(`live.delta.${perSecond}`, 'ms', latencies));
      }
      return figures;
    } finally {
      await server.dispose();
    }
  },
};

interface Deltas {
  /**
   * Epoch milliseconds, in the order of arrival: one feed's incidents keep their order from stream to
   * socket, and a delta of many carries counts, which name none.
   */
  receivedAt: number[];
  arrived(count: number): Promise<void>;
  close(): void;
}

async function openDeltas(url: string, token: string): Promise<Deltas> {
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers });
  const receivedAt: number[] = [];
  const snapshot = Promise.withResolvers<undefined>();
  socket.on('close', (code, reason) => {
    snapshot.reject(new Error(`the socket closed: ${code} ${reason.toString()}`));
  });
  socket.on('message', (data: Buffer) => {
    const now = performance.timeOrigin + performance.now();
    const message = JSON.parse(data.toString('utf8')) as ServerMessage;
    if (message.type === 'snapshot') snapshot.resolve(undefined);
    if (message.type !== 'incidents.stored') return;
    const arrived =
      'changes' in message
        ? message.changes.length
        : message.counts.reduce((sum, { change }) => sum + change, 0);
    for (let i = 0; i < arrived; i++) receivedAt.push(now);
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'subscribe', forces: [], themes: ['all'], horizonHours: 8 }));
  await snapshot.promise;
  return {
    receivedAt,
    arrived: async (count) => {
      while (receivedAt.length < count) await once(socket, 'message');
      if (receivedAt.length > count)
        throw new Error(`${receivedAt.length} incidents arrived, ${count} were sent`);
    },
    close: () => {
      socket.close();
    },
  };
}
