/** A socket's life: what is answered, what is refused, and what a slow reader gets. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { THEMES } from '../../../shared/theme.ts';
import type { Announcement } from '../../../shared/announcement.ts';
import type { Principal } from '../../../server/access/policy.ts';
import type { View } from '../../../server/gateway/frames.ts';
import { liveCounters, type LiveCounters } from '../../../server/gateway/live-counters.ts';
import { Session, type Frames } from '../../../server/gateway/session.ts';

const PRINCIPAL: Principal = { name: 'wall', role: 'wall', forces: [], cleared: false };
const SUBSCRIBE = { type: 'subscribe', forces: [], themes: ['all'], horizonHours: 1 };
const HELLO = {
  epoch: 'e',
  serverTime: 't',
  clockSpeed: 1,
  basemap: { kind: 'none' },
  timeZone: 'Europe/London',
  build: null,
} as const;

/** Remembers what was sent; its buffer fills as a test says. */
class TestSocket {
  bufferedAmount = 0;
  closed: [number, string] | undefined;
  readonly frames: Record<string, unknown>[] = [];

  send(text: string): void {
    this.frames.push(JSON.parse(text) as Record<string, unknown>);
  }

  pings = 0;
  terminated = false;

  close(code: number, reason: string): void {
    this.closed ??= [code, reason];
  }

  ping(): void {
    this.pings++;
  }

  terminate(): void {
    this.terminated = true;
  }
}

let socket: TestSocket;
let session: Session;
let counters: LiveCounters;
let views: View[];
let frames: Frames;

beforeEach(() => {
  socket = new TestSocket();
  views = [];
  frames = {
    missedSince: ({ epoch }) =>
      epoch === 'e'
        ? [{ frame: '{"type":"missed","seq":8}' }, { frame: '{"type":"missed","seq":9}', key: 'k' }]
        : undefined,
    snapshotFrame: (_key, view) => {
      views.push(view);
      return '{"type":"snapshot"}';
    },
  };
  counters = liveCounters();
  session = new Session(socket, PRINCIPAL, frames, counters);
});

const receive = (message: unknown): void => {
  session.receive(JSON.stringify(message));
};
const sentTypes = (): unknown[] => socket.frames.map(({ type }) => type);
const announcement: Announcement = {
  type: 'feeds.changed',
  at: 't',
  feed: {
    agency: 'police',
    feed: 'cad',
    condition: 'live',
    lastReceivedAt: 't',
    lastOccurredAt: null,
    finestPrecision: null,
    stored: 0,
    duplicates: 0,
    rejected: 0,
    lastRejection: null,
  },
};

describe('a session', () => {
  it('says hello with what its principal may see', () => {
    session.greet(HELLO);
    expect(socket.frames).toEqual([
      { type: 'hello', protocol: 1, ...HELLO, forces: FORCES_AND_UNASSIGNED, themes: THEMES },
    ]);
  });

  it('answers a subscribe with a snapshot, and tells nothing before', () => {
    session.announce(announcement, () => '{"type":"delta"}');
    receive(SUBSCRIBE);
    session.announce(announcement, () => '{"type":"delta"}');
    session.announce(announcement, () => undefined);
    expect(sentTypes()).toEqual(['snapshot', 'delta']);
  });

  it('answers a later subscribe with a snapshot of the new view', () => {
    receive(SUBSCRIBE);
    receive({ ...SUBSCRIBE, themes: ['vawg', 'all', 'vawg'], forces: ['kent', 'kent'], horizonHours: 24 });
    // Nothing of the new view before its snapshot, lest a client takes it for all there was.
    session.announce(announcement, () => '{"type":"delta"}');
    session.heartbeat(12, 0, 1);
    session.flush();
    expect(sentTypes()).toEqual(['snapshot', 'snapshot']);
    expect(views[1]).toMatchObject({ themes: ['vawg', 'all'], forces: ['kent'], horizonHours: 24 });
  });

  it('limits what is asked for to what its principal may see', () => {
    session = new Session(socket, { ...PRINCIPAL, forces: ['kent'] }, frames, counters);
    receive({ ...SUBSCRIBE, forces: ['kent', 'surrey'] });
    receive({ ...SUBSCRIBE, forces: ['surrey'] });
    session.flush();
    receive(SUBSCRIBE);
    session.flush();
    expect(views.map(({ forces }) => forces)).toEqual([['kent'], [], ['kent']]);
  });

  it('gives the missed deltas where resuming is possible, else a snapshot', () => {
    receive({ ...SUBSCRIBE, resume: { epoch: 'e', seq: 7 } });
    expect(sentTypes()).toEqual(['missed', 'missed']);
    expect(counters).toMatchObject({ resumed: 1, snapshots: 0 });
    session = new Session(socket, PRINCIPAL, frames, counters);
    receive({ ...SUBSCRIBE, resume: { epoch: 'other', seq: 7 } });
    expect(sentTypes()).toEqual(['missed', 'missed', 'snapshot']);
    expect(counters).toMatchObject({ resumed: 1, snapshots: 1 });
  });

  it('resumes nothing later in its life: another choice is another picture', () => {
    receive(SUBSCRIBE);
    receive({ ...SUBSCRIBE, resume: { epoch: 'e', seq: 7 } });
    session.flush();
    expect(sentTypes()).toEqual(['snapshot', 'snapshot']);
  });

  it('answers the last of many choices in a row, once', () => {
    receive(SUBSCRIBE);
    for (const theme of ['vawg', 'asb', 'violence']) receive({ ...SUBSCRIBE, themes: [theme] });
    session.flush();
    session.flush();
    expect(views.map(({ themes }) => themes)).toEqual([['all'], ['violence']]);
  });

  it('sends heartbeats, and none before it has said what its client missed', () => {
    session.heartbeat(11, 0, 600);
    expect(socket.frames).toEqual([]);
    receive({ ...SUBSCRIBE, resume: { epoch: 'e', seq: 7 } });
    session.heartbeat(12, 0, 600);
    expect(socket.frames.slice(2)).toEqual([
      { type: 'heartbeat', seq: 12, serverTime: '1970-01-01T00:00:00.000Z', clockSpeed: 600 },
    ]);
  });
});

describe('what a session refuses', () => {
  it.each(['', 'not json', '[]', '3', 'null', '{}', `{"type": "subscribe", "x": "${'x'.repeat(10_001)}"}`])(
    'what is no message: %.30s',
    (text) => {
      session.receive(text);
      expect(sentTypes()).toEqual(['refused']);
      expect(socket.closed?.[0]).toBe(1008);
    },
  );

  it.each([
    { themes: [] },
    { themes: ['weather'] },
    { forces: ['atlantis'] },
    { horizonHours: 2 },
    { horizonHours: '1' },
    { resume: { epoch: 'e', seq: -1 } },
    { resume: { epoch: 'e' } },
  ])('a subscribe with %j, saying where it is wrong', (change) => {
    receive({ ...SUBSCRIBE, ...change });
    expect(sentTypes()).toEqual(['refused']);
    expect(socket.frames[0]?.['reason']).toContain(`/${Object.keys(change)[0] ?? ''}`);
    expect(socket.closed?.[0]).toBe(1008);
  });

  it('is not what it does not know: a newer client may say it', () => {
    receive({ type: 'whatever.comes', more: { of: 'it' } });
    receive(SUBSCRIBE);
    expect(sentTypes()).toEqual(['snapshot']);
    expect(socket.closed).toBeUndefined();
  });

  it('is a flood of subscribes, but not sixty in each minute', () => {
    for (let minute = 0; minute < 2; minute++) {
      for (let index = 0; index < 60; index++) receive(SUBSCRIBE);
      session.resetSubscribes();
    }
    expect(socket.closed).toBeUndefined();
    for (let index = 0; index < 10_000; index++) receive(SUBSCRIBE);
    expect(socket.closed).toEqual([1008, 'too many subscribes in a minute']);
    expect(sentTypes()).toEqual(['snapshot', 'refused']);
    expect(counters.refused).toBe(1);
  });
});

describe('a slow reader', () => {
  const delta = (seq: number, padding = 0): string =>
    JSON.stringify({ type: 'delta', seq, padding: 'x'.repeat(padding) });

  it('gets the latest of each feed once it reads again', () => {
    receive(SUBSCRIBE);
    socket.bufferedAmount = 100_000;
    for (const seq of [1, 2, 3]) session.announce(announcement, () => delta(seq));
    socket.bufferedAmount = 0;
    session.flush();
    expect(socket.frames.slice(1)).toMatchObject([{ seq: 3 }]);
  });

  it('gets one new snapshot in place of a backlog over 1 MB, and deltas after it', () => {
    receive(SUBSCRIBE);
    socket.bufferedAmount = 100_000;
    const incidents: Announcement = {
      type: 'incidents.stored',
      at: 't',
      force: 'kent',
      batch: 1,
      part: 0,
      changes: [],
    };
    for (let seq = 1; seq <= 12; seq++) session.announce(incidents, () => delta(seq, 100_000));
    session.flush();
    expect(sentTypes()).toEqual(['snapshot']);
    socket.bufferedAmount = 0;
    session.flush();
    session.flush();
    session.announce(incidents, () => delta(13));
    expect(sentTypes()).toEqual(['snapshot', 'snapshot', 'delta']);
    expect(counters).toMatchObject({ overflows: 1, snapshots: 2 });
  });
});

describe('a socket at whose other end nobody is', () => {
  const beat = (times: number): void => {
    for (let index = 0; index < times; index++) session.heartbeat(index, 0, 1);
  };

  it('is ended after five minutes, and is asked all the time', () => {
    receive(SUBSCRIBE);
    beat(60);
    expect(socket.pings).toBe(60);
    expect(socket.terminated).toBe(false);
    beat(1);
    expect(socket.terminated).toBe(true);
    expect(counters.stalled).toBe(1);
  });

  it('is not ended while it answers', () => {
    for (let minute = 0; minute < 20; minute++) {
      beat(12);
      session.alive();
    }
    expect(socket.terminated).toBe(false);
  });

  it('is not ended while it reads, however slowly', () => {
    for (let bytes = 1_000; bytes > 800; bytes--) {
      socket.bufferedAmount = bytes;
      beat(1);
    }
    expect(socket.terminated).toBe(false);
    beat(61);
    expect(socket.terminated).toBe(true);
  });
});

describe('a subscribe that arrives while the gateway goes away', () => {
  it('is left unanswered: the socket is being closed', () => {
    frames.snapshotFrame = () => undefined;
    expect(() => {
      receive(SUBSCRIBE);
    }).not.toThrow();
    expect(socket.frames).toEqual([]);
  });
});
