/** Watches the rate of alerts of the force that is shown, and whether they have become a flood. */
import { untrack } from 'svelte';
import type { AlertMeter } from '../../../shared/alert-meter.ts';
import type { Alert } from '../../../shared/alert-state.ts';
import type { Force } from '../../../shared/force.ts';
import { followAnswer, type Followed } from '../../connection/follow-answer.ts';
import { floodOf, type Flood } from '../../state/alert-flood.ts';
import type { LiveView } from '../../state/live-view.svelte.ts';
import { browserTimers } from '../../timers.ts';

const EVERY_MS = 10_000;

export interface WatchedMeter {
  /** Whose rate it is; null before any is known. */
  readonly force: Force | null;
  readonly value: AlertMeter | null;
  readonly flood: Flood | null;
}

/** Call while a component is set up. Where several forces are shown, that of the one with the most open alerts. */
export function watchMeter(view: () => LiveView): WatchedMeter {
  let learnt = $state.raw<{ force: Force; meter: AlertMeter } | null>(null);
  const force = $derived(view().subscription?.force ?? busiest(view().alerts) ?? view().forces[0] ?? null);
  const value = $derived(learnt !== null && learnt.force === force ? learnt.meter : null);
  const flood = $derived.by(() => {
    const nowMs = view().nowMs;
    return force === null || nowMs === null ? null : floodOf(view().alerts, { force, nowMs, meter: value });
  });
  let followed: Followed | undefined;
  $effect(() => {
    const asked = force;
    if (asked === null) return undefined;
    followed = followAnswer(browserTimers, {
      path: () => `/api/alerts/meter?force=${asked}`,
      everyMs: EVERY_MS,
      learnt: (answer) => {
        learnt = { force: asked, meter: answer as AlertMeter };
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
    get force() {
      return force;
    },
    get value() {
      return value;
    },
    get flood() {
      return flood;
    },
  };
}

function busiest(alerts: readonly Alert[]): Force | undefined {
  const forces = alerts.map(({ force }) => force);
  const count = (force: Force): number => forces.filter((other) => other === force).length;
  return forces.toSorted((one, other) => count(other) - count(one))[0];
}
