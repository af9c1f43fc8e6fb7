/** Asks for the past that a window of more than a day needs, whenever what is known of it may be wrong. */
import type { PastCounts } from '../../shared/past-counts.ts';
import type { HeatHours } from '../state/heat-window.ts';
import { pastPath } from '../state/past-tally.ts';
import type { Picture } from '../state/picture.ts';
import type { Timers } from '../timers.ts';

const LOOKED_EACH_MS = 1_000;
/** A feed that corrects old incidents all day must not have the past asked for all day. */
const ASKED_EACH_MS = 10_000;
const TIMEOUT_MS = 20_000;
/** What live counts know without it. */
const LIVE_HOURS = 24;

export interface PastFollower {
  picture: Pick<Picture, 'past' | 'pastQuestion'>;
  timers: Timers;
  /** How far back the heat reaches. */
  hours: () => HeatHours;
  learnt: () => void;
  ask?: (path: string) => Promise<PastCounts | undefined>;
}

/** Returns how to stop. */
export function followPast({ picture, timers, hours, learnt, ask = askPast }: PastFollower): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  let askedAt = -Infinity;
  let askedOf = '';
  const look = async (): Promise<void> => {
    // Nobody looks: it would only be kept up to date, and grow by every correction.
    if (hours() <= LIVE_HOURS) picture.past.forget();
    const question = picture.pastQuestion(hours());
    const of = `${question?.theme} ${question?.force}`;
    if (question !== undefined && (of !== askedOf || timers.now() - askedAt >= ASKED_EACH_MS)) {
      [askedAt, askedOf] = [timers.now(), of];
      picture.past.asked(question);
      const answer = await ask(pastPath(question));
      if (isStopped) return;
      if (answer === undefined) picture.past.doubt();
      else if (picture.past.load(question, answer)) learnt();
    }
    cancel = timers.after(LOOKED_EACH_MS, () => void look());
  };
  void look();
  return () => {
    isStopped = true;
    cancel();
  };
}

async function askPast(path: string): Promise<PastCounts | undefined> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? ((await response.json()) as PastCounts) : undefined;
  } catch {
    return undefined;
  }
}
