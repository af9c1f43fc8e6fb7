/** A server that restarts under two hundred screens has them all back, with nothing missed. */
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { INCIDENTS } from '../../../server/feeds/streams.ts';
import { incidentMessage } from '../../support/incidents.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { Screen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

const SCREENS = 200;
let forewatch: RealForewatch;
let screens: Screen[] = [];

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['ingest', 'gateway']) }, { heartbeatMs: 500 });
  // It comes back where it was, as a server does.
  forewatch.config.port = Number(new URL(forewatch.server.url).port);
  await until(
    () => forewatch.server.services.health.ready,
    (ready) => ready,
  );
});
afterAll(async () => {
  for (const screen of screens) screen.stop();
  await forewatch.dispose();
});

async function publish(count: number): Promise<void> {
  const occurredAt = new Date().toISOString();
  const messages = Array.from({ length: count }, () => incidentMessage({ occurredAt }));
  await Promise.all(messages.map((message) => forewatch.publish('incidents.v1.police.live', message)));
}

const total = (screen: Screen): number =>
  [...screen.picture.totals(24).values()].reduce((sum, count) => sum + count, 0);

/** Everything published is announced, and every screen has been told of all that. */
async function quiet(): Promise<void> {
  const manager = await jetstreamManager(forewatch.connection);
  await until(
    async () => (await manager.streams.info(INCIDENTS)).state.messages,
    (waiting) => waiting === 0,
    60_000,
  );
  const { lastSeq } = await forewatch.server.services.live.position();
  await Promise.all(screens.map((screen) => screen.reaches(lastSeq, 60_000)));
}

it('has all of them back, each with what was told meanwhile, once', async () => {
  const token = await forewatch.token();
  screens = Array.from({ length: SCREENS }, () => new Screen({ url: () => forewatch.server.url, token }));
  // All of them are told the same from here on.
  await until(
    () => screens.filter(({ connection }) => connection !== 'live').length,
    (left) => left === 0,
    60_000,
  );
  await publish(300);
  await quiet();
  const publishing = publish(400);
  await forewatch.restart();
  await publishing;
  await publish(100);
  await quiet();
  expect(new Set(screens.map(total))).toEqual(new Set([800]));
  const { gateway } = forewatch.server.services;
  expect(gateway.sessions).toBe(SCREENS);
  // Each came back once, and went on from where it was.
  expect(gateway.counters).toMatchObject({ resumed: SCREENS, snapshots: 0, refused: 0, stalled: 0 });
  const nowMs = Date.now();
  const [first, ...others] = screens.map((screen) => screen.seen(nowMs));
  for (const other of others) expect(other).toEqual(first);
  for (const { errors, refusals } of screens) expect([...errors, ...refusals]).toEqual([]);
}, 120_000);
