/** The scorecard stage: scores what has closed or settled, a little at a time, and judges what has settled. */
import { setImmediate } from 'node:timers/promises';
import { TimeZone } from '../../shared/time.ts';
import type { Services } from '../services.ts';
import { IngestWatermark } from '../feeds/ingest-watermark.ts';
import { repeat } from '../repeat.ts';
import { selectDrifting } from '../store/drift-store.ts';
import { DriftWatch } from './drift-watch.ts';
import { WindowScores } from './score-window.ts';

const EVERY_MS = 1_000;
/** Of each second: the tick, ingest and gateway share the machine, and a backlog can wait. */
const BUSY_MS = 500;

type Needs = Pick<Services, 'clock' | 'config' | 'connection' | 'database' | 'log' | 'model'>;

/** Runs until the signal is aborted. Several processes may: each window is taken by one of them. */
export async function keepScore(
  services: Needs,
  signal: AbortSignal,
  working: (notice?: string) => void,
): Promise<void> {
  const { connection, database, clock, config, log } = services;
  const timeZone = new TimeZone(config.timeZone);
  const watermark = await IngestWatermark.open(connection, database, clock);
  const scores = new WindowScores(database, timeZone);
  const drifts = new DriftWatch({ database, timeZone, setting: config.forecastDrift, log });
  const round = async (): Promise<void> => {
    const knownMs = await watermark.read();
    const beganMs = performance.now();
    while (knownMs > -Infinity && !signal.aborted && performance.now() - beganMs < BUSY_MS) {
      const scored = await scores.next(knownMs, () => setImmediate());
      if (scored === undefined) break;
      if (!scored.settled) continue;
      for (const { theme, modelId } of scored.forecasts) await drifts.judge({ ...scored, theme }, modelId);
    }
    working(await driftNotice(services));
  };
  await repeat(round, EVERY_MS, signal);
}

async function driftNotice({ database, model, config }: Needs): Promise<string> {
  if ('unavailable' in model || config.forecastDrift.act === 'none') return '';
  const { length } = await selectDrifting(database, model.loaded.id);
  return length === 0 ? '' : `${length} of the forecasts drift: see /api/scorecard`;
}
