/** Whether the server hands out another build than this page is of: a desk says so, a wall takes it up. */
import { isAnother, ownBuild } from './own-build.ts';

let served = $state<string | null>(null);
let heed: (build: string | null) => void = () => undefined;

export const newBuild = {
  get isThere(): boolean {
    return isAnother(ownBuild(), served);
  },
};

/** As the server's latest hello says. */
export function noteBuild(build: string | null): void {
  served = build;
  heed(build);
}

/** Calls back at each hello. */
export function onBuild(act: (build: string | null) => void): void {
  heed = act;
}
