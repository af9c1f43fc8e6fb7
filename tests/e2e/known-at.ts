/** Finds a moment of the kept past at which something was known. */
import type { Page } from '@playwright/test';
import type { ReplayState } from '../../shared/replay.ts';
import { formatInstant } from '../../shared/time.ts';
import { until } from '../support/until.ts';
import type { Forewatch } from './real-server.ts';

/** Waits until the archive tells of it, and gives a moment at which it was known. */
export async function knownAt(
  page: Page,
  forewatch: Forewatch,
  isKnown: (state: ReplayState) => boolean,
): Promise<number> {
  let atMs = 0;
  await until(
    async () => {
      atMs = Date.now();
      const query = `at=${formatInstant(atMs)}&theme=all&horizonHours=8`;
      const answer = await page.request.get(`${forewatch.url}/api/state?${query}`);
      return (await answer.json()) as Partial<ReplayState>;
    },
    (state) => state.snapshot !== undefined && isKnown(state as ReplayState),
  );
  return atMs;
}

export const knows =
  (id: string, revision = 1) =>
  ({ snapshot }: ReplayState): boolean =>
    snapshot.incidents.some((one) => one.id === id && one.revision === revision);
