/** A socket's life: what is answered, what is refused, and what a slow reader gets. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FORCES_AND_UNASSIGNED } from '../../../shared/force.ts';
import { THEMES } from '../../../shared/theme.ts';
import type { Announcement } from '../../../shared/announcement.ts';
import type { Principal } from '../../../server/access/policy.ts';
import type { View } from '../../../server/gateway/frames.ts';
import { Session, type Frames } from '../../../server/gateway/session.ts';

const PRINCIPAL: Principal = { name: 'wall', role: 'wall', forces: [], cleared: false };
const SUBSCRIBE = { type: 'subscribe', forces: [], themes: ['all'], horizonHours: 1 };
const HELLO = {
  epoch: 'e',
  serverTime: 't',
  clockSpeed: 1,
  basemap: { kind: 'none' },
  timeZone: 'Europe/London',
} as const;

/** Remembers what was sent; its buffer fills as a test says. */
class TestSocket {
  bufferedAmount = 0;
  closed: [number, string] | undefined;
  readonly frames: Record<string, unknown>[] = [];

  send(text: string): void {
    this.frames.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code: number, reason: string): void {
    this.closed ??= [code, reason];
  }
}

let socket: TestSocket;
let session: Session;
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
  session = new Session(socket, PRINCIPAL, frames);
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
    expect(sentTypes()).toEqual(['snapshot', 'snapshot']);
    expect(views[1]).toMatchObject({ themes: ['vawg', 'all'], forces: ['kent'], horizonHours: 24 });
  });

  it('limits what is asked for to what its principal may see', () => {
    session = new Session(socket, { ...PRINCIPAL, forces: ['kent'] }, frames);
    receive({ ...SUBSCRIBE, forces: ['kent', 'surrey'] });
    receive({ ...SUBSCRIBE, forces: ['surrey'] });
    receive(SUBSCRIBE);
    expect(views.map(({ forces }) => forces)).toEqual([['kent'], [], ['kent']]);
  });

  it('gives the missed deltas where resuming is possible, else a snapshot', () => {
    receive({ ...SUBSCRIBE, resume: { epoch: 'e', seq: 7 } });
    expect(sentTypes()).toEqual(['missed', 'missed']);
    receive({ ...SUBSCRIBE, resume: { epoch: 'other', seq: 7 } });
    expect(sentTypes()).toEqual(['missed', 'missed', 'snapshot']);
  });

  it('sends heartbeats', () => {
    session.heartbeat(12, 0, 600);
    expect(socket.frames).toEqual([
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
    for (let index = 0; index < 61; index++) receive(SUBSCRIBE);
    expect(socket.closed).toEqual([1008, 'too many subscribes in a minute']);
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
