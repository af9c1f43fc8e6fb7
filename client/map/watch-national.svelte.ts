/** Keeps up the national picture while it is shown, and asks nobody for it while it is not. */
import type { HorizonHours } from '../../shared/forecast.ts';
import { UNASSIGNED } from '../../shared/force.ts';
import type { National } from '../../shared/national.ts';
import type { Theme } from '../../shared/theme.ts';
import { followAnswer } from '../connection/follow-answer.ts';
import { forceFigures, type ForceFigures } from '../state/national-figures.ts';
import { browserTimers } from '../timers.ts';

const EVERY_MS = 15_000;

export interface NationalQuestion {
  isShown: boolean;
  theme: Theme;
  horizonHours: HorizonHours;
  /** How far back counts reach. */
  hours: number;
}

/** Call while a component is set up. Of every force that the reader may see, by name; empty before the first answer. */
export function watchNational(question: () => NationalQuestion): {
  readonly figures: readonly ForceFigures[];
} {
  let national = $state.raw<National | null>(null);
  const path = $derived(`/api/national?theme=${question().theme}&horizonHours=${question().horizonHours}`);
  const isShown = $derived(question().isShown);
  $effect(() => {
    if (!isShown) return undefined;
    const asked = path;
    const learnt = (answer: unknown): void => {
      national = answer as National;
    };
    const followed = followAnswer(browserTimers, { path: () => asked, everyMs: EVERY_MS, learnt });
    return () => {
      followed.stop();
    };
  });
  const figures = $derived(
    (national?.forces ?? [])
      .filter(({ force }) => force !== UNASSIGNED)
      .map((row) => forceFigures(row, question().hours)),
  );
  return {
    get figures() {
      return figures;
    },
  };
}
