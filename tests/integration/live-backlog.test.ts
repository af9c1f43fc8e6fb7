/** A long backlog of large announcements is read to its end: the server must not take the reader for too slow. */
import { afterEach, expect, it } from 'vitest';
import type { HotspotsRanked } from '../../shared/announcement.ts';
import { connectNats } from '../../server/feeds/nats-connection.ts';
import { LiveStream } from '../../server/live/live-stream.ts';
import { realNats, type RealNats } from '../support/real-servers.ts';

const MESSAGES = 500;

let nats: RealNats | undefined;
afterEach(async () => {
  await nats?.dispose();
  nats = undefined;
});

const LARGE: HotspotsRanked = {
  type: 'hotspots.ranked',
  at: '2026-03-01T12:00:00.000Z',
  force: 'kent',
  theme: 'all',
  horizonHours: 8,
  window: { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T20:00:00.000Z' },
  modelId: 'a model',
  unavailable: null,
  areaCells: 100_000,
  hotspots: [],
  coarse: { areaCells: 0, hotspots: [] },
  // A tick over a whole region has dozens of these: some 230 kB each.
  moved: Array.from({ length: 7_000 }, (_, index) => [`89194ad${String(index).padStart(8, '0')}`, 0.1234]),
};

it('reads 500 announcements of a quarter of a megabyte', { timeout: 60_000 }, async () => {
  nats = await realNats();
  const connection = await connectNats({ urls: [nats.url], name: 'test' });
  const live = await LiveStream.open(connection);
  for (let sent = 0; sent < MESSAGES; sent += 50) {
    await Promise.all(Array.from({ length: 50 }, () => live.announce(LARGE)));
  }
  const { epoch } = await live.position();
  const stop = new AbortController();
  let read = 0;
  for await (const { announcement } of live.read({ epoch, afterSeq: 0, signal: stop.signal })) {
    expect(announcement.type).toBe('hotspots.ranked');
    if (++read === MESSAGES) break;
  }
  expect(read).toBe(MESSAGES);
  let held = 0;
  for await (const { seq } of live.held('>', { afterSeq: 0 })) held = seq;
  expect(held).toBe(MESSAGES);
  await connection.close();
});
