/** Sends deltas at a steady rate: each one incident, and every five seconds a new ranking, as a forecaster's tick does. */
import { setTimeout as delay } from 'node:timers/promises';
import { cityCells, cityIncident, cityRanking, storedDelta } from './crowded-city.ts';
import { nowMs, type WallStage } from './wall-stage.ts';

const TURN_MS = 5;
const TICK_MS = 5_000;

/** Epoch milliseconds at which each incident's frame was sent, by incident id. */
export async function sendSteadily(
  stage: WallStage,
  { perSecond, seconds, prefix }: { perSecond: number; seconds: number; prefix: string },
): Promise<Map<string, number>> {
  const cells = cityCells();
  const sentAt = new Map<string, number>();
  const began = performance.now();
  let tickAt = began + TICK_MS;
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.min(perSecond * seconds, ((performance.now() - began) / 1_000) * perSecond);
    for (; sent < due; sent++) {
      const id = `${prefix}-${sent}`;
      sentAt.set(id, nowMs());
      stage.send((seq, now) => storedDelta(seq, cityIncident(id, cells, sent, now), now));
    }
    if (performance.now() >= tickAt) {
      tickAt += TICK_MS;
      stage.send((seq, now) => ({ type: 'hotspots.ranked', seq, ...cityRanking(cells, now) }));
    }
    await delay(TURN_MS);
  }
  return sentAt;
}
