/** MODEL_CARD.md is of the model that ships: its identity, dates, features, themes and weights, and whose figures it shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  accuracyPart,
  calibrationPart,
  CardOutdated,
  identityPart,
  partOf,
  weightsPart,
  withParts,
  type BacktestSummary,
} from '../../models/card-document.ts';
import { CARD_FILE, type ModelCard } from '../../models/model-card.ts';
import { THEMES } from '../../shared/theme.ts';

const MODELS = join(import.meta.dirname, '../../models');
const DOCUMENT = readFileSync(join(MODELS, 'MODEL_CARD.md'), 'utf8');
const CARD = JSON.parse(readFileSync(join(MODELS, 'artifacts', CARD_FILE), 'utf8')) as ModelCard;

const rows = (part: string): string[][] =>
  part
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+\|$/.test(line))
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the model card', () => {
  it('names the artefact, its data and its dates', () => {
    expect(partOf(DOCUMENT, 'identity')).toBe(identityPart(CARD));
    for (const said of [CARD.id, CARD.sha256, CARD.training.until, ...CARD.training.data])
      expect(identityPart(CARD)).toContain(said);
  });

  it('has the weights of every theme', () => {
    expect(partOf(DOCUMENT, 'weights')).toBe(weightsPart(CARD));
    expect(rows(weightsPart(CARD)).map(([, theme]) => theme)).toEqual(THEMES);
  });

  it('lists the features, all of them and in order', () => {
    const listed = DOCUMENT.slice(DOCUMENT.indexOf('## Features'), DOCUMENT.indexOf('## Data and terms'));
    expect([...listed.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name)).toEqual(CARD.features);
  });

  it.each(['accuracy', 'calibration'] as const)('shows figures of this very model: %s', (part) => {
    const shown = partOf(DOCUMENT, part);
    expect(shown).toContain(`Of \`${CARD.id}\`:`);
    expect(new Set(rows(shown).map(([, , theme]) => theme))).toEqual(new Set(THEMES));
    expect(rows(shown).every(([, test]) => test !== undefined && /stlouis|vancouver/.test(test))).toBe(true);
  });

  it('was tested on nothing that the model has learned from', () => {
    for (const [, test = ''] of rows(partOf(DOCUMENT, 'accuracy'))) {
      const [place = '', from = ''] = test.split(' ');
      const isLearned = CARD.training.data.some((name) => name.startsWith(place));
      expect(!isLearned || from >= CARD.training.until, test).toBe(true);
    }
  });

  it('says what it must not be used for', () => {
    for (const heading of ['What it is for', 'What it must not be used for', 'Limits', 'Data and terms'])
      expect(DOCUMENT).toContain(`## ${heading}\n`);
  });
});

describe('its figures', () => {
  const interval = (value: number): [number, number] => [value - 0.01, value + 0.01];
  const scores = (gain: number, hitRate: number) => ({
    ...{ informationGain: gain, informationGainInterval: interval(gain) },
    ...{
      expected: 101.4,
      observed: 100,
      observedOverExpected: 0.99,
      observedOverExpectedInterval: interval(0.99),
    },
    ...{ slope: 1, slopeInterval: interval(1) },
    byAreaShare: [0.02, 0.05, 0.1].map((share) => ({ share, hitRate, hitRateInterval: interval(hitRate) })),
  });
  const modelAhead = {
    ...{ informationGain: 0.1, informationGainInterval: interval(0.1) },
    byAreaShare: [0.02, 0.05, 0.1].map((share) => ({
      share,
      hitRate: 0.05,
      hitRateInterval: interval(0.05),
    })),
  };
  const summary = {
    ...{ data: ['stlouis_2014_2020.csv.gz'], forecast: 'burglary', horizon: { hours: 24 }, modelId: CARD.id },
    ...{ testFrom: '2019-10-01T05:00:00.000Z', testTo: '2020-01-01T06:00:00.000Z' },
    model: {
      ...scores(0.5, 0.35),
      calibration: {
        pit: { all: { coverage80: 0.8, coverage95: 0.95 }, busiest: { coverage80: 0.79, coverage95: 0.94 } },
      },
    },
    naiveMap: { name: 'naive', title: 'naive map', ...scores(0.4, 0.3), modelAhead },
    baselines: [{ name: 'naive', title: 'naive map', ...scores(0.4, 0.3), modelAhead }],
  } as unknown as BacktestSummary;

  it('are those of the backtests, with their intervals and the naive map beside', () => {
    expect(rows(accuracyPart([summary]))[0]?.slice(1, -1)).toEqual([
      ...['stlouis 2019-10-01 to 2020-01-01', 'burglary', '24 h', '100'],
      ...['0.500 [0.490, 0.510]', '0.100 [0.090, 0.110]'],
      ...['35.0 / 30.0, +5.0 [4.0, 6.0]', '35.0 / 30.0, +5.0 [4.0, 6.0]', '35.0 / 30.0, +5.0 [4.0, 6.0]'],
    ]);
    expect(rows(calibrationPart([summary]))[0]?.slice(5, -1)).toEqual([
      ...['101', '0.99 [0.98, 1.00]', '1.00 [0.99, 1.01]'],
      ...['80.0 %, busiest tenth 79.0 %', '95.0 %, busiest tenth 94.0 %'],
    ]);
  });

  it('replace those that stood there before, and nothing else', () => {
    const once = withParts(DOCUMENT, { accuracy: 'some figures' });
    expect(partOf(once, 'accuracy')).toBe('some figures');
    expect(withParts(once, { accuracy: partOf(DOCUMENT, 'accuracy') })).toBe(DOCUMENT);
    expect(() => withParts('no marks', { accuracy: '' })).toThrow(CardOutdated);
  });
});
