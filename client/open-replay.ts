/** Wires a second picture, with its own clock, view and player, that is moved through the past while the room's goes on. */
import { readSpan, readTimeline, replaySource } from './connection/read-replay.ts';
import { LiveView } from './state/live-view.svelte.ts';
import { Picture } from './state/picture.ts';
import type { Subscription } from './state/picture-counts.ts';
import { ReplayClock } from './state/replay-clock.ts';
import { ReplayPlayer } from './state/replay-player.svelte.ts';
import type { ReplayPlace } from './state/replay-query.ts';
import { ReplayTimeline } from './state/replay-timeline.svelte.ts';
import type { Selection } from './state/selection.svelte.ts';
import { HOUR_MS, parseInstant } from '../shared/time.ts';
import { browserTimers } from './timers.ts';

export interface OpenReplay {
  view: LiveView;
  player: ReplayPlayer;
  timeline: ReplayTimeline;
  choose(wanted: Subscription): void;
  close(): void;
}

/** Where nobody says when, a shift lead looks back an hour. */
const FIRST_BACK_MS = HOUR_MS;

/** @param live the room's view: its clock says when now is */
export function openReplay(live: LiveView, selection: Selection, place: ReplayPlace): OpenReplay {
  const timers = browserTimers;
  const clock = new ReplayClock();
  const picture = new Picture(clock);
  const view = new LiveView(picture, clock, timers, () => selection, 'replay');
  const of = wantedOf(selection);
  const nowMs = (): number => live.nowMs ?? 0;
  const timeline = new ReplayTimeline({ span: readSpan, timeline: readTimeline }, timers, nowMs, of);
  const player = new ReplayPlayer(
    {
      ...{ source: replaySource, timers, picture, clock, view },
      room: () => ({
        nowMs: nowMs(),
        speed: live.clockSpeed,
        earliestMs: timeline.span?.fromMs ?? -Infinity,
      }),
    },
    of,
  );
  player.speed = place.speed;
  player.range = place.range;
  if (place.atMs !== null) void player.seek(place.atMs);
  void readSpan(of).then((span) => {
    const keptMs = parseInstant((span.kind === 'answered' ? span.value.from : null) ?? '');
    const atMs = place.atMs ?? Math.max(nowMs() - FIRST_BACK_MS, keptMs ?? 0);
    timeline.open(atMs, place.range, keptMs);
    if (place.atMs === null) void player.seek(atMs);
  });
  return {
    ...{ view, player, timeline },
    choose(wanted) {
      timeline.choose(wanted);
      void player.choose(wanted);
    },
    close() {
      player.stop();
      timeline.stop();
      view.stop();
    },
  };
}

function wantedOf({ theme, horizonHours, force }: Selection): Subscription {
  return { theme, horizonHours, force };
}
