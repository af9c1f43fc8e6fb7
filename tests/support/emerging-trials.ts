/** Trials of detection: clusters of known size put into a city of chance, with the scan and plain counts at one false-alarm rate. */
import { calibrate } from '../../models/emerging/calibrate.ts';
import { scoreOnceIn } from '../../models/emerging/chance.ts';
import { cellsOf, Clusters, levelsFor } from '../../models/emerging/clusters.ts';
import { chanceIncidents, type ChanceIncident } from '../../models/emerging/replicas.ts';
import { Scan, type Candidate } from '../../models/emerging/scan.ts';
import { WeeklyExpectation } from '../../models/emerging/weekly-field.ts';
import { seededRandom } from '../../models/evaluation/seeded-random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts';
import { LONDON, type EmergingCity } from './emerging-city.ts';
import { PLAIN_COUNTS, PlainCount } from './plain-count.ts';

const START_MS = Date.UTC(2026, 0, 5);

export interface TrialOptions {
  city: EmergingCity;
  /** Of the city itself. */
  dispersion: number;
  /** What the scan takes it for; the truth unless said otherwise. */
  assumedDispersion?: number;
  promisedDays: number;
  /** Of the replicas that scan and counts are set by. */
  incidents: number;
}

interface Threshold {
  count: number;
  /** How often the count below is taken, so that false alarms come exactly as often as the scan's. */
  shareBelow: number;
}

export interface Detectors extends TrialOptions {
  /** The scan's score. */
  enter: number;
  /** Of each of `PLAIN_COUNTS`. */
  thresholds: Threshold[];
}

/** Sets the scan and each plain count to the same rate of false alarms. */
export function detectorsAt(options: TrialOptions): Detectors {
  const { city, dispersion, assumedDispersion = dispersion, promisedDays, incidents } = options;
  const tail = calibrate({ ...city, timeZone: LONDON, dispersion: assumedDispersion, seed: 1, incidents });
  const plain = new PlainCount(city.grid);
  const taken: { candidates: Candidate[]; atMs: number }[] = [];
  const span = { fromMs: START_MS - DAY_MS, toMs: START_MS + tail.days * DAY_MS, timeZone: LONDON };
  for (const { cell, atMs } of chanceIncidents(city.field, span, dispersion, seededRandom(2))) {
    plain.add(cell, atMs);
    if (atMs >= START_MS) taken.push({ candidates: plain.most(cell, atMs), atMs });
  }
  const thresholds = PLAIN_COUNTS.map((_, which) => {
    const rateAt = (count: number): number => {
      const clusters = new Clusters(city.grid, levelsFor(count));
      let opened = 0;
      for (const { candidates, atMs } of taken) {
        const candidate = candidates[which];
        if (candidate === undefined) continue;
        clusters.expire(atMs);
        if (clusters.take(candidate, atMs)?.isNew === true) opened++;
      }
      return opened / tail.days;
    };
    let count = Math.max(...taken.map(({ candidates }) => candidates[which]?.score ?? 0)) + 1;
    let [rate, below] = [0, 0];
    while (count > 2 && (below = rateAt(count - 1)) <= 1 / promisedDays) [count, rate] = [count - 1, below];
    return { count, shareBelow: below > rate ? (1 / promisedDays - rate) / (below - rate) : 0 };
  });
  return { ...options, enter: scoreOnceIn(tail, promisedDays), thresholds };
}

export interface Outcome {
  /** Of the scan: minutes from the cluster's start; `undefined` where it was missed. */
  scan: number | undefined;
  /** Of each of `PLAIN_COUNTS`, and at one count below. */
  plain: { at: number | undefined; below: number | undefined }[];
}

/** One cluster at a place as likely as what happens there usually, in it and its neighbours, at any time of a week. */
export function trial(
  detectors: Detectors,
  { size, durationMs, seed }: { size: number; durationMs: number; seed: number },
): Outcome {
  const { city, dispersion, assumedDispersion = dispersion, enter, thresholds } = detectors;
  const { grid, field } = city;
  const random = seededRandom(seed);
  const beginMs = START_MS + Math.floor(random() * 168) * HOUR_MS;
  const clusterMs = beginMs + DAY_MS;
  const endMs = clusterMs + durationMs + 30 * MINUTE_MS;
  const span = { fromMs: beginMs, toMs: endMs, timeZone: LONDON };
  const usual = [...chanceIncidents(field, span, dispersion, random)].filter(({ atMs }) => atMs < endMs);
  const centre = usual[Math.floor(random() * usual.length)]?.cell ?? 0;
  const around = cellsOf({ centre, rings: 1 }, grid);
  const extras = Array.from({ length: size }, (): ChanceIncident => {
    const cell = random() < 0.4 ? centre : (around[Math.floor(random() * around.length)] ?? centre);
    return { cell, atMs: clusterMs + random() * durationMs };
  });
  const place = new Set(extras.map(({ cell }) => cell));
  const isThere = (candidate: Candidate): boolean => cellsOf(candidate, grid).some((cell) => place.has(cell));

  const scan = new Scan({
    grid,
    expectation: new WeeklyExpectation(field, LONDON),
    dispersion: assumedDispersion,
  });
  const count = new PlainCount(grid);
  const clusters = new Clusters(grid, levelsFor(enter));
  const counted = thresholds.map((threshold) => ({
    at: new Clusters(grid, levelsFor(threshold.count)),
    below: new Clusters(grid, levelsFor(threshold.count - 1)),
  }));
  const outcome: Outcome = {
    scan: undefined,
    plain: thresholds.map(() => ({ at: undefined, below: undefined })),
  };
  for (const { cell, atMs } of [...usual, ...extras].sort((one, other) => one.atMs - other.atMs)) {
    scan.add(cell, atMs, atMs);
    count.add(cell, atMs);
    if (atMs < clusterMs) continue;
    const minutes = (atMs - clusterMs) / MINUTE_MS;
    const candidate = scan.strongest(cell, atMs);
    const opens = (one: Candidate, into: Clusters): boolean =>
      into.take(one, atMs)?.isNew === true && isThere(one);
    if (candidate !== undefined && opens(candidate, clusters)) outcome.scan ??= minutes;
    count.most(cell, atMs).forEach((most, which) => {
      const [set, result] = [counted[which], outcome.plain[which]];
      if (set === undefined || result === undefined) return;
      if (opens(most, set.at)) result.at ??= minutes;
      if (opens(most, set.below)) result.below ??= minutes;
    });
  }
  return outcome;
}

export interface Power {
  size: number;
  /** Shares detected. */
  scan: number;
  plain: number;
  /** Minutes from the start of each detected cluster. */
  scanDelays: number[];
  plainDelays: number[];
}

export interface Powers {
  bySize: Power[];
  /** The plain count that does best over all sizes together: a control room has one, and does not know the size before. */
  plainCount: string;
}

/** Many trials of each size; a plain count is mixed from the two thresholds between which the rate of false alarms lies. */
export function powers(
  detectors: Detectors,
  {
    sizes,
    durationMs,
    trials,
    seed,
  }: { sizes: readonly number[]; durationMs: number; trials: number; seed: number },
): Powers {
  const outcomes = sizes.map((size) =>
    Array.from({ length: trials }, (_, i) =>
      trial(detectors, { size, durationMs, seed: seed + size * 100_003 + i }),
    ),
  );
  const mean = (of: readonly { share: number }[]): number => of.reduce((sum, { share }) => sum + share, 0);
  const [best] = PLAIN_COUNTS.map(({ rings, minutes }, which) => {
    const { count = 0, shareBelow = 0 } = detectors.thresholds[which] ?? {};
    const bySize = outcomes.map((ofSize) => {
      const at = seen(ofSize.map((outcome) => outcome.plain[which]?.at));
      const below = seen(ofSize.map((outcome) => outcome.plain[which]?.below));
      const share = (shareBelow * below.length + (1 - shareBelow) * at.length) / trials;
      return { share, delays: shareBelow > 0.5 ? below : at };
    });
    return { bySize, name: `${count} within ${minutes} minutes and ${rings} rings` };
  }).sort((one, other) => mean(other.bySize) - mean(one.bySize));
  return {
    bySize: sizes.map((size, i) => {
      const scanDelays = seen(outcomes[i]?.map(({ scan }) => scan) ?? []);
      const { share = 0, delays = [] } = best?.bySize[i] ?? {};
      return { size, scan: scanDelays.length / trials, plain: share, scanDelays, plainDelays: delays };
    }),
    plainCount: best?.name ?? '',
  };
}

function seen(delays: readonly (number | undefined)[]): number[] {
  return delays.filter((delay) => delay !== undefined);
}
