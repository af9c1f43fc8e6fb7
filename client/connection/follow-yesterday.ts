/** Reads yesterday's hit rates of some forces, and again now and then. */
import type { Scorecard } from '../../shared/scorecard.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';
import { askServer } from './ask-server.ts';

const EVERY_MS = 10 * MINUTE_MS;
const AGAIN_MS = 15_000;

/** `withheld`: this reader may not see a single day of this theme. */
export type Yesterday = Scorecard[] | 'withheld';

/** @param paths of one question each, asked one after another; read anew each round. Returns how to stop. */
export function followYesterday(
  paths: () => readonly string[],
  timers: Timers,
  learnt: (yesterday: Yesterday) => void,
): () => void {
  const stopped = new AbortController();
  let cancel = (): void => undefined;
  const round = async (): Promise<void> => {
    const all: Scorecard[] = [];
    let isWhole = true;
    for (const path of paths()) {
      const answer = await askServer<Scorecard>(path, stopped.signal);
      if (stopped.signal.aborted) return;
      if (answer.kind === 'answered') all.push(answer.value);
      else if (answer.kind === 'refused' && answer.status === 403) {
        learnt('withheld');
        return;
      } else isWhole = false;
    }
    if (isWhole) learnt(all);
    cancel = timers.after(isWhole ? EVERY_MS : AGAIN_MS, () => void round());
  };
  void round();
  return () => {
    stopped.abort();
    cancel();
  };
}
