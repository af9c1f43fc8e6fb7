/** Finds out what chance alone does to the scan: it is let loose on replicas in which nothing else is at work. */
import { DAY_MS, HOUR_MS, type TimeZone } from '../../shared/time.ts';
import { knownShare, type Completeness } from '../../shared/reporting-delay.ts';
import { seededRandom } from '../evaluation/seeded-random.ts';
import { fitTail, TAIL_SHARE, type ChanceTail, type Tally } from './chance.ts';
import { Clusters, levelsFor } from './clusters.ts';
import { chanceIncidents } from './replicas.ts';
import { Scan, type Candidate } from './scan.ts';
import type { ScanGrid } from './scan-grid.ts';
import { LONGEST_WINDOW_MS } from './scan-windows.ts';
import { TIMELY_MS, toldLate } from './told-late.ts';
import { expectedPerWeek, WeeklyExpectation, type WeeklyField } from './weekly-field.ts';

export interface CalibrationOptions {
  grid: ScanGrid;
  field: WeeklyField;
  timeZone: TimeZone;
  dispersion: number;
  /** How soon incidents become known; all at once unless given. */
  completeness?: Completeness | undefined;
  seed: number;
  /** How many incidents the replica has, which decides what it costs; whole days at least. */
  incidents?: number;
  /** The longest replica, for themes of which little happens. */
  maxDays?: number;
}

/** Two seconds of work, and about a hundred clusters of chance at once a day. */
const DEFAULT_INCIDENTS = 60_000;
const DEFAULT_MAX_DAYS = 400;
/** A Monday, far from changes of the clocks. */
const START_MS = Date.UTC(2026, 0, 5);
const LOWEST_SCORE = 5;
const SCORE_STEP = 0.5;
const SLICE_INCIDENTS = 100;
const HIGHEST_SCORE = 30;

/**
 * The tail of the clusters that chance opens per day, with the very code that detects. The level of the force, the fewest incidents, overlaps and
 * how long a cluster stays open are therefore in it.
 */
export function calibrate(options: CalibrationOptions): ChanceTail {
  const slices = calibrationSlices(options);
  for (let slice = slices.next(); ; slice = slices.next()) if (slice.done === true) return slice.value;
}

/** The same in slices of some milliseconds, for a process that has other things to do in between. */
export function* calibrationSlices(options: CalibrationOptions): Generator<undefined, ChanceTail> {
  const { grid, field, timeZone, dispersion, seed, completeness } = options;
  const { incidents = DEFAULT_INCIDENTS, maxDays = DEFAULT_MAX_DAYS } = options;
  const perDay = expectedPerWeek(field) / 7;
  const days = Math.max(7, Math.min(maxDays, Math.ceil(incidents / Math.max(perDay, Number.MIN_VALUE))));
  const reportedShare = completeness && ((ageMs: number) => knownShare(completeness, ageMs));
  const scan = new Scan({
    grid,
    expectation: new WeeklyExpectation(field, timeZone, reportedShare),
    dispersion,
  });
  const span = { fromMs: START_MS - LONGEST_WINDOW_MS - HOUR_MS, toMs: START_MS + days * DAY_MS, timeZone };
  let counted = 0;
  const candidates: { candidate: Candidate; atMs: number }[] = [];
  const random = seededRandom(seed);
  for (const told of toldLate(chanceIncidents(field, span, dispersion, random), completeness, random)) {
    const { cell, occurredMs, atMs } = told;
    scan.add(cell, occurredMs, atMs);
    if (atMs < START_MS || atMs >= span.toMs) continue;
    counted++;
    if (atMs - occurredMs > TIMELY_MS) continue;
    const candidate = scan.strongest(cell, atMs, LOWEST_SCORE * levelsFor(1).stay);
    if (candidate !== undefined) candidates.push({ candidate, atMs });
    if (counted % SLICE_INCIDENTS === 0) yield;
  }
  const tallies: Tally[] = [];
  // From the highest score down, until it is the body of the distribution that opens clusters.
  for (let score = HIGHEST_SCORE; score >= LOWEST_SCORE; score -= SCORE_STEP) {
    const clusters = clustersOpened(candidates, grid, score);
    tallies.unshift({ score, clusters });
    yield;
    if (clusters > counted * TAIL_SHARE) break;
  }
  return fitTail(tallies, { days, incidents: counted });
}

function clustersOpened(
  candidates: readonly { candidate: Candidate; atMs: number }[],
  grid: ScanGrid,
  score: number,
): number {
  const levels = levelsFor(score);
  const clusters = new Clusters(grid, levels);
  let opened = 0;
  for (const { candidate, atMs } of candidates) {
    if (candidate.score < levels.stay) continue;
    clusters.expire(atMs);
    if (clusters.take(candidate, atMs)?.isNew === true) opened++;
  }
  return opened;
}
