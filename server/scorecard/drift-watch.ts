/** Judges forecasts by their settled scores: whether they drift, and whether what drifted is back. */
import type { FastifyBaseLogger } from 'fastify';
import { driftOf, hasRecovered, type DayTotals, type Drift } from '../../models/evaluation/drift.ts';
import type { TimeZone } from '../../shared/time.ts';
import type { Database } from '../store/database.ts';
import { endDrift, saveDrift, selectDrift } from '../store/drift-store.ts';
import { selectLatestSettled, type Series, type StoredScore } from '../store/score-store.ts';
import type { DriftSetting } from './drift-setting.ts';

/** Four weeks, where no window was left out. */
const DAYS = 28;
/** Where more of the past than this is known too coarsely, more is expected than can be counted. */
const LEAST_TIMED_SHARE = 0.95;

export interface DriftWatchOptions {
  database: Database;
  timeZone: TimeZone;
  setting: DriftSetting;
  log: FastifyBaseLogger;
}

export class DriftWatch {
  readonly #options: DriftWatchOptions;

  constructor(options: DriftWatchOptions) {
    this.#options = options;
  }

  /** Called when another window of the series has settled. Any number of processes may judge the same. */
  async judge(series: Series, modelId: string): Promise<void> {
    const { database, timeZone, setting, log } = this.#options;
    if (setting.act === 'none') return;
    const before = await selectDrift(database, series, modelId);
    const scores = await selectLatestSettled(database, series, {
      modelId,
      fromMs: before?.judgedFromMs ?? -Infinity,
      most: (DAYS * 24) / series.horizonHours,
    });
    const judged = scores.filter(({ covered, timedShare }) => covered && timedShare >= LEAST_TIMED_SHARE);
    const latest = judged.at(-1);
    if (latest === undefined) return;
    const days = dayTotals(judged, timeZone);
    const drift = driftOf(days, setting, latest.dispersion);
    const wasDrifting = before !== undefined && before.reason !== null;
    if (drift !== undefined) {
      const reason = driftReason(drift);
      await saveDrift(database, series, { modelId, reason, sinceMs: latest.toMs });
      if (!wasDrifting) log.warn({ ...series, modelId, reason }, 'a forecast drifts');
    } else if (wasDrifting && hasRecovered(days, setting)) {
      await endDrift(database, series, { modelId, sinceMs: latest.toMs });
      log.warn({ ...series, modelId }, 'a forecast that drifted has recovered');
    }
  }
}

/** By the local days in which the windows begin. */
function dayTotals(scores: readonly StoredScore[], timeZone: TimeZone): DayTotals[] {
  const days = new Map<number, DayTotals>();
  for (const { fromMs, model, naiveMap } of scores) {
    const day = timeZone.startOfDay(fromMs);
    const total = days.get(day) ?? { expected: 0, observed: 0, gainOverNaive: 0 };
    total.expected += model.expected;
    total.observed += model.observed;
    total.gainOverNaive += model.gain - naiveMap.gain;
    days.set(day, total);
  }
  return [...days.values()];
}

/** One line for those who read the forecast: what was expected, what came, over how long. */
function driftReason({ kind, days, expected, observed, gainOverNaive }: Drift): string {
  switch (kind) {
    case 'fewer':
    case 'more':
      return `${observed} incidents came on the last ${days} days, ${expected.toFixed(expected < 10 ? 1 : 0)} were expected`;
    case 'worse-than-naive':
      return `last year’s counts foretold the last ${days} days better, by ${(-gainOverNaive).toFixed(3)} nats an incident`;
  }
}
