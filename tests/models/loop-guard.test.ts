/**
 * What officers find where the forecast sent them must not send them there again (Lum & Isaac 2016; Ensign et al. 2018):
 * a simulated town in which every cell is alike, patrols follow the forecast and discoveries follow the patrols.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CellHistory } from '../../models/features/cell-history.ts';
import type { CountedIncident } from '../../models/features/counted-incident.ts';
import { featuresAt } from '../../models/features/feature-vector.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { patch, seededRandom, START_MS } from '../support/known-incidents.ts';

const CELLS = patch(5);
const DAYS = 240;
const WARM_UP_DAYS = 60;
/** Told of by the public, each day, wherever it may be. */
const REPORTED_PER_DAY = 40;
/** What a day's patrol finds in each cell that it is sent to. */
const FOUND_PER_PATROL = 2;
const PATROLS = 5;

/** The share of what is expected in the town that lies in the five cells patrolled most, on the last day. */
async function shareOfPatrolled(
  model: ForecastModel,
  discovery: CountedIncident['discovery'],
): Promise<number> {
  const random = seededRandom(5);
  const history = new CellHistory({ timeZone: new TimeZone('Europe/London') });
  const patrolled = new Map<string, number>();
  const happen = (cell: string, day: number, found: CountedIncident['discovery']): void => {
    const occurredAtMs = START_MS + day * DAY_MS + Math.floor(random() * 24) * HOUR_MS;
    history.add({
      cell,
      occurredAtMs,
      timePrecision: 'minute',
      category: 'burglary',
      markers: [],
      discovery: found,
    });
  };
  let expected: Float32Array = new Float32Array(0);
  for (let day = 0; day < DAYS; day++) {
    if (day >= WARM_UP_DAYS) {
      const fromMs = START_MS + day * DAY_MS;
      const features = featuresAt(history, 'all', { fromMs, toMs: fromMs + DAY_MS, nowMs: fromMs });
      expected = await model.expected(features, 'all');
      const sent = [...expected.keys()]
        .sort((a, b) => (expected[b] ?? 0) - (expected[a] ?? 0))
        .slice(0, PATROLS);
      for (const cell of sent.map((index) => history.cells[index] ?? '')) {
        patrolled.set(cell, (patrolled.get(cell) ?? 0) + 1);
        for (let find = 0; find < FOUND_PER_PATROL; find++) happen(cell, day, discovery);
      }
    }
    for (let i = 0; i < REPORTED_PER_DAY; i++)
      happen(CELLS[Math.floor(random() * CELLS.length)] ?? '', day, 'reported');
  }
  const most = [...patrolled].sort(([, a], [, b]) => b - a).slice(0, PATROLS);
  const sum = expected.reduce((total, value) => total + value, 0);
  return most.reduce((total, [cell]) => total + (expected[history.indexOf(cell)] ?? 0), 0) / sum;
}

describe('the loop guard', { timeout: 120_000 }, () => {
  let model: ForecastModel;
  beforeAll(async () => {
    model = await ForecastModel.load(join(import.meta.dirname, '../../models/artifacts'));
  });
  afterAll(() => model.close());
  const fair = PATROLS / CELLS.length;

  it('keeps the forecast from running away after its own patrols', async () => {
    expect(await shareOfPatrolled(model, 'officer')).toBeLessThan(2 * fair);
  });

  it('is needed: were the finds counted as reports, the patrolled places would draw the forecast to themselves', async () => {
    expect(await shareOfPatrolled(model, 'reported')).toBeGreaterThan(3 * fair);
  });
});
