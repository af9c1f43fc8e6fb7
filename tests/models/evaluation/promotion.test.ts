/** A candidate is compared with the present model on days that neither has seen, and refused where it is worse. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  compareModels,
  type Comparison,
  type ComparisonRequest,
} from '../../../models/evaluation/compare-models.ts';
import type { TestedModel } from '../../../models/evaluation/forecasters.ts';
import { objectionsTo } from '../../../models/evaluation/promotion.ts';
import { ForecastModel } from '../../../models/onnx-model.ts';
import { trainModel } from '../../../models/training/train-model.ts';
import { DAY_MS, TimeZone } from '../../../shared/time.ts';
import { patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const LONDON = new TimeZone('Europe/London');
const PAST = unevenPast(patch(2), 90, 60);
const FROM_MS = START_MS + 70 * DAY_MS;

let trained: ForecastModel;
beforeAll(async () => {
  const { artefact, card } = trainModel({
    ...{ incidents: PAST, timeZone: LONDON, untilMs: FROM_MS, horizon: { hours: 1 }, data: ['synthetic'] },
  });
  trained = await ForecastModel.open(artefact, card);
});

/** What the trained model expects, made worse. */
function spoilt(change: (expected: Float32Array) => Float32Array, dispersion?: number): TestedModel {
  return {
    dispersionOf: (theme) => dispersion ?? trained.dispersionOf(theme),
    expected: async (features, theme) => change(await trained.expected(features, theme)),
  };
}

function compare(change: Partial<ComparisonRequest>): Promise<Comparison> {
  return compareModels({
    ...{ incidents: PAST, timeZone: LONDON, horizon: { hours: 8 }, candidate: trained, present: trained },
    span: { fromMs: FROM_MS, toMs: START_MS + 90 * DAY_MS },
    ...change,
  });
}

const even = spoilt((expected) =>
  expected.map(() => expected.reduce((sum, mean) => sum + mean, 0) / expected.length),
);

describe('a candidate', () => {
  it('may take the place of its equal', async () => {
    const comparison = await compare({});
    expect(comparison).toMatchObject({ days: 20, windows: 59, pooled: { gain: 0, gainInterval: [0, 0] } });
    const [all] = comparison.themes;
    expect(all).toMatchObject({ theme: 'all', incidents: expect.any(Number) as number });
    expect(all?.candidate).toEqual(all?.present);
    expect(all?.candidate.informationGain).toBeGreaterThan(0.3);
    expect(objectionsTo(comparison)).toEqual([]);
  });

  it('may take the place of one that is worse, and of none where the naive map is no better', async () => {
    const better = await compare({ present: even });
    expect(better.pooled.gainInterval[0]).toBeGreaterThan(0.3);
    expect(objectionsTo(better)).toEqual([]);
    expect(objectionsTo(await compare({ present: undefined }))).toEqual([]);
  });

  it('is refused where it gains less, with the figures', async () => {
    const objections = objectionsTo(await compare({ candidate: even }));
    expect(objections[0]).toMatch(
      /^it may gain less than the present: -0\.\d{4} nats an incident \(95 %: -0/,
    );
    expect(objections).toContainEqual(expect.stringMatching(/^it gains less for burglary: -0\.\d{4} nats/));
    expect(objectionsTo(await compare({ candidate: even, present: undefined }))[0]).toMatch(
      /^it may gain less/,
    );
  });

  it.each([
    [
      'level',
      spoilt((expected) => expected.map((mean) => mean * 1.3)),
      /^its level is farther off: 0\.\d+ obs/,
    ],
    ['spread', spoilt((expected) => expected, 40), /^its intervals are farther off: \d+\.\d % of counts/],
    [
      'daring',
      spoilt((expected) => expected.map((mean) => (mean < Math.max(...expected) / 4 ? 0 : mean))),
      /none possible$/,
    ],
  ])('is refused for a wrong %s', async (_, candidate, objection) => {
    expect(objectionsTo(await compare({ candidate }))).toContainEqual(expect.stringMatching(objection));
  });

  it('is refused where there is too little to compare', async () => {
    const short = await compare({ span: { fromMs: FROM_MS, toMs: FROM_MS + 13 * DAY_MS } });
    expect(objectionsTo(short)).toEqual([
      expect.stringMatching(/^only 13 days can be compared: 14 are needed/),
    ]);
  });
});
