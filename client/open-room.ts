/** Wires clock, picture, view and socket into one running room; the one place that knows how they hang together. */
import { LiveFollower } from './connection/follow-live.ts';
import type { Socket } from './connection/live-socket.ts';
import { followPast } from './connection/follow-past.ts';
import { followReportingDelays } from './connection/reporting-delays.ts';
import { reloadOnce } from './connection/reload-once.ts';
import { noteFault } from './faults.svelte.ts';
import { noteBuild } from './new-build.svelte.ts';
import { FeedClock } from './state/feed-clock.ts';
import { LiveView } from './state/live-view.svelte.ts';
import { Picture } from './state/picture.ts';
import type { Subscription } from './state/picture-counts.ts';
import type { Selection } from './state/selection.svelte.ts';
import { browserTimers } from './timers.ts';

export interface Room {
  view: LiveView;
  choose(wanted: Subscription): void;
  close(): void;
}

/** @param renew tries to get a session again after the server refused; true where it did */
export function openRoom(selection: Selection, renew: (view: LiveView) => Promise<boolean>): Room {
  const timers = browserTimers;
  const clock = new FeedClock(() => timers.now());
  const picture = new Picture(clock);
  const view = new LiveView(picture, clock, timers, () => selection);
  const follower = new LiveFollower({
    picture,
    clock,
    timers,
    random: Math.random,
    open: openSocket,
    renew: () => renew(view),
    wanted: { theme: selection.theme, horizonHours: selection.horizonHours, force: selection.force },
    onlooker: {
      hello(hello) {
        selection.allow(hello.themes, hello.forces);
        view.hello(hello);
        noteBuild(hello.build);
      },
      heard() {
        view.heard();
      },
      connected(connection) {
        view.connected(connection);
      },
      changed(what) {
        view.changed(what);
      },
      refused(reason) {
        view.refusal = reason;
      },
      outdated: reloadOnce,
      broken: noteFault,
    },
  });
  follower.start();
  const stopDelays = followReportingDelays(timers, (delays) => {
    view.learnt(delays);
  });
  const stopPast = followPast({
    picture,
    timers,
    hours: () => view.heatHours,
    learnt: () => {
      view.changed('picture');
    },
  });
  return {
    view,
    choose(wanted) {
      follower.choose(wanted);
    },
    close() {
      stopDelays();
      stopPast();
      follower.stop();
      view.stop();
    },
  };
}

function openSocket(hear: (data: unknown) => void, closed: () => void): Socket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/live`);
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    hear(data);
  };
  socket.onclose = closed;
  return socket;
}
