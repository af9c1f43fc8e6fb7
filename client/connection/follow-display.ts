/** Asks every few seconds what the display of a name shall show, so that a change needs no reload. */
import type { NamedDisplay } from '../../shared/display.ts';
import type { Timers } from '../timers.ts';

const EVERY_MS = 5_000;
const TIMEOUT_MS = 4_000;

/** `gone`: there is none of this name. Where the server does not answer, nothing is told. */
export type LearntDisplay = NamedDisplay | 'gone';

/** Returns how to stop. */
export function followDisplay(
  name: string,
  timers: Timers,
  learnt: (display: LearntDisplay) => void,
  read: (name: string) => Promise<LearntDisplay | undefined> = readDisplay,
): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  const ask = async (): Promise<void> => {
    const display = await read(name);
    if (isStopped) return;
    if (display !== undefined) learnt(display);
    cancel = timers.after(EVERY_MS, () => void ask());
  };
  void ask();
  return () => {
    isStopped = true;
    cancel();
  };
}

async function readDisplay(name: string): Promise<LearntDisplay | undefined> {
  try {
    const path = `/api/displays/${encodeURIComponent(name)}`;
    const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' });
    if (response.status === 404) return 'gone';
    return response.ok ? ((await response.json()) as NamedDisplay) : undefined;
  } catch {
    return undefined;
  }
}
