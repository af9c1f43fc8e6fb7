/** What lies on replay's slider: how much became known when, alerts, outages, and what was issued. */
import type { Timeline } from '../../shared/replay.ts';
import { formatInstant, MINUTE_MS, type TimeZone } from '../../shared/time.ts';
import { permits } from '../access/policy.ts';
import type { View } from '../gateway/frames.ts';
import type { Database } from '../store/database.ts';
import { selectOutages } from '../store/feed-condition-store.ts';
import { selectAlertMarks, selectIssueMarks } from '../store/replay-marks-store.ts';
import { selectKnown, selectTallied } from '../store/replay-tally-store.ts';
import { selectTold } from '../store/told-store.ts';
import { repeatsAmong } from './repeats.ts';
import { runEnd } from './locate.ts';
import { keptRuns, replaySpan, type KeptRun } from './span.ts';
import { tallyOf, themeBits, type Tally } from './tally.ts';

type Asked = Pick<Database, 'query'>;

export interface TimelineQuestion {
  fromMs: number;
  toMs: number;
  bins: number;
}

export async function timelineOf(
  database: Asked,
  { fromMs, toMs, bins }: TimelineQuestion,
  view: View,
  timeZone: TimeZone,
): Promise<Timeline> {
  const { principal, forces, themes } = view;
  const span = { fromMs, toMs };
  const binMs = (toMs - fromMs) / bins;
  const runs = await keptRuns(database);
  const incidents = await emptyBins(database, runs, { fromMs, toMs, bins });
  const known = await selectKnown(database, span);
  for (const run of runs.filter((own) => own.start.stampMs < toMs && own.toMs >= fromMs))
    known.push(...(await untallied(database, run, timeZone)));
  const [wanted, own] = [themeBits(themes), new Set(forces)];
  for (const [force, bits, minute, count] of known) {
    const bin = Math.floor((minute * MINUTE_MS - fromMs) / binMs);
    const before = incidents[bin];
    if (before !== undefined && (bits & wanted) !== 0 && own.has(force))
      incidents[bin] = (before ?? 0) + count;
  }
  const alerts = permits(principal, { act: 'read-alerts' })
    ? await selectAlertMarks(database, { ...span, forces })
    : [];
  return {
    ...{ from: formatInstant(fromMs), to: formatInstant(toMs), binMs, incidents },
    alerts: alerts.map(({ id, force, priority, raisedMs, endedMs }) => ({
      ...{ id, at: formatInstant(raisedMs), priority, force },
      endedAt: endedMs === null ? null : formatInstant(endedMs),
    })),
    outages: permits(principal, { act: 'read-feeds' }) ? await selectOutages(database, span) : [],
    issued: (await selectIssueMarks(database, { ...span, forces, themes })).map(
      ({ issuedMs, horizonHours }) => ({ at: formatInstant(issuedMs), horizonHours }),
    ),
  };
}

/** 0 where something is kept of the bin, null where nothing is: that nobody knows how much is not none. */
async function emptyBins(
  database: Asked,
  runs: readonly KeptRun[],
  { fromMs, toMs, bins }: TimelineQuestion,
): Promise<(number | null)[]> {
  const binMs = (toMs - fromMs) / bins;
  const { fullFrom } = await replaySpan(database);
  const fullFromMs = fullFrom === null ? Infinity : Date.parse(fullFrom);
  return Array.from({ length: bins }, (_, bin) => {
    const [startMs, endMs] = [fromMs + bin * binMs, fromMs + (bin + 1) * binMs];
    const isKept = runs.some(({ start, toMs: lastMs }) => start.stampMs < endMs && lastMs >= startMs);
    return isKept && endMs > fullFromMs ? 0 : null;
  });
}

/** What is too new to be tallied, or was left so when its run ended. */
async function untallied(database: Asked, { start }: KeptRun, timeZone: TimeZone): Promise<Tally['known']> {
  const { toSeq: afterSeq, toStampMs: afterStampMs } = (await selectTallied(
    database,
    start.run,
    start.seq,
  )) ?? {
    ...{ toSeq: start.seq, toStampMs: start.stampMs },
  };
  const stretch = { epoch: start.epoch, afterSeq, afterStampMs, upToSeq: await runEnd(database, start) };
  const told = await selectTold(database, stretch, MOST_UNTALLIED);
  const rows = told.map(({ seq, stampMs, stored }) => ({ seq, stampMs, announcement: stored }));
  const repeats = await repeatsAmong(database, start, rows, timeZone);
  const fresh = told.filter(({ seq }) => !repeats.has(seq));
  return tallyOf({ seq: afterSeq, stampMs: afterStampMs }, fresh, () => true, timeZone).known;
}

const MOST_UNTALLIED = 5_000;
