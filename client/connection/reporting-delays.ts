/** Asks now and then how long incidents take to be known; without an answer nothing is estimated. */
import type { ReportingDelays } from '../../shared/reporting-delay.ts';
import { MINUTE_MS } from '../../shared/time.ts';
import type { Timers } from '../timers.ts';

const EVERY_MS = 10 * MINUTE_MS;
/** A server that has just started, or a session that is not there yet. */
const AGAIN_MS = MINUTE_MS / 2;
const TIMEOUT_MS = 10_000;

/** Returns how to stop. */
export function followReportingDelays(timers: Timers, learnt: (delays: ReportingDelays) => void): () => void {
  let cancel = (): void => undefined;
  let isStopped = false;
  const ask = async (): Promise<void> => {
    const delays = await readReportingDelays();
    if (isStopped) return;
    if (delays !== undefined) learnt(delays);
    cancel = timers.after(delays === undefined ? AGAIN_MS : EVERY_MS, () => void ask());
  };
  cancel = timers.after(1_000, () => void ask());
  return () => {
    isStopped = true;
    cancel();
  };
}

async function readReportingDelays(): Promise<ReportingDelays | undefined> {
  try {
    const response = await fetch('/api/reporting-delays', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? ((await response.json()) as ReportingDelays) : undefined;
  } catch {
    return undefined;
  }
}
