/** Leaks planted in a backtest, one by one: its own checks catch each, and let the honest one pass. */
import { describe, expect, it } from 'vitest';
import { runBacktest, type BacktestRequest } from '../../../models/evaluation/backtest.ts';
import { NAIVE_MAP } from '../../../models/evaluation/baselines/naive-map.ts';
import type { Baseline, PlaceMap } from '../../../models/evaluation/baselines/baseline.ts';
import type { TestedModel } from '../../../models/evaluation/forecasters.ts';
import { LeakageFound } from '../../../models/evaluation/leakage-found.ts';
import { HONEST_STEPS } from '../../../models/evaluation/setting.ts';
import { ALL, type KnownIncident } from '../../../models/features/counted-incident.ts';
import { KERNEL_NAMES, type Features } from '../../../models/features/feature-vector.ts';
import { KERNEL_COUNT } from '../../../models/features/relative-counts.ts';
import { Walk } from '../../../models/walk-forward.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS, unevenPast } from '../../support/known-incidents.ts';

const CELLS = patch(4);
const ELSEWHERE = patch(7).slice(-6);
const TEST_FROM = START_MS + 60 * DAY_MS;
const timeZone = new TimeZone('Europe/London');

/** Half of the incidents are reported two days late. */
const incidents = unevenPast(CELLS, 90, 40).map((incident, i) => ({
  ...incident,
  knownAtMs: incident.occurredAtMs + (i % 2 === 0 ? 2 * DAY_MS : 0),
}));

const OWN_WEEK = KERNEL_NAMES.indexOf('own-7d');
/** As much in each cell as there has lately been. */
const honestModel: TestedModel = {
  dispersionOf: () => 0,
  expected: ({ cells, relative, expectation }) =>
    Promise.resolve(
      Float32Array.from(
        { length: cells },
        (_, cell) => expectation * (0.1 + 0.9 * (relative[cell * KERNEL_COUNT + OWN_WEEK] ?? 0)),
      ),
    ),
};

function backtest(change: Partial<BacktestRequest> = {}): ReturnType<typeof runBacktest> {
  return runBacktest({
    ...{ incidents, group: ALL, timeZone, horizon: { hours: 24 }, model: honestModel, theme: 'all' },
    span: { fromMs: TEST_FROM, toMs: TEST_FROM + 28 * DAY_MS },
    baselines: [],
    ...change,
  });
}

async function complaintOf(running: Promise<unknown>): Promise<string> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof LeakageFound ? error.message : `no leak found: ${String(error)}`;
}

/** Learns of incidents `aheadMs` before they are known. */
class EarlyWalk extends Walk {
  static aheadMs = HOUR_MS;
  override advance(untilMs: number): void {
    super.advance(untilMs + EarlyWalk.aheadMs);
  }
}

describe('a backtest', { timeout: 60_000 }, () => {
  it('passes its own checks where nothing leaks', async () => {
    const { checkedForLeaksMs, model } = await backtest();
    expect(checkedForLeaksMs.map((atMs) => (atMs - TEST_FROM) / DAY_MS)).toEqual([0, 14, 27]);
    expect(model.observed).toBeGreaterThan(1_000);
  });

  describe('catches a leak in time', () => {
    it('when the history runs an hour ahead', async () => {
      const walk = (...given: ConstructorParameters<typeof Walk>): Walk => new EarlyWalk(...given);
      const complaint = await complaintOf(backtest({ steps: { ...HONEST_STEPS, walk } }));
      expect(complaint).toMatch(
        /^the forecast of the model for 2024-03-01\S+ changes when what became known later/,
      );
    });

    it('when it counts what happened before the window, though nobody knew yet', async () => {
      const walk: typeof HONEST_STEPS.walk = (history, known) =>
        new Walk(
          history,
          known.map((incident) => ({ ...incident, knownAtMs: incident.occurredAtMs })),
        );
      const complaint = await complaintOf(backtest({ steps: { ...HONEST_STEPS, walk } }));
      expect(complaint).toMatch(/^the forecast of the model for /);
    });

    it('when a model has the outcome from somewhere else', async () => {
      // Without hours each call is one window, which its features tell again from all others.
      const days = incidents.map((incident): KnownIncident => ({ ...incident, timePrecision: 'day' }));
      const windows = new Map<string, Uint16Array>();
      const nameOf = ({ relative }: Features): string => relative.slice(0, 10 * KERNEL_COUNT).join();
      const names: string[] = [];
      await backtest({
        incidents: days,
        model: {
          ...honestModel,
          expected: (features, theme) => {
            names.push(nameOf(features));
            return honestModel.expected(features, theme);
          },
        },
        onWindow: ({ observed }) => {
          windows.set(names.at(-1) ?? '', observed);
          return Promise.resolve();
        },
      });
      const peeking: TestedModel = {
        ...honestModel,
        expected: async (features, theme) => {
          const expected = await honestModel.expected(features, theme);
          const came = windows.get(nameOf(features));
          return expected.map((mean, cell) => mean * (0.3 + (came?.[cell] ?? 0)));
        },
      };
      expect(await complaintOf(backtest({ incidents: days, model: peeking }))).toMatch(
        /^the model fits each window .* knows what it was to forecast$/,
      );
    });

    it('when a baseline has the outcome from somewhere else', async () => {
      const peeking: Baseline = {
        ...NAIVE_MAP,
        title: 'peeking map',
        fit: (past) => {
          const honest = NAIVE_MAP.fit(past);
          const indices = new Map(past.ground.cells.map((cell, index) => [cell, index]));
          const open = (): PlaceMap => ({
            at: (known, window) => {
              const map = honest.open().at(known, window);
              const weights = new Float64Array(map.length).fill(0.3);
              for (const { cell, occurredAtMs } of incidents) {
                const index = indices.get(cell) ?? -1;
                const isIn = occurredAtMs >= window.fromMs && occurredAtMs < window.toMs;
                if (isIn) weights[index] = (weights[index] ?? 0) + 1;
              }
              return map.map((value, index) => value * (weights[index] ?? 0));
            },
          });
          return { ...honest, open };
        },
      };
      expect(await complaintOf(backtest({ baselines: [peeking] }))).toMatch(
        /^the peeking map fits each window .* knows what it was to forecast$/,
      );
    });
  });

  describe('catches a choice of cells from later incidents', () => {
    it.each([
      ['of the test', 70],
      ['of the training period', 50],
    ])('%s', async (_, day) => {
      const elsewhere = ELSEWHERE.map((cell) =>
        knownIncident({ cell, occurredAtMs: START_MS + day * DAY_MS, knownAtMs: START_MS + day * DAY_MS }),
      );
      const fixCells: typeof HONEST_STEPS.fixCells = (walk, fixedAtMs, known, given) => {
        for (const { cell } of known) walk.history.area.take(cell);
        HONEST_STEPS.fixCells(walk, fixedAtMs, known, given);
      };
      const request = { incidents: [...incidents, ...elsewhere] };
      expect(await complaintOf(backtest(request))).toMatch(/^no leak found/);
      expect(await complaintOf(backtest({ ...request, steps: { ...HONEST_STEPS, fixCells } }))).toMatch(
        /^the cells, fixed at 2024-02-01\S+, were chosen from later incidents: 89/,
      );
    });
  });
});
