/** Keeps up what is not known, for as long as a map is shown: asked for anew whenever a feed falls quiet or speaks again. */
import { onMount } from 'svelte';
import type { Coverage } from '../../shared/coverage.ts';
import type { Force } from '../../shared/force.ts';
import { followAnswer, type Followed } from '../connection/follow-answer.ts';
import type { LiveView } from '../state/live-view.svelte.ts';
import { ALL_KNOWN, notKnown, notKnownBeforeCoverage, type NotKnown } from '../state/not-known.ts';
import { browserTimers } from '../timers.ts';

const EVERY_MS = 30_000;

export interface CoverageWatch {
  readonly known: NotKnown;
  /** Forces that the reader may see; none before the server has said so. */
  readonly seen: readonly Force[];
}

/** Call while a component is set up. */
export function watchCoverage(view: () => LiveView): CoverageWatch {
  let coverage = $state.raw<Coverage | null>(null);
  let followed: Followed | undefined;
  onMount(() => {
    // What is covered now is not what was then.
    if (view().isReplay) return;
    const learnt = (answer: unknown): void => {
      coverage = answer as Coverage;
    };
    followed = followAnswer(browserTimers, { path: () => '/api/coverage', everyMs: EVERY_MS, learnt });
    return () => followed?.stop();
  });
  // As text: feeds change with every message, their conditions hardly ever.
  const conditions = $derived(
    view()
      .feeds.map(({ agency, feed, condition }) => `${agency}/${feed} ${condition}`)
      .sort()
      .join(),
  );
  const asked = $derived(`${view().connection} ${conditions}`);
  $effect(() => {
    if (asked !== '') followed?.ask();
  });
  // The answer comes again and again, and mostly says the same: what is drawn by it is not to be drawn again.
  const content = $derived(coverage === null ? '' : JSON.stringify({ ...coverage, at: '' }, untimed));
  const known = $derived.by(() => {
    if (content !== '' && coverage !== null) return notKnown(coverage);
    if (conditions === '') return ALL_KNOWN;
    return notKnownBeforeCoverage(view().feeds, view().heat.keys());
  });
  const seen = $derived(content === '' ? [] : (coverage?.forces ?? []).map(({ force }) => force));
  return {
    get known() {
      return known;
    },
    get seen() {
      return seen;
    },
  };
}

/** Of a feed that speaks, the time up to which it is known moves on with each question. */
function untimed(this: unknown, key: string, value: unknown): unknown {
  const isLive = (this as { condition?: string }).condition === 'live';
  return key === 'knownUntil' && isLive ? undefined : value;
}
