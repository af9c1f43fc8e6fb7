/** Watches the rate of alerts of each force that is shown, and whether they have become a flood. */
import { untrack } from 'svelte';
import type { AlertMeters, ForceMeter } from '../../../shared/alert-meter.ts';
import { followAnswer, type Followed } from '../../connection/follow-answer.ts';
import { largestFlood, type Flood } from '../../state/alert-flood.ts';
import type { LiveView } from '../../state/live-view.svelte.ts';
import { browserTimers } from '../../timers.ts';

const EVERY_MS = 10_000;

export interface WatchedMeter {
  /** Of the forces shown, the busiest first; null before any is known. */
  readonly forces: readonly ForceMeter[] | null;
  readonly flood: Flood | null;
}

/** Call while a component is set up. */
export function watchMeter(view: () => LiveView): WatchedMeter {
  let learnt = $state.raw<readonly ForceMeter[] | null>(null);
  const shown = $derived(view().subscription?.force ?? null);
  const forces = $derived(
    learnt
      ?.filter(({ force }) => shown === null || force === shown)
      .toSorted((one, other) => other.meter.perDispatcher - one.meter.perDispatcher) ?? null,
  );
  const flood = $derived.by(() => {
    const nowMs = view().nowMs;
    if (nowMs === null) return null;
    const alerts = view().alerts.filter(({ force }) => shown === null || force === shown);
    return largestFlood(alerts, { nowMs, meters: forces ?? [] });
  });
  let followed: Followed | undefined;
  $effect(() => {
    followed = followAnswer(browserTimers, {
      path: () => '/api/alerts/meters',
      everyMs: EVERY_MS,
      learnt: (answer) => {
        learnt = (answer as AlertMeters).forces;
      },
    });
    return () => {
      followed?.stop();
      followed = undefined;
    };
  });
  $effect(() => {
    askAgain(view().alerts);
  });
  /** Other alerts are another rate. */
  function askAgain(_alerts: unknown): void {
    untrack(() => followed?.ask());
  }
  return {
    get forces() {
      return forces;
    },
    get flood() {
      return flood;
    },
  };
}
