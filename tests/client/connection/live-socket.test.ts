/** The socket that comes back: after a close, a silence, a hang, a refusal. */
import { beforeEach, describe, expect, it } from 'vitest';
import { LiveSocket, OPENING_MS, retryDelayMs, SILENCE_MS } from '../../../client/connection/live-socket.ts';
import { FakeSockets } from '../fake-sockets.ts';
import { VirtualTimers } from '../virtual-timers.ts';

describe('the live socket', () => {
  let timers: VirtualTimers;
  let sockets: FakeSockets;
  let downs: number;
  let renewals: number;
  let renewed: boolean;
  let live: LiveSocket;

  beforeEach(() => {
    timers = new VirtualTimers();
    sockets = new FakeSockets();
    downs = renewals = 0;
    renewed = false;
    live = new LiveSocket({
      open: sockets.open,
      timers,
      random: () => 0.999,
      onText: () => undefined,
      onDown: () => (downs += 1),
      renew: () => {
        renewals += 1;
        return Promise.resolve(renewed);
      },
    });
    live.start();
  });

  it('is back within five seconds of the server’s return, however long that was away', () => {
    sockets.last.hear('{}');
    sockets.last.close();
    for (let second = 0; second < 3_600; second++) {
      timers.pass(1_000);
      // Nobody is there: every attempt is turned away.
      if (!sockets.last.closed) sockets.last.close();
    }
    const before = sockets.opened;
    timers.pass(5_000);
    expect(sockets.opened).toBeGreaterThan(before);
  });

  it('waits longer each time, up to two seconds', () => {
    const delays = Array.from({ length: 8 }, (_, attempt) => retryDelayMs(attempt, 1));
    expect(delays).toEqual([250, 500, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
    expect(retryDelayMs(5, 0)).toBe(1_000);
    expect(retryDelayMs(100_000, 1)).toBe(2_000);
  });

  it('takes twelve seconds of silence for death, and one frame for life', () => {
    sockets.last.hear('{}');
    timers.pass(SILENCE_MS - 1);
    sockets.last.hear('{}');
    timers.pass(SILENCE_MS - 1);
    expect(downs).toBe(0);
    timers.pass(1);
    expect(downs).toBe(1);
    expect(sockets.last.closed).toBe(true);
  });

  it('gives up an attempt that hangs', () => {
    timers.pass(OPENING_MS);
    expect(sockets.last.closed).toBe(true);
    timers.pass(2_000);
    expect(sockets.opened).toBe(2);
  });

  it('hears nothing more from a socket it gave up', () => {
    const first = sockets.last;
    first.hear('{}');
    live.restart();
    timers.pass(2_000);
    first.close();
    timers.pass(100);
    expect(downs).toBe(1);
    expect(sockets.opened).toBe(2);
  });

  it('asks for the session where a socket closed without a word, and tries again at once when renewed', async () => {
    renewed = true;
    sockets.last.close();
    await Promise.resolve();
    await Promise.resolve();
    timers.pass(0);
    expect(renewals).toBe(1);
    expect(sockets.opened).toBe(2);
  });

  it('does not ask for the session where the server spoke', () => {
    sockets.last.hear('{}');
    sockets.last.close();
    expect(renewals).toBe(0);
  });

  it('opens nothing and leaves no timer after it was stopped', async () => {
    renewed = true;
    sockets.last.close();
    live.stop();
    await Promise.resolve();
    await Promise.resolve();
    timers.pass(60_000);
    expect(sockets.opened).toBe(1);
    expect(timers.pending).toBe(0);
  });
});
