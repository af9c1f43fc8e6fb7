/** Training finds what was planted, gives the same bytes twice, and says where it had too little to learn from. */
import { describe, expect, it } from 'vitest';
import { AFFINITY_COUNT } from '../../../models/features/affinity.ts';
import { featuresAt, KERNEL_NAMES } from '../../../models/features/feature-vector.ts';
import { CellHistory } from '../../../models/features/cell-history.ts';
import { KERNEL_COUNT } from '../../../models/features/relative-counts.ts';
import { ForecastModel, ModelRefused } from '../../../models/onnx-model.ts';
import type { Dataset } from '../../../models/training/dataset.ts';
import { fitDispersion } from '../../../models/training/dispersion.ts';
import { expectedOf, fitMixture, type MixtureWeights } from '../../../models/training/mixture-fit.ts';
import { trainModel } from '../../../models/training/train-model.ts';
import { TrainingImpossible } from '../../../models/training/training-plan.ts';
import { DAY_MS, TimeZone } from '../../../shared/time.ts';
import { THEMES } from '../../../shared/theme.ts';
import { patch, seededRandom, START_MS, unevenPast } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');

const PLANTED: MixtureWeights = {
  base: 0.2,
  kernels: KERNEL_NAMES.map((name) => (name === 'own-7d' ? 0.3 : name === 'own-365d' ? 0.5 : 0)),
  affinities: [0.9, -0.4, 0, 0],
};

/** Rows as a mixture with the planted weights would bring them; with `bursts`, an event brings three reports. */
function plantedDataset(bursts = 1): Dataset {
  const rows = 260_000;
  const random = seededRandom(11);
  const dataset: Dataset = {
    rows,
    incidents: 0,
    relative: Float32Array.from({ length: rows * KERNEL_COUNT }, () => -Math.log(1 - random())),
    affinity: Float32Array.from({ length: rows * AFFINITY_COUNT }, () => random() - 0.5),
    expectation: new Float32Array(rows).fill(0.4),
    observed: new Uint16Array(rows),
  };
  expectedOf(dataset, PLANTED).forEach((mean, row) => {
    let chance = random();
    for (let p = Math.exp(-mean / bursts), n = 0; chance > p; n++, p *= mean / bursts / n) {
      chance -= p;
      dataset.observed[row] = (dataset.observed[row] ?? 0) + bursts;
    }
    dataset.incidents += dataset.observed[row] ?? 0;
  });
  return dataset;
}

describe('fitMixture', { timeout: 60_000 }, () => {
  it('recovers the weights that brought the incidents', () => {
    const { base, kernels, affinities } = fitMixture(plantedDataset(), { leansOnAll: true });
    expect(Math.abs(base - PLANTED.base)).toBeLessThan(0.03);
    kernels.forEach((weight, k) => {
      expect(Math.abs(weight - (PLANTED.kernels[k] ?? 0))).toBeLessThan(0.03);
    });
    affinities.forEach((exponent, a) => {
      expect(Math.abs(exponent - (PLANTED.affinities[a] ?? 0))).toBeLessThan(0.06);
    });
  });

  it('says where and not how many: a level that lagged behind all the while changes no weight', () => {
    const dataset = plantedDataset();
    const usual = fitMixture(dataset, { leansOnAll: true });
    const lagging = fitMixture(
      { ...dataset, expectation: dataset.expectation.map((mean) => mean * 0.8) },
      { leansOnAll: true },
    );
    for (const { base, kernels } of [usual, lagging]) {
      expect(kernels.reduce((sum, weight) => sum + weight, base)).toBeCloseTo(1, 9);
    }
    lagging.kernels.forEach((weight, k) => {
      expect(Math.abs(weight - (usual.kernels[k] ?? NaN))).toBeLessThan(1e-4);
    });
  });
});

describe('fitDispersion', { timeout: 60_000 }, () => {
  it('tells bursts of three reports (variance three times the mean) from single ones', () => {
    expect(fitDispersion(plantedDataset(3), PLANTED)).toBeGreaterThan(1);
    expect(fitDispersion(plantedDataset(1), PLANTED)).toBeLessThan(0.03);
  });
});

describe('trainModel', { timeout: 60_000 }, () => {
  const untilMs = START_MS + 120 * DAY_MS;
  const incidents = unevenPast(patch(3), 125, 30);
  const request = { incidents, timeZone, untilMs, horizon: { hours: 24 }, data: ['synthetic'] };
  const trained = trainModel(request);

  it('gives the same bytes for the same incidents, in whatever order they come', () => {
    const again = trainModel({ ...request, incidents: incidents.toReversed() });
    expect(again.artefact).toEqual(trained.artefact);
    expect(again.card).toEqual(trained.card);
  });

  it('is not moved by what became known later', () => {
    const before = incidents.filter(({ knownAtMs }) => knownAtMs < untilMs);
    expect(trainModel({ ...request, incidents: before }).card).toEqual(trained.card);
  });

  it('borrows the weights of the rarest theme that has enough where one has too few, and says so on the card', () => {
    const { themes } = trained.card;
    const rarest = Object.values(themes)
      .filter(({ incidents }) => incidents >= 200)
      .reduce((rare, other) => (other.incidents < rare.incidents ? other : rare));
    expect(themes['knife-crime']).toMatchObject({ fittedOn: rarest.fittedOn, incidents: 0 });
    expect(themes['knife-crime']?.kernels).toEqual(rarest.kernels);
    expect(themes['burglary']?.fittedOn).toBe('burglary');
  });

  it.each([
    ['no incidents', { incidents: [] }],
    ['a day of them', { incidents: unevenPast(patch(3), 1, 300) }],
    ['none before the date', { untilMs: START_MS }],
  ])('refuses to learn from %s', (_, change) => {
    expect(() => trainModel({ ...request, ...change })).toThrow(TrainingImpossible);
  });

  it('makes a graph that computes what the formula says, and explains it by terms that add up to it', async () => {
    const model = await ForecastModel.open(trained.artefact, trained.card);
    const history = new CellHistory({ timeZone });
    for (const incident of incidents) history.add(incident);
    const nowMs = untilMs + 9_000_000;
    for (const theme of THEMES) {
      const features = featuresAt(history, theme, { fromMs: nowMs, toMs: nowMs + DAY_MS / 4, nowMs });
      const { expected, contributions } = await model.predict(features, theme);
      const { evenSpread, kernels, affinities } = trained.card.themes[theme] ?? {};
      const weights = { base: evenSpread ?? NaN, kernels: Object.values(kernels ?? {}) };
      const plain = expectedOf(
        {
          ...features,
          rows: features.cells,
          incidents: 0,
          expectation: new Float32Array(features.cells).fill(features.expectation),
          observed: new Uint16Array(features.cells),
        },
        { ...weights, affinities: Object.values(affinities ?? {}) },
      );
      expect(await model.expected(features, theme)).toEqual(expected);
      expected.forEach((mean, cell) => {
        expect(Math.abs(mean - (plain[cell] ?? NaN))).toBeLessThan(1e-6 * Math.max(1, mean));
        const terms = contributions.subarray(cell * (KERNEL_COUNT + 1), (cell + 1) * (KERNEL_COUNT + 1));
        expect(Math.abs(terms.reduce((sum, term) => sum + term, 0) - mean)).toBeLessThan(1e-6);
        expect(terms.every((term) => term >= 0)).toBe(true);
      });
    }
    await expect(
      model.expected(featuresAt(history, 'all', { fromMs: 0, toMs: 1, nowMs }), 'arson'),
    ).rejects.toThrow(RangeError);
    await model.close();
  });

  it('refuses an artefact or a card that was changed afterwards', async () => {
    const { artefact, card } = trained;
    const spoilt = artefact.slice();
    spoilt[spoilt.length - 5] = (spoilt[spoilt.length - 5] ?? 0) ^ 1;
    await expect(ForecastModel.open(spoilt, card)).rejects.toThrow(ModelRefused);
    const training = { ...card.training, until: '2031-01-01' };
    await expect(ForecastModel.open(artefact, { ...card, training })).rejects.toThrow(
      /changed after training/,
    );
  });
});
