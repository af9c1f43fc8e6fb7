/** At every seq the replayed state is what a live client displayed then, for each role: a property of random histories. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { TimeZone } from '../../../shared/time.ts';
import type { Principal } from '../../../server/access/policy.ts';
import { visibleForces } from '../../../server/access/policy.ts';
import type { View } from '../../../server/gateway/frames.ts';
import { locateSeq, locateTime } from '../../../server/replay/locate.ts';
import { readState } from '../../../server/replay/read-state.ts';
import { readTold } from '../../../server/replay/read-told.ts';
import { ReplayKeeper, type KeeperPace } from '../../../server/replay/replay-keeper.ts';
import { openDatabase, type Database } from '../../../server/store/database.ts';
import { realDatabase, type RealServer } from '../../support/real-servers.ts';
import { expectSameSnapshot } from '../../support/same-snapshot.ts';
import { ShownPicture } from '../../support/shown-picture.ts';
import { happenings, ToldHistory, type Happening, type Moment } from '../../support/told-history.ts';

const TIME_ZONE = new TimeZone('Europe/London');
/** In a hurry, so that a history of some dozen messages has several of each. */
const PACE: Partial<KeeperPace> = {
  ...{ tallySpanMs: 3_000, tallyMessages: 4, tallyWeight: 12, keyframeSpanMs: 3_600_000, keyframeWeight: 25 },
};

const principal = (change: Partial<Principal>): Principal => ({
  ...{ name: 'somebody', role: 'wall', forces: [], cleared: false, ...change },
});
const view = (change: Partial<Principal>, own: Partial<View>): View => ({
  ...{
    principal: principal(change),
    forces: visibleForces(principal(change)),
    themes: ['all'],
    horizonHours: 1,
  },
  ...own,
});
const VIEWS: Record<string, View> = {
  wall: view({}, {}),
  cleared: view({ role: 'shift-lead', cleared: true }, { themes: ['vawg'] }),
  partner: view({ role: 'partner' }, { horizonHours: 8 }),
  kent: view({ role: 'dispatcher', forces: ['kent'] }, { themes: ['violence'] }),
};

let postgres: RealServer;
let database: Database;
beforeAll(async () => {
  postgres = await realDatabase();
  database = openDatabase({ url: postgres.url, name: 'test' });
});
afterAll(async () => {
  await database.end();
  await postgres.dispose();
});

async function run(history: ToldHistory, all: readonly Happening[]): Promise<void> {
  await database.query('truncate replay_runs, live_archive cascade');
  let keeper = keeperOf(history);
  await history.begin();
  const keep = async (): Promise<void> => {
    while (await keeper.keep());
  };
  await keep();
  for (const happening of all) {
    if (happening.kind === 'kept') await keep();
    else if (happening.kind === 'keeper restarted') keeper = keeperOf(history);
    else if (happening.kind === 'gateway restarted') await history.restartGateway();
    else if (happening.kind === 'anew') {
      await history.begin();
      await keep();
    } else await history.happen(happening);
  }
}

function keeperOf({ live, clock, timeZone }: ToldHistory): ReplayKeeper {
  return new ReplayKeeper({ database, live, clock, timeZone }, PACE);
}

async function expectReplayed({ epoch, seq, stampMs, snapshots, shown }: Moment): Promise<void> {
  const moment = await locateSeq(database, epoch, seq);
  expect(moment).toMatchObject({ seq, stampMs, atMs: stampMs, detail: 'full' });
  if (moment === undefined) return;
  for (const [name, own] of Object.entries(VIEWS)) {
    const { snapshot } = await readState(database, moment, own, TIME_ZONE);
    expectSameSnapshot(snapshot, snapshots[name]);
    const screen = new ShownPicture(own.themes[0] ?? 'all', 'Europe/London');
    screen.applySnapshot(snapshot, epoch, stampMs);
    expect(screen.shown()).toEqual(shown[name]);
  }
}

/** What was told from there on is what live clients were told, and brings a replayed screen to where theirs was. */
async function expectPlayed(from: Moment, rest: readonly Moment[], mergeMs: number): Promise<void> {
  const [moment, last] = [await locateSeq(database, from.epoch, from.seq), rest.at(-1)];
  if (moment === undefined || last === undefined) return;
  for (const [name, own] of Object.entries(VIEWS)) {
    const { snapshot } = await readState(database, moment, own, TIME_ZONE);
    const screen = new ShownPicture(own.themes[0] ?? 'all', 'Europe/London');
    screen.applySnapshot(snapshot, from.epoch, from.stampMs);
    let [afterSeq, afterStampMs] = [from.seq, from.stampMs];
    const deltas = [];
    for (let more = true; more;) {
      const at = await locateSeq(database, from.epoch, afterSeq);
      if (at === undefined) throw new Error('nothing is kept there');
      const { keyframe } = at;
      const question = { keyframe, afterSeq, afterStampMs, toMs: Infinity, mergeMs, limit: 7 };
      const { frames, upTo, next } = await readTold(database, question, own, TIME_ZONE);
      for (const { delta, stamp } of frames) screen.apply(delta, delta.seq, Date.parse(stamp));
      deltas.push(...frames.map(({ delta }) => delta));
      more = next?.anew === false;
      afterSeq = upTo?.seq ?? afterSeq;
      afterStampMs = Date.parse(upTo?.stamp ?? '');
    }
    screen.apply(undefined, last.seq, last.stampMs);
    expect(afterSeq).toBe(last.seq);
    expect(screen.shown()).toEqual(last.shown[name]);
    if (mergeMs === 0) expect(deltas).toEqual(rest.flatMap((other) => other.deltas[name] ?? []));
  }
}

it('is what each role’s client displayed at every seq, and by time', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(happenings, fc.nat(1_000), async (all, drawn) => {
      const history = new ToldHistory(database, VIEWS);
      await run(history, all);
      const { moments } = history;
      for (const moment of moments) await expectReplayed(moment);
      const chosen = moments[drawn % Math.max(1, moments.length)];
      if (chosen === undefined) return;
      const rest = moments.filter(({ epoch, seq }) => epoch === chosen.epoch && seq > chosen.seq);
      await expectPlayed(chosen, rest, 0);
      await expectPlayed(chosen, rest, 90_000);
      const [next] = rest;
      if (next === undefined) return;
      const found = await locateTime(database, chosen.stampMs + 999);
      expect(found).toMatchObject({ seq: chosen.seq, nextStampMs: next.stampMs });
    }),
    { numRuns: 15 },
  );
});

it('knows every force that there is', () => {
  expect(VIEWS['wall']?.forces).toEqual(FORCES_AND_UNASSIGNED);
});
