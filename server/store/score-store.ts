/** Scores of issued forecasts, one row per window and stage: sums, so that any span can be pooled. */
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { ScoreStage } from '../../shared/scorecard.ts';
import type { Theme } from '../../shared/theme.ts';
import { AREA_SHARES } from '../../models/evaluation/ranking.ts';
import type { WindowScore } from '../../models/evaluation/window-score.ts';
import type { Database, Transaction } from './database.ts';

/** Whose forecasts are scored. */
export interface Series {
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
}

export interface StoredScore extends Series, WindowScore {
  stage: ScoreStage;
  fromMs: number;
  toMs: number;
  modelId: string;
  dispersion: number;
  /** Of the incidents of the year before, the share whose time is known finely enough for this horizon. */
  timedShare: number;
  /** Whether later happenings were told of by then, so that a window without incidents was one; null when closed. */
  covered: boolean | null;
  /** Incidents that happened in none of the forecast's cells. */
  outside: number;
}

/** A score that stands already is left as it is. */
export async function insertScore(transaction: Transaction, score: StoredScore): Promise<void> {
  const { model, naiveMap } = score;
  await transaction.query(
    `insert into scores (force, theme, horizon_hours, stage, window_from, window_to, model_id, dispersion, timed_share,
       covered, cells, expected, observed, outside, coverage80, area_shares, best_hits,
       model_gain, model_areas, model_hits, naive_gain, naive_areas, naive_hits)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
     on conflict do nothing`,
    [
      score.force, score.theme, score.horizonHours, score.stage, new Date(score.fromMs), new Date(score.toMs),
      score.modelId, score.dispersion, score.timedShare, score.covered, score.cells, model.expected, model.observed,
      score.outside, score.coverage80, AREA_SHARES, model.byAreaShare.map(({ bestHits }) => bestHits),
      model.gain, model.byAreaShare.map(({ areaShare }) => areaShare), model.byAreaShare.map(({ hits }) => hits),
      naiveMap.gain, naiveMap.byAreaShare.map(({ areaShare }) => areaShare), naiveMap.byAreaShare.map(({ hits }) => hits),
    ],
  ); // prettier-ignore
}

interface ScoreRow {
  stage: ScoreStage;
  window_from: Date;
  window_to: Date;
  model_id: string;
  dispersion: number;
  timed_share: number;
  covered: boolean | null;
  cells: number;
  expected: number;
  observed: number;
  outside: number;
  coverage80: number;
  area_shares: number[];
  best_hits: number[];
  model_gain: number;
  model_areas: number[];
  model_hits: number[];
  naive_gain: number;
  naive_areas: number[];
  naive_hits: number[];
}

export interface ScoreSpan extends Series {
  stage: ScoreStage;
  /** Of the windows' beginnings. */
  fromMs: number;
  toMs: number;
}

/** Oldest first. */
export async function selectScores(database: Database, span: ScoreSpan): Promise<StoredScore[]> {
  const { force, theme, horizonHours, stage, fromMs, toMs } = span;
  const { rows } = await database.query<ScoreRow>(
    `select * from scores
     where force = $1 and theme = $2 and horizon_hours = $3 and stage = $4 and window_from >= $5 and window_from < $6
     order by window_from`,
    [force, theme, horizonHours, stage, new Date(fromMs), new Date(toMs)],
  );
  return rows.map((row) => scoreOf(span, row));
}

/** The latest so many settled scores of windows from `fromMs` on that one model forecast; oldest first. */
export async function selectLatestSettled(
  database: Database,
  { force, theme, horizonHours }: Series,
  { modelId, fromMs, most }: { modelId: string; fromMs: number; most: number },
): Promise<StoredScore[]> {
  const { rows } = await database.query<ScoreRow>(
    `select * from scores
     where force = $1 and theme = $2 and horizon_hours = $3 and stage = 'settled' and window_from >= $4 and model_id = $5
     order by window_from desc limit $6`,
    [force, theme, horizonHours, fromMs === -Infinity ? '-infinity' : new Date(fromMs), modelId, most],
  );
  return rows.reverse().map((row) => scoreOf({ force, theme, horizonHours }, row));
}

function scoreOf({ force, theme, horizonHours }: Series, row: ScoreRow): StoredScore {
  const { expected, observed } = row;
  return {
    ...{ force, theme, horizonHours, stage: row.stage, modelId: row.model_id, dispersion: row.dispersion },
    ...{ fromMs: row.window_from.getTime(), toMs: row.window_to.getTime() },
    ...{ timedShare: row.timed_share, covered: row.covered, outside: row.outside, cells: row.cells },
    coverage80: row.coverage80,
    model: {
      expected,
      observed,
      gain: row.model_gain,
      byAreaShare: shares(row, row.model_areas, row.model_hits),
    },
    naiveMap: {
      expected,
      observed,
      gain: row.naive_gain,
      byAreaShare: shares(row, row.naive_areas, row.naive_hits),
    },
  };
}

/** At today's shares, should a row have been made for others. */
function shares(
  { area_shares, best_hits }: ScoreRow,
  areas: readonly number[],
  hits: readonly number[],
): StoredScore['model']['byAreaShare'] {
  return AREA_SHARES.map((share) => {
    const s = area_shares.findIndex((kept) => Math.abs(kept - share) < 1e-6);
    return { areaShare: areas[s] ?? NaN, hits: hits[s] ?? NaN, bestHits: best_hits[s] ?? NaN };
  });
}
