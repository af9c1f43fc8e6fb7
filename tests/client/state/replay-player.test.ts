/** The player of the past: exact where it stands, skipping nothing at any speed, and flat in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Picture } from '../../../client/state/picture.ts';
import { ReplayClock } from '../../../client/state/replay-clock.ts';
import { ReplayPlayer } from '../../../client/state/replay-player.svelte.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts';
import { NOON, ranking } from '../frames.ts';
import { FakePast, incidentsTold, type Told } from '../replay-past.ts';
import { VirtualTimers } from '../virtual-timers.ts';

const ALL = { theme: 'all', horizonHours: 8, force: null } as const;
const NOW = NOON + 24 * HOUR_MS;

let timers: VirtualTimers;
let picture: Picture;
let past: FakePast;
let player: ReplayPlayer;
let arrived: string[];

function open(told: readonly Told[], nowMs = NOW): void {
  timers = new VirtualTimers();
  past = new FakePast(told);
  const clock = new ReplayClock();
  picture = new Picture(clock);
  arrived = [];
  picture.onArrival(({ id }) => arrived.push(id));
  const view = { connected: () => undefined, changed: () => undefined };
  const room = () => ({ nowMs, speed: 1, earliestMs: -Infinity });
  player = new ReplayPlayer({ source: past, timers, picture, clock, view, room }, ALL);
}

const settled = async (): Promise<void> => {
  for (let n = 0; n < 60; n++) await Promise.resolve();
};
/** Lets so much real time pass, with answers coming in between. */
async function pass(seconds: number): Promise<void> {
  for (let n = 0; n < seconds * 10; n++) {
    timers.pass(100);
    await settled();
  }
}
const ids = (): string[] => picture.incidents.map(({ id }) => id);
const idsTold = (from: number, to: number, epoch = 'first'): string[] =>
  Array.from({ length: to - from }, (_, n) => `${epoch}-${from + n}`);

beforeEach(() => {
  open(incidentsTold(1_000, 7_000));
});

describe('seeking', () => {
  it('shows what was known by then, and nothing later', async () => {
    await player.seek(NOON + 30_000);
    expect(ids()).toEqual(['first-3', 'first-2', 'first-1', 'first-0']);
    expect(player.atMs).toBe(NOON + 30_000);
    expect(player.wantedMs).toBeNull();
  });

  it('goes to the last of many places that it is dragged over, asking one question at a time', async () => {
    past.held = [];
    const asked = [10, 20, 30, 40, 50].map((seconds) => player.seek(NOON + seconds * 1_000));
    expect(past.asked).toHaveLength(1);
    expect(player.wantedMs).toBe(NOON + 50_000);
    past.letGo();
    await settled();
    past.letGo();
    await settled();
    await Promise.all(asked);
    expect(past.asked).toEqual([{ atMs: NOON + 10_000 }, { atMs: NOON + 50_000 }]);
    expect(player.atMs).toBe(NOON + 50_000);
  });

  it('says why it could not, keeps the picture, and recovers', async () => {
    await player.seek(NOON + 30_000);
    past.refusals = [{ kind: 'refused', status: 404, reason: 'nothing is kept of it' }];
    await player.seek(NOON - HOUR_MS);
    expect(player.fault).toEqual({ reason: 'nothing is kept of it' });
    expect(player.atMs).toBe(NOON + 30_000);
    await player.seek(NOON + 10_000);
    expect(player.fault).toBeNull();
  });

  it('goes on to where something holds, a little after', async () => {
    await player.seekUntil(NOON + 30_000, () => ids().includes('first-6'), 60_000);
    expect(player.atMs).toBe(NOON + 49_000);
    await player.seekUntil(NOON + 30_000, () => ids().includes('first-500'), 20_000);
    expect(player.atMs).toBeLessThanOrEqual(NOON + 50_000);
  });

  it('asks for the same moment of another theme', async () => {
    await player.seek(NOON + 30_000);
    await player.choose({ ...ALL, theme: 'burglary' });
    expect(past.asked).toEqual([{ atMs: NOON + 30_000 }, { atMs: NOON + 30_000 }]);
  });
});

describe('playing', () => {
  it.each([1, 10, 60, 300, 600] as const)('shows each event once, in its order, at %i×', async (speed) => {
    await player.seek(NOON);
    player.setSpeed(speed);
    player.play();
    const count = 12;
    await pass((count * 7) / speed + 1);
    expect(arrived.slice(0, count)).toEqual(idsTold(0, count));
    const at = player.atMs ?? 0;
    expect(arrived).toEqual(idsTold(0, Math.floor((at - NOON) / 7_000)));
  });

  it('skips nothing across hundreds of chunks at 600×, though answers come late', async () => {
    open(incidentsTold(9_000, 2_000));
    past.chunk = 40;
    await player.seek(NOON);
    player.setSpeed(600);
    player.play();
    past.held = [];
    for (let n = 0; n < 600; n++) {
      timers.pass(100);
      await settled();
      if (n % 3 === 0) past.letGo();
      await settled();
    }
    expect(arrived.length).toBeGreaterThan(5_000);
    expect(arrived).toEqual(idsTold(0, arrived.length));
    expect(player.isWaiting).toBe(true);
  });

  it('holds no more than it needs for some seconds, however long it plays', async () => {
    open(incidentsTold(20_000, 1_000));
    past.chunk = 500;
    await player.seek(NOON);
    player.setSpeed(300);
    player.play();
    let most = 0;
    for (let n = 0; n < 500; n++) {
      await pass(0.1);
      most = Math.max(most, player.held);
    }
    expect(arrived.length).toBeGreaterThan(10_000);
    expect(most).toBeLessThan(300 * 4 + 500 + 1);
  });

  it('goes on from where it is sent while it plays', async () => {
    await player.seek(NOON);
    player.setSpeed(10);
    player.play();
    await pass(3);
    await player.seek(NOON + HOUR_MS);
    arrived.length = 0;
    await pass(7.5);
    expect(player.isPlaying).toBe(true);
    expect(arrived[0]).toBe('first-514');
    expect(player.atMs).toBeGreaterThanOrEqual(NOON + HOUR_MS + 70_000);
  });

  it('stands exactly where it is paused, with all that was known by then', async () => {
    await player.seek(NOON);
    player.setSpeed(600);
    player.play();
    await pass(1.3);
    await player.pause();
    const at = player.atMs ?? 0;
    expect(ids()).toHaveLength(Math.floor((at - NOON) / 7_000));
    await pass(2);
    expect(player.atMs).toBe(at);
  });

  it('takes another picture where LIVE began anew, at its time', async () => {
    const later = NOON + 10 * MINUTE_MS;
    open([...incidentsTold(20, 7_000), ...incidentsTold(20, 7_000, 'second', later)]);
    await player.seek(NOON);
    player.setSpeed(60);
    player.play();
    await pass(9);
    expect(ids()[0]).toBe('first-19');
    expect(picture.position?.epoch).toBe('first');
    await pass(2);
    expect(picture.position?.epoch).toBe('second');
    expect(ids()[0]).toMatch(/^second-/);
    expect(arrived.slice(0, 20)).toEqual(idsTold(0, 20));
  });

  it('moves from picture to picture where one an hour is kept', async () => {
    past.fullFromMs = NOON + 2 * HOUR_MS;
    await player.seek(NOON + 10 * MINUTE_MS);
    expect(player.detail).toBe('hourly');
    expect(ids()).toHaveLength(0);
    player.setSpeed(600);
    player.play();
    await pass(5.2);
    expect(ids()[0]).toBe(`first-${Math.floor(HOUR_MS / 7_000) - 1}`);
    await pass(6);
    expect(player.detail).toBe('full');
  });

  it('repeats the range that was chosen', async () => {
    player.range = { fromMs: NOON + MINUTE_MS, toMs: NOON + 2 * MINUTE_MS };
    await player.seek(NOON);
    player.setSpeed(60);
    player.play();
    await settled();
    expect(player.atMs).toBe(NOON + MINUTE_MS);
    for (let n = 0; n < 40; n++) {
      await pass(0.1);
      expect(player.atMs).toBeLessThanOrEqual(NOON + 2 * MINUTE_MS);
      expect(player.atMs).toBeGreaterThanOrEqual(NOON + MINUTE_MS);
    }
    expect(arrived.filter((id) => id === 'first-10').length).toBeGreaterThan(1);
  });

  it('stops at now, and says so', async () => {
    open(incidentsTold(40, 7_000), NOON + 5 * MINUTE_MS);
    await player.seek(NOON);
    player.setSpeed(600);
    player.play();
    await pass(3);
    expect(player.isPlaying).toBe(false);
    expect(player.isAtEnd).toBe(true);
    expect(player.atMs).toBeLessThanOrEqual(NOON + 5 * MINUTE_MS);
  });

  it('shows what was told a moment ago before it stops at now', async () => {
    open(incidentsTold(10, 1_000), NOON + 10_500);
    await player.seek(NOON + 6_000);
    player.setSpeed(60);
    player.play();
    await pass(2);
    expect(player.isAtEnd).toBe(true);
    expect(ids()[0]).toBe('first-9');
  });

  it('waits for a server that does not answer, and goes on without a gap', async () => {
    await player.seek(NOON);
    player.setSpeed(10);
    past.refusals = Array.from({ length: 3 }, () => ({ kind: 'unreachable' as const }));
    player.play();
    await pass(1);
    expect(player.fault).toEqual({ reason: null });
    expect(player.isWaiting).toBe(true);
    await pass(10);
    expect(player.fault).toBeNull();
    expect(arrived).toEqual(idsTold(0, arrived.length));
    expect(arrived.length).toBeGreaterThan(5);
  });
});

describe('stepping', () => {
  it('goes event by event across chunks, and stands at each', async () => {
    past.chunk = 2;
    await player.seek(NOON);
    for (let n = 0; n < 7; n++) {
      await player.stepOn();
      expect(arrived.at(-1)).toBe(`first-${n}`);
      expect(player.atMs).toBe(NOON + (n + 1) * 7_000);
    }
  });

  it('waits for where it was sent, and steps from there', async () => {
    await player.seek(NOON);
    const sought = player.seek(NOON + 60_000);
    await player.stepOn();
    await sought;
    expect(ids()[0]).toBe('first-8');
    expect(player.atMs).toBe(NOON + 63_000);
  });

  it('passes over rankings that are made anew', async () => {
    const rankings = Array.from({ length: 30 }, (_, n) => ({
      ...{ epoch: 'first', stampMs: NOON + 8_000 + n * 5_000 },
      delta: { ...ranking(), type: 'hotspots.ranked' as const, seq: n + 2 },
    }));
    const last = incidentsTold(1, 7_000, 'first', NOON + 10 * MINUTE_MS)[0] as Told;
    open([...incidentsTold(1, 7_000), ...rankings, { ...last, delta: { ...last.delta, seq: 40 } }]);
    await player.seek(NOON + 7_000);
    await player.stepOn();
    expect(player.atMs).toBe(NOON + 10 * MINUTE_MS + 7_000);
    await player.stepOn();
    expect(player.hasNoMore).toBe(true);
    await player.stepBack();
    expect(player.atMs).toBe(NOON + 7_000);
  });

  it('goes back over what was just passed, and beyond it', async () => {
    await player.seek(NOON + 100_000);
    expect(ids()[0]).toBe('first-13');
    await player.stepOn();
    await player.stepOn();
    const back = [];
    for (let n = 0; n < 5; n++) {
      await player.stepBack();
      back.push([ids()[0], player.atMs]);
    }
    expect(back).toEqual([14, 13, 12, 11, 10].map((n) => [`first-${n}`, NOON + (n + 1) * 7_000]));
  });

  it('says where there is nothing before', async () => {
    await player.seek(NOON + 8_000);
    await player.stepBack();
    expect(player.atMs).toBe(NOON + 7_000);
    expect(player.hasNoMore).toBe(false);
    await player.stepBack();
    expect(player.hasNoMore).toBe(true);
  });

  it('steps exactly after having played fast', async () => {
    await player.seek(NOON);
    player.setSpeed(600);
    player.play();
    await pass(0.5);
    await player.stepOn();
    expect(player.isPlaying).toBe(false);
    const n = Number(ids()[0]?.slice('first-'.length));
    expect(player.atMs).toBe(NOON + (n + 1) * 7_000);
    expect(ids()).toHaveLength(n + 1);
  });
});
