/** The talk on /live: hello, subscribe, snapshot, deltas, and resuming after a break. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LiveFollower } from '../../../client/connection/follow-live.ts';
import { FeedClock } from '../../../client/state/feed-clock.ts';
import { Picture } from '../../../client/state/picture.ts';
import { FakeSockets } from '../fake-sockets.ts';
import { CITY_CELL, hello, incident, NOON, NOON_TEXT, ranking, snapshot, stored } from '../frames.ts';
import { VirtualTimers } from '../virtual-timers.ts';

describe('following /live', () => {
  let timers: VirtualTimers;
  let sockets: FakeSockets;
  let clock: FeedClock;
  let picture: Picture;
  let told: string[];
  let follower: LiveFollower;

  beforeEach(() => {
    timers = new VirtualTimers();
    sockets = new FakeSockets();
    clock = new FeedClock(() => timers.now());
    picture = new Picture(clock);
    told = [];
    follower = new LiveFollower({
      picture,
      clock,
      timers,
      open: sockets.open,
      random: () => 0.5,
      renew: () => Promise.resolve(false),
      wanted: { theme: 'all', horizonHours: 8, force: null },
      onlooker: {
        hello: () => undefined,
        heard: () => undefined,
        connected: (connection) => told.push(connection),
        changed: (what) => told.push(what),
        refused: (reason) => told.push(`refused: ${reason}`),
        outdated: (protocol) => told.push(`outdated: ${protocol}`),
        broken: () => told.push('broken'),
      },
    });
    follower.start();
  });

  function connect(seq = 10): void {
    sockets.last.hear(hello());
    sockets.last.hear(snapshot({ seq }));
  }

  function dropAndReturn(): void {
    sockets.last.close();
    timers.pass(1_000);
  }

  const subscribed = (): unknown => sockets.last.sent.at(-1);
  const wholeCity = { type: 'subscribe', forces: [], themes: ['all'], horizonHours: 8 };

  it('subscribes after hello, and is live with the snapshot', () => {
    sockets.last.hear(hello());
    expect(subscribed()).toEqual(wholeCity);
    expect(told).toEqual([]);
    sockets.last.hear(snapshot());
    expect(told).toEqual(['live', 'picture']);
  });

  it('resumes where it stopped: after the last delta or heartbeat', () => {
    connect();
    sockets.last.hear(stored(12, { incident: incident() }));
    sockets.last.hear({ type: 'heartbeat', seq: 15, serverTime: NOON_TEXT, clockSpeed: 1 });
    dropAndReturn();
    sockets.last.hear(hello());
    expect(subscribed()).toEqual({ ...wholeCity, resume: { epoch: 'first', seq: 15 } });
    expect(told.at(-1)).toBe('live');
    sockets.last.hear(stored(16, { incident: incident({ id: 'missed' }) }));
    expect(picture.totals(24).get(CITY_CELL)).toBe(2);
  });

  it('keeps the picture while away, and asks for a new one in another epoch', () => {
    connect();
    sockets.last.hear(stored(11, { incident: incident() }));
    dropAndReturn();
    expect(told.at(-1)).toBe('stale');
    expect(picture.incidents).toHaveLength(1);
    sockets.last.hear(hello({ epoch: 'second' }));
    expect(subscribed()).toEqual(wholeCity);
    expect(told.at(-1)).toBe('stale');
    sockets.last.hear(snapshot({ seq: 3 }));
    expect(picture.incidents).toHaveLength(0);
    expect(picture.position).toEqual({ epoch: 'second', seq: 3 });
  });

  it('passes over a type it does not know, and goes on', () => {
    connect();
    sockets.last.hear({ type: 'patrol.moved', seq: 11, unit: 'x' });
    sockets.last.hear({ type: 'constructor' });
    sockets.last.hear(stored(12, { incident: incident() }));
    expect(told).not.toContain('broken');
    expect(picture.incidents).toHaveLength(1);
  });

  it.each([['no JSON {'], ['[]'], [JSON.stringify({ type: 'incidents.stored', seq: 11, at: NOON_TEXT })]])(
    'takes a new picture after a frame it cannot apply: %s',
    (frame) => {
      connect();
      sockets.last.hear(frame);
      expect(told).toContain('broken');
      timers.pass(2_000);
      sockets.last.hear(hello());
      expect(subscribed()).toEqual(wholeCity);
    },
  );

  it('asks for another theme without letting go of the picture', () => {
    connect();
    timers.pass(2_000);
    follower.choose({ theme: 'burglary', horizonHours: 24, force: null });
    expect(subscribed()).toEqual({ ...wholeCity, themes: ['burglary'], horizonHours: 24 });
    expect(picture.subscription).toEqual({ theme: 'all', horizonHours: 8, force: null });
    sockets.last.hear(snapshot({ seq: 20, themes: ['burglary'], horizonHours: 24 }));
    sockets.last.hear({
      type: 'hotspots.ranked',
      seq: 21,
      ...ranking({ theme: 'burglary', horizonHours: 24 }),
    });
    expect(picture.rankings.size).toBe(1);
  });

  it('asks for one force, and resumes only where it has that one’s picture', () => {
    connect();
    timers.pass(2_000);
    follower.choose({ theme: 'all', horizonHours: 8, force: 'kent' });
    expect(subscribed()).toEqual({ ...wholeCity, forces: ['kent'] });
    dropAndReturn();
    sockets.last.hear(hello());
    expect(subscribed()).toEqual({ ...wholeCity, forces: ['kent'] });
    sockets.last.hear(snapshot({ seq: 20, forces: ['kent'] }));
    dropAndReturn();
    sockets.last.hear(hello());
    expect(subscribed()).toMatchObject({ forces: ['kent'], resume: { seq: 20 } });
  });

  it('asks for no force that it may not see, and resumes where it may see only one', () => {
    const mine = hello({ forces: ['essex'] });
    sockets.last.hear(mine);
    sockets.last.hear(snapshot({ seq: 20, forces: ['essex'] }));
    timers.pass(2_000);
    follower.choose({ theme: 'all', horizonHours: 8, force: 'kent' });
    timers.pass(2_000);
    dropAndReturn();
    sockets.last.hear(mine);
    expect(subscribed()).toMatchObject({ forces: ['essex'], resume: { seq: 20 } });
  });

  it('spares the server where somebody leans on a key: under sixty subscribes a minute, the last one wins', () => {
    connect();
    const themes = ['theft', 'asb', 'violence', 'all', 'knife-crime'] as const;
    for (let n = 0; n < 600; n++) {
      follower.choose({ theme: themes[n % 5] ?? 'all', horizonHours: 8, force: null });
      timers.pass(100);
      if (n % 40 === 0)
        sockets.last.hear({ type: 'heartbeat', seq: 10, serverTime: NOON_TEXT, clockSpeed: 1 });
    }
    timers.pass(2_000);
    expect(sockets.opened).toBe(1);
    expect(sockets.last.sent.length).toBeLessThan(60);
    expect(subscribed()).toEqual({ ...wholeCity, themes: ['knife-crime'] });
  });

  it('takes the first theme it may see where the chosen one is not allowed', () => {
    sockets.last.hear(hello({ themes: ['theft'] }));
    expect(subscribed()).toEqual({ ...wholeCity, themes: ['theft'] });
  });

  it('keeps the feed clock in step with heartbeats, at their speed', () => {
    connect();
    sockets.last.hear({ type: 'heartbeat', seq: 10, serverTime: NOON_TEXT, clockSpeed: 600 });
    timers.pass(1_000);
    expect(clock.now()).toBe(NOON + 600_000);
  });

  it('says when the server refuses, and when the page is older than the server', () => {
    connect();
    sockets.last.hear({ type: 'refused', reason: 'too many subscribes' });
    expect(told.at(-1)).toBe('refused: too many subscribes');
    sockets.last.hear({ ...hello(), protocol: 2 });
    expect(told.at(-1)).toBe('outdated: 2');
  });
});
