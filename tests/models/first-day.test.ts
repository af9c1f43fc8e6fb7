/** With the shipped artefact a force is forecast from its first hours on, right in number after a day, and in numbers though its feed falls silent. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CellHistory } from '../../models/features/cell-history.ts';
import type { KnownIncident } from '../../models/features/counted-incident.ts';
import { featuresAt, KERNEL_NAMES } from '../../models/features/feature-vector.ts';
import { ForecastModel } from '../../models/onnx-model.ts';
import { belongsTo, THEMES, type Theme } from '../../shared/theme.ts';
import { DAY_MS, HOUR_MS, TimeZone } from '../../shared/time.ts';
import { knownIncident, patch, seededRandom, START_MS } from '../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
const CELLS = patch(6);
const PER_DAY = 200;
const HORIZON_HOURS = [1, 8, 24] as const;
const CATEGORIES = [
  'burglary',
  'violence',
  'anti-social-behaviour',
  'other-theft',
  'sexual-offences',
] as const;

/** From midnight on, three times as many an hour from 14:00 to 22:00 as in the other hours, most of them in few cells. */
function past(days: number): KnownIncident[] {
  const random = seededRandom(4);
  const isBusy = (hour: number): boolean => hour >= 14 && hour < 22;
  const perHour = PER_DAY / (8 * 3 + 16);
  return Array.from({ length: days * 24 }, (_, hour) =>
    Array.from({ length: Math.round(perHour * (isBusy(hour % 24) ? 3 : 1)) }, () =>
      knownIncident({
        cell: CELLS[Math.floor(random() ** 3 * CELLS.length)] ?? '',
        occurredAtMs: START_MS + Math.floor((hour + random()) * HOUR_MS),
        category: CATEGORIES[Math.floor(random() * CATEGORIES.length)] ?? 'other',
        markers: random() < 0.1 ? ['knife'] : [],
      }),
    ),
  ).flat();
}

describe('the shipped model', { timeout: 60_000 }, () => {
  let model: ForecastModel;
  beforeAll(async () => {
    model = await ForecastModel.load(join(import.meta.dirname, '../../models/artifacts'));
  });
  afterAll(() => model.close());

  const told = (incidents: readonly KnownIncident[]): CellHistory => {
    const history = new CellHistory({ timeZone });
    for (const incident of incidents) history.add(incident);
    return history;
  };

  async function expectedIn(
    history: CellHistory,
    theme: Theme,
    nowMs: number,
    hours: number,
  ): Promise<number> {
    const window = { fromMs: nowMs, toMs: nowMs + hours * HOUR_MS, nowMs };
    const expected = await model.expected(featuresAt(history, theme, window), theme);
    return expected.reduce((sum, mean) => sum + mean, 0);
  }

  it('expects after one day as many as that day brought, of each theme', async () => {
    const incidents = past(1);
    const history = told(incidents);
    for (const theme of THEMES) {
      const brought = incidents.filter((incident) => belongsTo(theme, incident)).length;
      expect(brought, theme).toBeGreaterThan(15);
      const ratio = (await expectedIn(history, theme, START_MS + DAY_MS, 24)) / brought;
      expect(Math.abs(ratio - 1), `${theme} ${String(ratio)}`).toBeLessThan(0.15);
    }
  });

  it('expects in the hours of a day as many as in that day', async () => {
    const history = told(past(1));
    const nowMs = START_MS + DAY_MS;
    const perDay = await expectedIn(history, 'all', nowMs, 24);
    for (const hours of [1, 8]) {
      let sum = 0;
      for (let from = 0; from < 24; from += hours) {
        const fromMs = nowMs + from * HOUR_MS;
        const window = { fromMs, toMs: fromMs + hours * HOUR_MS, nowMs };
        const expected = await model.expected(featuresAt(history, 'all', window), 'all');
        sum += expected.reduce((total, mean) => total + mean, 0);
      }
      expect(Math.abs(sum / perDay - 1), `${String(hours)} h`).toBeLessThan(0.1);
    }
  });

  it('follows from its first hour on where incidents happen', async () => {
    const morning = past(1).filter(({ occurredAtMs }) => occurredAtMs < START_MS + 3 * HOUR_MS);
    const history = told(morning);
    const nowMs = START_MS + 3 * HOUR_MS;
    const window = { fromMs: nowMs, toMs: nowMs + HOUR_MS, nowMs };
    const expected = await model.expected(featuresAt(history, 'all', window), 'all');
    const sum = expected.reduce((total, mean) => total + mean, 0);
    expect(sum).toBeGreaterThan(morning.length / 6);
    expect(sum).toBeLessThan(morning.length / 1.5);
    const counts = history.cells.map((cell) => morning.filter((incident) => incident.cell === cell).length);
    const busiest = counts.indexOf(Math.max(...counts));
    expect(expected.indexOf(Math.max(...expected))).toBe(busiest);
  });

  it.each([
    ['a feed that is 45 days late', 400, 45],
    ['a feed of one day that fell silent for a year', 1, 365],
  ])('gives numbers, and terms that sum to them, for %s', async (_, days, silentDays) => {
    const history = told(past(days));
    const nowMs = START_MS + (days + silentDays) * DAY_MS;
    for (const theme of THEMES) {
      for (const hours of HORIZON_HOURS) {
        const window = { fromMs: nowMs, toMs: nowMs + hours * HOUR_MS, nowMs };
        const features = featuresAt(history, theme, window);
        const { expected, contributions } = await model.predict(features, theme);
        const width = KERNEL_NAMES.length + 1;
        expect(expected.every((mean) => Number.isFinite(mean) && mean > 0)).toBe(true);
        const farthest = expected.reduce((most, mean, cell) => {
          const terms = contributions.subarray(cell * width, (cell + 1) * width);
          const sum = terms.reduce((total, term) => total + term, 0);
          return Math.max(most, Math.abs(sum - mean) / Math.max(1, mean));
        }, 0);
        expect(farthest).toBeLessThan(1e-6);
      }
    }
  });
});
