/** Tells of each force which feeds cover it, and of those that do not speak, where. */
import type { Agency } from '../../shared/category.ts';
import type { Coverage, FeedCoverage } from '../../shared/coverage.ts';
import type { FeedState } from '../../shared/feed.ts';
import { formatInstant } from '../../shared/time.ts';
import { visibleForces, type Principal } from '../access/policy.ts';
import type { LivePicture } from './live-picture.ts';
import { dataOf } from './national.ts';

export interface CoverageQuestion {
  principal: Principal;
  nowMs: number;
  /** Of every feed there is. */
  feeds: readonly FeedState[];
}

export function coverageOf(picture: LivePicture, { principal, nowMs, feeds }: CoverageQuestion): Coverage {
  const known = new Map(feeds.map((state) => [`${state.agency}/${state.feed}`, state]));
  const forces = visibleForces(principal).map((force) => {
    const conditions = { live: 0, late: 0, silent: 0 };
    const own = picture.feedsByForce.of(force, nowMs).map((name): FeedCoverage => {
      const state = known.get(name);
      // A feed whose health is not known yet has only just begun to speak.
      const condition = state?.condition ?? 'live';
      conditions[condition]++;
      const [agency, feed] = name.split('/') as [Agency, string];
      const cells = condition === 'live' ? null : picture.feedsByForce.cellsOf(force, name, nowMs);
      const share = Number(picture.feedsByForce.shareOf(force, name).toPrecision(3));
      return { agency, feed, condition, knownUntil: knownUntil(state, nowMs), share, cells };
    });
    return { force, data: dataOf(conditions), feeds: own };
  });
  return { at: formatInstant(nowMs), forces };
}

/** A silent feed is known up to its last message; what a late one tells is older than that. */
function knownUntil(state: FeedState | undefined, nowMs: number): string {
  if (state === undefined || state.condition === 'live') return formatInstant(nowMs);
  const { condition, lastReceivedAt, lastOccurredAt } = state;
  return condition === 'late' ? (lastOccurredAt ?? lastReceivedAt) : lastReceivedAt;
}
