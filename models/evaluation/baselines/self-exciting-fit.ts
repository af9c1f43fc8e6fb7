/** Fits a self-exciting process to the incidents of each cell by expectation and maximisation. */
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts';
import type { KnownPast } from './known-past.ts';

/**
 * λ(t) = μ + θ ω Σ exp(−ω (t − t_i)) over the earlier incidents of the same cell (Mohler et al. 2015); μ per cell, θ
 * and ω the same for all.
 */
export interface SelfExcitingProcess {
  /** How much past it was fitted to. */
  days: number;
  /** Incidents a day that nothing brought on, per cell. */
  backgroundPerDay: Float64Array;
  /** How many an incident brings on. */
  offspring: number;
  /** ω: one over the mean days until it does. */
  decayPerDay: number;
}

/**
 * As many as PredictCode takes. More of them follow bursts of minutes ever more closely, which say nothing of tomorrow:
 * with 200 the process gains 0.005 nats less on St. Louis.
 */
const ROUNDS = 20;
const START = { offspring: 0.5, decayPerDay: 1 };
const SLOWEST_PER_DAY = 1 / 365;
const FASTEST_PER_DAY = 24;
/**
 * Reports of one minute in one cell are one event's: several victims, or one call entered twice. Did they bring each
 * other on, ω would run away to infinity, and the fit forecast nothing.
 */
const SAME_EVENT_DAYS = MINUTE_MS / DAY_MS;

interface Sums {
  background: Float64Array;
  /** Σ P(i brought on j), and the same weighted by the days between; both with what lies beyond the end (Lewis & Mohler 2011). */
  broughtOn: number;
  broughtOnDays: number;
  parents: number;
}

/** To what is known of the last `mostDays` before `untilMs`, or of all there is where that is shorter. */
export function fitSelfExcitingProcess(
  known: KnownPast,
  cells: number,
  untilMs: number,
  mostDays: number,
  rounds = ROUNDS,
): SelfExcitingProcess {
  const { times, spanDays } = timesByCell(known, cells, untilMs, mostDays);
  let process: SelfExcitingProcess = {
    ...START,
    days: spanDays,
    backgroundPerDay: Float64Array.from(times, ({ length }) => length / spanDays),
  };
  for (let round = 0; round < rounds; round++)
    process = maximised(expectation(times, spanDays, process), spanDays);
  return process;
}

/** Days since the beginning, ascending. */
function timesByCell(
  known: KnownPast,
  cells: number,
  untilMs: number,
  mostDays: number,
): { times: Float64Array[]; spanDays: number } {
  const earliestMs = known.atMs.reduce((first, atMs) => Math.min(first, atMs), untilMs - DAY_MS);
  const fromMs = Math.max(earliestMs, untilMs - mostDays * DAY_MS);
  const lists = Array.from({ length: cells }, (): number[] => []);
  for (let i = 0; i < known.count; i++) {
    const atMs = known.atMs[i] ?? 0;
    if (atMs >= fromMs) lists[known.cell[i] ?? -1]?.push((atMs - fromMs) / DAY_MS);
  }
  return {
    times: lists.map((list) => Float64Array.from(list).sort()),
    spanDays: (untilMs - fromMs) / DAY_MS,
  };
}

function maximised(
  { background, broughtOn, broughtOnDays, parents }: Sums,
  days: number,
): SelfExcitingProcess {
  const decay = broughtOnDays > 0 ? broughtOn / broughtOnDays : FASTEST_PER_DAY;
  return {
    days,
    backgroundPerDay: background.map((incidents) => incidents / days),
    offspring: parents > 0 ? broughtOn / parents : 0,
    decayPerDay: Math.min(FASTEST_PER_DAY, Math.max(SLOWEST_PER_DAY, decay)),
  };
}

function expectation(times: readonly Float64Array[], spanDays: number, process: SelfExcitingProcess): Sums {
  const { backgroundPerDay, offspring, decayPerDay } = process;
  const sums: Sums = {
    background: new Float64Array(times.length),
    broughtOn: 0,
    broughtOnDays: 0,
    parents: 0,
  };
  times.forEach((ofCell, cell) => {
    const background = backgroundPerDay[cell] ?? 0;
    // Σ exp(−ω age) and Σ age · exp(−ω age) over what may have brought on the incident, carried along in time.
    let [weights, weightedAges, asOf, parent] = [0, 0, 0, 0];
    for (const [i, at] of ofCell.entries()) {
      const faded = Math.exp(-decayPerDay * (at - asOf));
      weightedAges = faded * (weightedAges + (at - asOf) * weights);
      weights *= faded;
      asOf = at;
      for (; parent < i; parent++) {
        const age = at - (ofCell[parent] ?? at);
        if (age < SAME_EVENT_DAYS) break;
        const weight = Math.exp(-decayPerDay * age);
        weights += weight;
        weightedAges += age * weight;
      }
      const rate = background + offspring * decayPerDay * weights;
      if (rate > 0) {
        sums.background[cell] = (sums.background[cell] ?? 0) + background / rate;
        sums.broughtOn += (offspring * decayPerDay * weights) / rate;
        sums.broughtOnDays += (offspring * decayPerDay * weightedAges) / rate;
      }
      const left = spanDays - at;
      const beyondEnd = Math.exp(-decayPerDay * left);
      sums.parents += 1 - beyondEnd;
      sums.broughtOnDays += offspring * left * beyondEnd;
    }
  });
  return sums;
}
