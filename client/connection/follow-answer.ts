/** Asks the server the same question again and again, for what does not come over the socket. */
import type { Timers } from '../timers.ts';

const AGAIN_MS = 5_000;
const TIMEOUT_MS = 10_000;

export interface Followed {
  /** Asks now, without waiting for its turn. */
  ask(): void;
  stop(): void;
}

/**
 * Asks at once, then so often, sooner where no answer came. What was learnt before holds until there is another.
 * @param path is read at each question; an answer to another than the present one is not heard
 */
export function followAnswer(
  timers: Timers,
  { path, everyMs, learnt }: { path: () => string; everyMs: number; learnt: (answer: unknown) => void },
): Followed {
  let cancel = (): void => undefined;
  let latest = 0;
  const ask = async (): Promise<void> => {
    cancel();
    const question = ++latest;
    const answer = await readAnswer(path());
    if (question !== latest) return;
    if (answer !== undefined) learnt(answer);
    cancel = timers.after(answer === undefined ? AGAIN_MS : everyMs, () => void ask());
  };
  void ask();
  return {
    ask: () => void ask(),
    stop: () => {
      latest++;
      cancel();
    },
  };
}

async function readAnswer(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
