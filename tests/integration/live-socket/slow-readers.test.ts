/** Clients that do not read, or slowly: bounded on the server, unnoticed by others, and right once they have read. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { announceIncidents } from '../../support/announced-incidents.ts';
import { ranking } from '../../support/rankings.ts';
import { realForewatch, type RealForewatch } from '../../support/real-forewatch.ts';
import { Screen } from '../../support/screen.ts';
import { until } from '../../support/until.ts';

const KEY = { force: 'kent', theme: 'all', horizonHours: 1 } as const;
let forewatch: RealForewatch;
let token: string;
const screens: Screen[] = [];

beforeAll(async () => {
  forewatch = await realForewatch({ roles: new Set(['gateway']) }, { heartbeatMs: 200, flushMs: 20 });
  token = await forewatch.token();
  await until(
    () => forewatch.server.services.gateway.picture,
    (picture) => picture !== undefined,
  );
});
afterEach(() => {
  for (const screen of screens.splice(0)) screen.stop();
});
afterAll(() => forewatch.dispose());

async function open(): Promise<Screen> {
  const screen = new Screen({ url: () => forewatch.server.url, token });
  screens.push(screen);
  await screen.reaches((await forewatch.server.services.live.position()).lastSeq);
  return screen;
}

/** All screens, and a new one, show the same at `seq`. */
async function expectSame(seq: number): Promise<void> {
  await open();
  await Promise.all(screens.map((screen) => screen.reaches(seq)));
  const nowMs = Date.now();
  const [first, ...others] = screens.map((screen) => screen.seen(nowMs));
  for (const other of others) expect(other).toEqual(first);
}

/** A snapshot of this picture is longer than that by no more than a third, and the backlog may be a megabyte. */
const MOST_BACKLOG = 2_000_000;

describe('a client that stops reading', () => {
  it('holds up nobody and no memory, and gets a new snapshot once it reads again', async () => {
    const { gateway, live } = forewatch.server.services;
    const [stuck, witness] = [await open(), await open()];
    const before = { ...gateway.counters };
    stuck.stopReading();
    let most = 0;
    // Megabytes lie in its socket and in the system before anything waits here.
    while (gateway.counters.overflows === before.overflows) {
      await witness.reaches(await announceIncidents(live, 10));
      most = Math.max(most, gateway.backlogBytes);
    }
    // Nothing more is kept for it.
    await witness.reaches(await announceIncidents(live, 20));
    most = Math.max(most, gateway.backlogBytes);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(MOST_BACKLOG);
    expect(witness.heard.snapshot).toBe(1);
    expect(gateway.counters.overflows).toBe(before.overflows + 1);
    expect(gateway.counters.dropped).toBeGreaterThan(before.dropped);
    stuck.readAgain();
    await expectSame((await live.position()).lastSeq);
    expect(stuck.heard.snapshot).toBe(2);
    await until(
      () => gateway.backlogBytes,
      (bytes) => bytes === 0,
    );
  });
});

describe('a client that reads slowly', () => {
  it('gets every incident and of the rankings the latest, and holds up nobody', async () => {
    const { gateway, live } = forewatch.server.services;
    const [slow, witness] = [await open(), await open()];
    const before = { ...gateway.counters };
    const stop = slow.readOneByOne(20);
    let most = 0;
    let seq = 0;
    let rankings = 0;
    for (let round = 0; round < 10; round++) {
      seq = await announceIncidents(live, 1);
      // Of 200 kB, ten times the largest there is, to fill what the system holds between the two.
      for (let index = 0; index < 8; index++) seq = await live.announce(ranking(KEY, 2_400, ++rankings));
      await witness.reaches(seq);
      most = Math.max(most, gateway.backlogBytes);
    }
    expect(witness.heard['hotspots.ranked']).toBe(rankings);
    expect(most).toBeLessThan(MOST_BACKLOG);
    await expectSame(seq);
    stop();
    expect(slow.heard['incidents.stored']).toBe(10);
    expect(slow.heard.snapshot).toBe(1);
    expect(slow.heard['hotspots.ranked']).toBeLessThan(rankings);
    expect(gateway.counters.dropped).toBeGreaterThan(before.dropped);
    expect(slow.picture.rankings.get('kent')?.areaCells).toBe(rankings);
    expect(slow.sockets).toBe(1);
    expect(gateway.counters.refused + gateway.counters.stalled).toBe(before.refused + before.stalled);
  });
});
