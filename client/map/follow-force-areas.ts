/** The outlines of the force areas, kept up: an import made meanwhile is noticed. */
import type { Timers } from '../timers.ts';
import { loadForceAreas, type DrawnArea, type LoadedAreas } from './force-areas.ts';

/** Hardly anything travels unless there was an import. */
const AGAIN_MS = 60_000;

/** Calls back with the areas whenever they have changed; returns how to stop. */
export function followForceAreas(timers: Timers, changed: (areas: readonly DrawnArea[]) => void): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  let loaded: LoadedAreas | undefined;
  const load = async (): Promise<void> => {
    try {
      const found = await loadForceAreas(loaded);
      if (!isStopped && found !== loaded) changed(found.areas);
      loaded = found;
    } catch (error) {
      // What was loaded before still holds.
      console.error(error);
    }
    if (!isStopped) cancel = timers.after(AGAIN_MS, () => void load());
  };
  void load();
  return () => {
    isStopped = true;
    cancel();
  };
}
