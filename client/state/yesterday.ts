/** Yesterday's hit rates of several forces in one, and which questions they come from. */
import type { Force } from '../../shared/force.ts';
import type { Scorecard } from '../../shared/scorecard.ts';
import { DAY_MS, formatInstant, type TimeZone } from '../../shared/time.ts';
import type { Subscription } from './picture-counts.ts';

/** The best cells that fill so much of the area. */
export const HIT_SHARE = 0.01;

export interface HitRates {
  model: number;
  naiveMap: number;
  incidents: number;
}

/** As the windows closed: they settle only two days later. */
export function yesterdaysQuestion(
  { theme, horizonHours }: Pick<Subscription, 'theme' | 'horizonHours'>,
  force: Force,
  nowMs: number,
  timeZone: TimeZone,
): string {
  const toMs = timeZone.startOfDay(nowMs);
  const fromMs = timeZone.startOfDay(toMs - DAY_MS / 2);
  const span = `from=${formatInstant(fromMs)}&to=${formatInstant(toMs)}`;
  return `/api/scorecard?force=${force}&theme=${theme}&horizonHours=${horizonHours}&stage=closed&${span}`;
}

/** Each force counts by its incidents; null where none of them has been scored. */
export function pooled(scorecards: readonly Scorecard[]): HitRates | null {
  const sums: HitRates = { model: 0, naiveMap: 0, incidents: 0 };
  for (const { total } of scorecards) {
    const [model, naiveMap] = [total.model, total.naiveMap].map(
      ({ byAreaShare }) => byAreaShare.find(({ share }) => share === HIT_SHARE)?.hitRate,
    );
    if (typeof model !== 'number' || typeof naiveMap !== 'number') continue;
    sums.model += model * total.incidents;
    sums.naiveMap += naiveMap * total.incidents;
    sums.incidents += total.incidents;
  }
  const { incidents } = sums;
  if (incidents === 0) return null;
  return { model: sums.model / incidents, naiveMap: sums.naiveMap / incidents, incidents };
}
