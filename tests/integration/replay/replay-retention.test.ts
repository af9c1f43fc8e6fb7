/** Replay's detail ends with the archive's: a picture an hour stays, and is told as such; a year later none. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { visibleForces } from '../../../server/access/policy.ts';
import { locateTime } from '../../../server/replay/locate.ts';
import { readState } from '../../../server/replay/read-state.ts';
import { readTold } from '../../../server/replay/read-told.ts';
import { expireReplay } from '../../../server/replay/expire-replay.ts';
import { ReplayKeeper } from '../../../server/replay/replay-keeper.ts';
import { replaySpan } from '../../../server/replay/span.ts';
import { timelineOf } from '../../../server/replay/timeline.ts';
import { openDatabase, type Database } from '../../../server/store/database.ts';
import { realDatabase, type RealServer } from '../../support/real-servers.ts';
import { expectSameSnapshot } from '../../support/same-snapshot.ts';
import { ToldHistory } from '../../support/told-history.ts';

const TIME_ZONE = new TimeZone('Europe/London');
const PRINCIPAL = { name: 'somebody', role: 'wall', forces: [], cleared: false } as const;
const WALL = {
  ...{
    principal: PRINCIPAL,
    forces: visibleForces(PRINCIPAL),
    themes: ['all'] as const,
    horizonHours: 1 as const,
  },
};

let postgres: RealServer;
let database: Database;
let history: ToldHistory;
beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
beforeEach(async () => {
  await database.query('truncate replay_runs, live_archive cascade');
  history = new ToldHistory(database, { wall: WALL });
  const { live, clock, timeZone } = history;
  const pace = { tallySpanMs: 1_000, tallyMessages: 2, keyframeWeight: 4 };
  const keeper = new ReplayKeeper({ database, live, clock, timeZone }, pace);
  await history.begin();
  // Three or so pictures in each of four hours.
  for (let hour = 0; hour < 4; hour++) {
    for (let which = 0; which < 12; which++) {
      await history.happen({ kind: 'feed', which });
      while (await keeper.keep());
    }
    await history.happen({ kind: 'waited', minutes: 60 });
  }
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
});

const count = async (table: string): Promise<number> =>
  (await database.query<{ count: number }>(`select count(*) from ${table}`)).rows[0]?.count ?? NaN;

/** As when the archive has let go of what was said before the seq. */
const letGo = (seq: number): Promise<unknown> =>
  database.query('delete from live_archive where seq < $1', [seq]);

it('changes nothing while the archive has all', async () => {
  const before = [await count('replay_keyframes'), await count('replay_tallies')];
  await expireReplay(database, 365);
  expect([await count('replay_keyframes'), await count('replay_tallies')]).toEqual(before);
  expect(await replaySpan(database)).toMatchObject({ fullFrom: (await replaySpan(database)).from });
});

it('leaves a picture an hour of what the archive let go, and says where detail ends', async () => {
  const { moments } = history;
  const [first, last] = [moments[30], moments.at(-1)];
  if (first === undefined || last === undefined) throw new Error('unreachable');
  await letGo(first.seq);
  await expireReplay(database, 365);
  const span = await replaySpan(database);
  expect(Date.parse(span.fullFrom ?? '')).toBeGreaterThanOrEqual(first.stampMs);
  expect(Date.parse(span.from ?? '')).toBeLessThan(first.stampMs);
  const hours = new Map<number, number>();
  const { rows } = await database.query<{ stamp: Date }>('select stamp from replay_keyframes');
  for (const { stamp } of rows.filter(({ stamp: at }) => at.getTime() < first.stampMs)) {
    const hour = Math.floor(stamp.getTime() / HOUR_MS);
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  expect([...hours.values()]).toEqual([1, 1, 1]);

  const early = await locateTime(database, first.stampMs - HOUR_MS);
  if (early === undefined) throw new Error('nothing is kept');
  expect(early.detail).toBe('hourly');
  expect(early.nextStampMs).toBeGreaterThan(early.stampMs);
  const then = moments.find(({ seq }) => seq === early.seq);
  const state = await readState(database, { ...early, atMs: then?.stampMs ?? NaN }, WALL, TIME_ZONE);
  expectSameSnapshot(state.snapshot, then?.snapshots['wall']);
  const told = await readTold(
    database,
    {
      keyframe: early.keyframe,
      afterSeq: early.seq,
      afterStampMs: early.stampMs,
      toMs: Infinity,
      mergeMs: 0,
      limit: 10,
    },
    WALL,
    TIME_ZONE,
  );
  expect(told).toMatchObject({ frames: [], upTo: null });

  const late = await locateTime(database, last.stampMs);
  if (late === undefined) throw new Error('nothing is kept');
  expect(late.detail).toBe('full');
  expectSameSnapshot((await readState(database, late, WALL, TIME_ZONE)).snapshot, last.snapshots['wall']);

  const [fromMs, toMs] = [moments[0]?.stampMs ?? NaN, last.stampMs + HOUR_MS];
  const { incidents } = await timelineOf(database, { fromMs, toMs, bins: 5 }, WALL, TIME_ZONE);
  expect(incidents[0]).toBeNull();
  expect(incidents.slice(-2)).toEqual([0, null]);
});

it('lets go of pictures after their days, but for where LIVE goes on from', async () => {
  await letGo(Number.MAX_SAFE_INTEGER);
  await database.query(`update replay_keyframes set kept_at = now() - interval '366 days'`);
  await expireReplay(database, 365);
  expect([await count('replay_keyframes'), await count('replay_tallies')]).toEqual([1, 0]);
  expect(await count('replay_runs')).toBe(1);
});
