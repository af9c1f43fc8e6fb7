/** The feed's messages, however large, reach ingest: nats-server must not take it for a reader too slow. */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { afterEach, expect, it } from 'vitest';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { natsFeed } from '../../server/feeds/nats-feed.ts';
import { ensureStreams } from '../../server/feeds/streams.ts';
import { realNats, type RealNats } from '../support/real-servers.ts';

const LARGE = 150;
const SMALL = 5_000;
/** NATS's own limit on a message is 1 MB. */
const LARGE_BYTES = 1_000_000;

let nats: RealNats | undefined;
afterEach(async () => {
  await nats?.dispose();
  nats = undefined;
});

it('delivers 150 messages of a megabyte, and the small ones behind them', { timeout: 60_000 }, async () => {
  nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  await ensureStreams(await jetstreamManager(connection));
  const client = jetstream(connection);
  const send = (payload: Uint8Array): Promise<unknown> =>
    client.publish('incidents.v1.police.large', payload);
  for (let sent = 0; sent < LARGE; sent++) await send(new Uint8Array(LARGE_BYTES));
  for (let sent = 0; sent < SMALL; sent += 500) {
    await Promise.all(Array.from({ length: 500 }, () => send(new Uint8Array(100))));
  }
  const stop = new AbortController();
  let delivered = 0;
  for await (const delivery of natsFeed(connection, stop.signal)) {
    delivery.ack();
    if (++delivered === LARGE + SMALL) stop.abort();
  }
  expect(delivered).toBe(LARGE + SMALL);
  await connection.close();
});

it('asks with each pull for room enough for any message, however many small ones came before', async () => {
  nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  await ensureStreams(await jetstreamManager(connection));
  const pulls: { batch: number; max_bytes?: number }[] = [];
  connection.subscribe('$JS.API.CONSUMER.MSG.NEXT.>', {
    callback: (_error, message) => {
      pulls.push(message.json());
    },
  });
  const client = jetstream(connection);
  for (let sent = 0; sent < SMALL; sent += 500) {
    await Promise.all(
      Array.from({ length: 500 }, () => client.publish('incidents.v1.police.small', new Uint8Array(400))),
    );
  }
  const stop = new AbortController();
  let delivered = 0;
  for await (const delivery of natsFeed(connection, stop.signal)) {
    delivery.ack();
    if (++delivered === SMALL) stop.abort();
  }
  // A pull with too little room is refused, and with nothing left to read nobody asks again for half a minute.
  const cramped = pulls.filter(({ max_bytes = 0 }) => max_bytes !== 0 && max_bytes < LARGE_BYTES);
  expect(cramped).toEqual([]);
  expect(pulls.length).toBeGreaterThan(1);
  await connection.close();
});
