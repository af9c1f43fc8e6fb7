/** Scores pooled over days: what adds up, what is left out, and how sure one can be. */
import { describe, expect, it } from 'vitest';
import type { ScoreParts } from '../../../models/evaluation/scores.ts';
import { rollUp } from '../../../server/scorecard/roll-up.ts';
import { sumsByDay } from '../../../server/scorecard/score-sums.ts';
import type { StoredScore } from '../../../server/store/score-store.ts';
import { HOUR_MS, TimeZone } from '../../../shared/time.ts';

const LONDON = new TimeZone('Europe/London');
const START_MS = Date.parse('2026-06-01T00:00:00+01:00');

function parts(observed: number, hits: number, gain: number, expected = 8): ScoreParts {
  const byAreaShare = [0.01, 0.02, 0.05, 0.1].map((areaShare) => ({ areaShare, hits, bestHits: 2 * hits }));
  return { expected, observed, gain, byAreaShare };
}

function score(hour: number, change: Partial<StoredScore> = {}): StoredScore {
  const fromMs = START_MS + hour * HOUR_MS;
  return {
    ...{ force: 'kent', theme: 'all', horizonHours: 8, stage: 'settled', modelId: 'm', dispersion: 0.2 },
    ...{ fromMs, toMs: fromMs + 8 * HOUR_MS, timedShare: 1, covered: true, outside: 1 },
    ...{ cells: 100, coverage80: 80, model: parts(10, 4, 6), naiveMap: parts(10, 3, 5) },
    ...change,
  };
}

describe('rolled up', () => {
  it('are the sums of windows, each in the local day in which it begins', () => {
    const days = sumsByDay([score(0), score(8), score(16), score(24)], LONDON);
    expect(days.map(({ dayMs }) => dayMs)).toEqual([START_MS, START_MS + 24 * HOUR_MS]);
    expect(rollUp(days)).toMatchObject({
      ...{ windows: 4, uncoveredWindows: 0, incidents: 40, outside: 4, expected: 32, coverage80: 0.8 },
      ...{ inAreaShare: 40 / 44, observedOverExpected: 40 / 32 },
      model: { informationGain: 24 / 40 },
      naiveMap: { informationGain: 20 / 40 },
      overNaiveMap: { informationGainInterval: null },
    });
    const { model, naiveMap, overNaiveMap } = rollUp(days);
    expect(model.byAreaShare[3]).toMatchObject({ share: 0.1, areaShare: 0.1, hitRate: 0.4, pei: 0.5 });
    expect(model.byAreaShare[3]?.pai).toBeCloseTo(4, 10);
    expect(naiveMap.byAreaShare[3]).toMatchObject({ hitRate: 0.3 });
    expect(overNaiveMap.byAreaShare[3]?.hitRate).toBeCloseTo(0.1, 10);
  });

  it('leave out windows of which nothing was told, and count them', () => {
    const untold = score(8, { covered: false, model: parts(0, 0, 0, 80), naiveMap: parts(0, 0, 0, 80) });
    expect(rollUp(sumsByDay([score(0), untold], LONDON))).toMatchObject({
      ...{ windows: 1, uncoveredWindows: 1, expected: 8, incidents: 10 },
    });
  });

  it('have no figure where there is none to have', () => {
    const nothing = rollUp([]);
    expect(nothing).toMatchObject({ windows: 0, incidents: 0, expected: 0, observedOverExpected: null });
    expect(nothing.model.byAreaShare[0]).toEqual({
      ...{ share: 0.01, areaShare: null, hitRate: null, hitRateInterval: null, pai: null, pei: null },
    });
    const impossible = score(0, { model: parts(10, 4, -Infinity) });
    expect(rollUp(sumsByDay([impossible], LONDON)).model.informationGain).toBeNull();
  });

  it('are as sure as incidents are many, or where there are days enough as days are alike', () => {
    const few = rollUp(sumsByDay([score(0)], LONDON)).model.byAreaShare[0];
    // Wilson's interval of 4 in 10, from tables.
    expect(few?.hitRateInterval?.[0]).toBeCloseTo(0.168, 3);
    expect(few?.hitRateInterval?.[1]).toBeCloseTo(0.687, 3);
    const alike = rollUp(
      sumsByDay(
        Array.from({ length: 30 }, (_, day) => score(24 * day)),
        LONDON,
      ),
    );
    expect(alike.model.byAreaShare[0]?.hitRateInterval).toEqual([0.4, 0.4]);
    expect(alike.overNaiveMap.informationGainInterval?.[0]).toBeCloseTo(0.1, 10);
    const unlike = rollUp(
      sumsByDay(
        Array.from({ length: 30 }, (_, day) =>
          score(24 * day, { model: parts(10, day % 2 === 0 ? 8 : 0, 6) }),
        ),
        LONDON,
      ),
    );
    const [low, high] = unlike.model.byAreaShare[0]?.hitRateInterval ?? [0, 0];
    expect(high - low).toBeGreaterThan(0.2);
  });
});
