/** An explanation adds up to the forecast it explains, is the model's own, and credits incidents with what they bring. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { attribute, countedOf, type Attribution } from '../../../models/explanation/attribution.ts';
import { compose } from '../../../models/explanation/composition.ts';
import { CellHistory } from '../../../models/features/cell-history.ts';
import { THEME_GROUPS, type KnownIncident } from '../../../models/features/counted-incident.ts';
import { featureContext, featureRows } from '../../../models/features/feature-vector.ts';
import { KERNEL_COUNT } from '../../../models/features/relative-counts.ts';
import { ForecastModel } from '../../../models/onnx-model.ts';
import { CATEGORIES, isSensitive } from '../../../shared/category.ts';
import { coarseCell, type Cell } from '../../../shared/cell.ts';
import { byMeaning, type ExplanationTerm, type IncidentTerm } from '../../../shared/explanation.ts';
import { HORIZONS, type HorizonHours } from '../../../shared/forecast.ts';
import { TIME_PRECISIONS } from '../../../shared/incident.ts';
import { THEMES, type Theme } from '../../../shared/theme.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
let model: ForecastModel;
beforeAll(async () => {
  model = await ForecastModel.load(join(import.meta.dirname, '../../../models/artifacts'));
});
afterAll(() => model.close());

const PATCH = patch(2);

interface Asked {
  theme: Theme;
  horizonHours: HorizonHours;
  nowMs: number;
}

interface Explained {
  expected: number;
  terms: ExplanationTerm[];
  incidents: IncidentTerm[];
  attribution: Attribution;
}

function historyOf(past: readonly KnownIncident[]): CellHistory {
  const history = new CellHistory({ timeZone });
  for (const incident of past) history.add(incident);
  return history;
}

async function explain(
  past: readonly KnownIncident[],
  cells: readonly Cell[],
  { theme, horizonHours, nowMs }: Asked,
  change: Partial<Attribution> = {},
): Promise<Explained> {
  const history = historyOf(past);
  const window = { fromMs: nowMs, toMs: nowMs + horizonHours * HOUR_MS, nowMs };
  const context = featureContext(history, theme, window);
  const indices = Int32Array.from(cells, (cell) => history.indexOf(cell));
  const { area, compositions } = await compose(model, context, theme, [indices]);
  const [composition] = compositions;
  const group = THEME_GROUPS.find(({ name }) => name === theme);
  if (composition === undefined || group === undefined) throw new Error('unreachable');
  const { expected, level, rhythm } = composition;
  const attribution: Attribution = {
    ...{ group, cells: new Set(cells), coarse: cells.length > 1, nowMs, ...area, ...composition },
    incidents: past,
    mayTell: () => true,
    ...change,
  };
  const incidents = attribute(attribution);
  const terms: ExplanationTerm[] = [
    ...incidents,
    { term: 'level', expected: level },
    { term: 'rhythm', expected: rhythm },
  ];
  return { expected, terms, incidents, attribution };
}

const total = (terms: Iterable<number | { expected: number }>): number =>
  [...terms].reduce<number>((sum, term) => sum + (typeof term === 'number' ? term : term.expected), 0);

const incidents = fc.array(
  fc.record({
    cell: fc.constantFrom(...PATCH),
    occurredAtMs: fc.integer({ min: 0, max: 900 * 24 * 60 }).map((minute) => START_MS + minute * 60_000),
    category: fc.constantFrom(...CATEGORIES),
    timePrecision: fc.constantFrom('minute' as const, 'minute' as const, ...TIME_PRECISIONS),
    markers: fc.constantFrom([], [], ['knife' as const], ['domestic' as const]),
    discovery: fc.constantFrom('reported' as const, 'reported' as const, 'officer' as const),
  }),
  { minLength: 1, maxLength: 120 },
);
const asked = fc.record({
  theme: fc.constantFrom(...THEMES),
  horizonHours: fc.constantFrom(...HORIZONS),
  nowMs: fc.integer({ min: 901 * 24, max: 1_000 * 24 }).map((hour) => START_MS + hour * HOUR_MS),
});

describe('an explanation', { timeout: 60_000 }, () => {
  it('sums to the forecast, whatever happened, for every theme and horizon, fine and coarse', async () => {
    await fc.assert(
      fc.asyncProperty(incidents, asked, fc.boolean(), async (changes, question, coarse) => {
        const past = changes
          .map((change) => knownIncident(change))
          .filter(({ discovery }) => discovery === 'reported');
        fc.pre(past.length > 0);
        const cells = coarse
          ? [...new Set(past.map(({ cell }) => cell))]
          : past.slice(0, 1).map(({ cell }) => cell);
        const mayTell = coarse ? () => true : (one: KnownIncident): boolean => !isSensitive(one);
        const {
          expected,
          terms,
          incidents: ofIncidents,
        } = await explain(past, cells, question, {
          coarse,
          mayTell: mayTell as Attribution['mayTell'],
        });
        const history = historyOf(past);
        const { nowMs, theme, horizonHours } = question;
        const context = featureContext(history, theme, {
          ...{ fromMs: nowMs, toMs: nowMs + horizonHours * HOUR_MS, nowMs },
        });
        const shown = await model.expected(featureRows(context), theme);
        const forecast = cells.reduce((sum, cell) => sum + (shown[history.indexOf(cell)] ?? NaN), 0);
        expect(Math.abs(expected - forecast)).toBeLessThan(1e-6);
        expect(Math.abs(total(terms) - forecast)).toBeLessThan(1e-6);
        expect(ofIncidents.every((term) => term.expected >= 0)).toBe(true);
        const isGuarded = past.some((one) => !mayTell(one));
        if (!isGuarded) expect(ofIncidents.every(({ age }) => age !== 'any-time')).toBe(true);
        const { recency, nearness, kind, rhythm, level } = byMeaning(terms);
        for (const meaning of [recency, nearness, kind]) {
          expect(Math.abs(total(Object.values<number>(meaning)) + rhythm + level - forecast)).toBeLessThan(
            1e-6,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is made of the contributions that the model’s graph gives', async () => {
    const past = unevenPast(PATCH, 400, 30);
    const history = historyOf(past);
    const nowMs = START_MS + 400 * DAY_MS;
    for (const theme of THEMES) {
      const context = featureContext(history, theme, { fromMs: nowMs, toMs: nowMs + 8 * HOUR_MS, nowMs });
      const indices = Int32Array.from(history.cells, (_, index) => index);
      const { area, compositions } = await compose(
        model,
        context,
        theme,
        [...indices].map((index) => Int32Array.of(index)),
      );
      const { expected, contributions } = await model.predict(featureRows(context), theme);
      for (const [index, composition] of compositions.entries()) {
        const neutral = composition.expected - composition.rhythm;
        const scale = neutral === 0 ? 1 : (expected[index] ?? 0) / neutral;
        const row = contributions.subarray(index * (KERNEL_COUNT + 1), (index + 1) * (KERNEL_COUNT + 1));
        const { level, kernels, decayed } = composition;
        expect(Math.abs(total(row) / scale - total(kernels) - level)).toBeLessThan(1e-6);
        for (const [k, kernel] of kernels.entries()) {
          expect(kernel * scale).toBeLessThan((row[k + 1] ?? 0) + 1e-6);
          expect(Math.abs(kernel - (decayed[k] ?? 0) * (area.perIncident[k] ?? 0))).toBeLessThan(1e-6);
        }
      }
    }
  });

  it('credits an incident with exactly what the forecast loses without it', async () => {
    const nowMs = START_MS + 305 * DAY_MS;
    const [here = '', beside = ''] = PATCH;
    const latest = knownIncident({ cell: beside, occurredAtMs: nowMs - 20 * HOUR_MS });
    const past = [...unevenPast(PATCH, 300, 20), latest];
    const history = historyOf(past);
    const context = featureContext(history, 'burglary', { fromMs: nowMs, toMs: nowMs + DAY_MS, nowMs });
    const composed = async (): Promise<number> => {
      const cells = [Int32Array.of(history.indexOf(here))];
      const { compositions } = await compose(model, context, 'burglary', cells);
      return (compositions[0]?.level ?? NaN) + total(compositions[0]?.kernels ?? []);
    };
    const withIt = await composed();
    history.remove(latest);
    const without = await composed();
    const { incidents: terms } = await explain(past, [here], { theme: 'burglary', horizonHours: 24, nowMs });
    const credited = terms.filter(({ age }) => age === '3-days');
    expect(credited.map(({ near, kind, incidents: count }) => [near, kind, count])).toEqual([
      ['around', 'theme', 1],
    ]);
    expect(Math.abs(total(credited) - (withIt - without))).toBeLessThan(1e-7);
    expect(total(credited)).toBeGreaterThan(1e-4);
  });

  it('dates incidents by the day on which they happened, not by the pace at which they are forgotten', async () => {
    const nowMs = START_MS + 400 * DAY_MS;
    const ages = [1, 2, 10, 60, 200, 380, 390];
    const past = [
      ...ages.map((days) => knownIncident({ cell: PATCH[0] ?? '', occurredAtMs: nowMs - days * DAY_MS })),
      ...PATCH.map((cell, i) =>
        knownIncident({ cell, occurredAtMs: nowMs - (20 + i) * DAY_MS, category: 'drugs' }),
      ),
    ];
    const question = { theme: 'burglary', horizonHours: 24, nowMs } as const;
    const { incidents: terms } = await explain(past, [PATCH[0] ?? ''], question);
    const here = terms.filter(({ near, kind }) => near === 'here' && kind === 'theme');
    expect(here.map(({ age, incidents: count }) => [age, count])).toEqual(
      expect.arrayContaining([
        ['3-days', 2],
        ['30-days', 1],
        ['90-days', 1],
        ['365-days', 1],
        ['earlier', null],
      ]),
    );
    const each = (age: string): number => here.find((term) => term.age === age)?.expected ?? NaN;
    expect(each('3-days') / 2).toBeGreaterThan(each('30-days'));
    expect(each('30-days')).toBeGreaterThan(each('90-days'));
    const all = terms.filter(({ near, kind, age }) => near === 'here' && kind === 'all' && age === '30-days');
    expect(all.map((term) => term.incidents)).toEqual([2]);
  });

  it('tells neither the age nor the number of what may not be placed so finely, and leaves nothing over', async () => {
    const nowMs = START_MS + 100 * DAY_MS;
    const cell = PATCH[0] ?? '';
    const violence = (days: number, markers: KnownIncident['markers'] = []): KnownIncident =>
      knownIncident({ cell, occurredAtMs: nowMs - days * DAY_MS, category: 'violence', markers });
    const question = { theme: 'violence', horizonHours: 24, nowMs } as const;
    const told = (terms: readonly IncidentTerm[]): (readonly [string, number | null])[] =>
      terms.filter(({ kind }) => kind === 'theme').map(({ age, incidents: count }) => [age, count]);
    const past = [
      violence(1, ['domestic']),
      violence(2, ['domestic']),
      violence(50),
      violence(60),
      violence(20),
    ];
    const open = await explain(past, [cell], question);
    const guarded = await explain(past, [cell], question, { mayTell: (one) => !isSensitive(one) });
    expect(told(open.incidents)).toEqual([
      ['3-days', 2],
      ['90-days', 2],
      ['30-days', 1],
    ]);
    expect(told(guarded.incidents)).toEqual([
      ['90-days', 2],
      ['30-days', 1],
    ]);
    expect(total(guarded.terms)).toBeCloseTo(total(open.terms), 12);
    // Nothing but such incidents: then that something happened is all there is to say.
    const alone = await explain([violence(1, ['domestic']), violence(3, ['domestic'])], [cell], question, {
      mayTell: (one) => !isSensitive(one),
    });
    expect(told(alone.incidents)).toEqual([['any-time', null]]);
    expect(Math.abs(total(alone.terms) - alone.expected)).toBeLessThan(1e-6);
  });

  it('claims no age where the incidents at hand are not those that were counted', async () => {
    const past = unevenPast(PATCH, 60, 20);
    const nowMs = START_MS + 60 * DAY_MS;
    const question = { theme: 'all', horizonHours: 8, nowMs } as const;
    const cell = PATCH[0] ?? '';
    const more = knownIncident({ cell, occurredAtMs: nowMs - HOUR_MS });
    for (const incidentsAtHand of [[...past, more], past.slice(0, -30)]) {
      const {
        incidents: terms,
        expected,
        terms: all,
      } = await explain(past, [cell], question, { incidents: incidentsAtHand });
      expect(new Set(terms.map(({ age }) => age))).toEqual(new Set(['any-time']));
      expect(Math.abs(total(all) - expected)).toBeLessThan(1e-6);
    }
  });
});

describe('incidents that are on their way', () => {
  it('are left out, as they were not counted yet; where that does not help, nothing is claimed', async () => {
    const past = unevenPast(PATCH, 60, 20);
    const nowMs = START_MS + 60 * DAY_MS;
    const cell = PATCH[0] ?? '';
    const { attribution } = await explain(past, [cell], { theme: 'theft', horizonHours: 8, nowMs });
    const onTheirWay = [1, 2, 3].map((hours) =>
      knownIncident({
        cell,
        occurredAtMs: nowMs - hours * HOUR_MS,
        category: hours === 2 ? 'drugs' : 'burglary',
      }),
    );
    const latestFirst = [...onTheirWay, ...past.toReversed()];
    expect(countedOf(attribution, latestFirst, 5)).toEqual(past.toReversed());
    expect(countedOf(attribution, past.toReversed(), 5)).toEqual(past.toReversed());
    expect(countedOf(attribution, latestFirst, 2)).toBeUndefined();
    expect(countedOf(attribution, past.slice(0, -30).toReversed(), 5)).toBeUndefined();
  });
});

describe('a coarse explanation', () => {
  it('is the sum of its fine ones', async () => {
    const past = unevenPast(PATCH, 200, 20);
    const nowMs = START_MS + 200 * DAY_MS;
    const history = historyOf(past);
    const context = featureContext(history, 'theft', { fromMs: nowMs, toMs: nowMs + 24 * HOUR_MS, nowMs });
    const parent = coarseCell(PATCH[0] ?? '');
    const indices = [...history.cells.entries()]
      .filter(([, cell]) => coarseCell(cell) === parent)
      .map(([index]) => index);
    expect(indices.length).toBeGreaterThan(3);
    const sets = [Int32Array.from(indices), ...indices.map((index) => Int32Array.of(index))];
    const { compositions } = await compose(model, context, 'theft', sets);
    const [whole, ...parts] = compositions;
    for (const figure of ['expected', 'level', 'rhythm'] as const) {
      expect(whole?.[figure]).toBeCloseTo(
        parts.reduce((sum, part) => sum + part[figure], 0),
        6,
      );
    }
    whole?.kernels.forEach((kernel, k) => {
      expect(kernel).toBeCloseTo(
        parts.reduce((sum, part) => sum + (part.kernels[k] ?? 0), 0),
        6,
      );
    });
  });
});
