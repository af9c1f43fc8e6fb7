/** The history's decayed counts are what a recount from all incidents would give, whatever happened on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellHistory } from '../../../models/features/cell-history.ts';
import { countedAtMs, feedsModel, type CountedIncident } from '../../../models/features/counted-incident.ts';
import { HistoryUnreadable } from '../../../models/features/history-encoding.ts';
import { COUNTED_KERNELS, HALF_LIFE_DAYS } from '../../../models/features/kernels.ts';
import { neighbours, type Cell } from '../../../shared/cell.ts';
import { belongsTo, THEMES, type Theme } from '../../../shared/theme.ts';
import { DAY_MS, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
const CELLS = patch(2);

const anIncident = fc.record({
  cell: fc.constantFrom(...CELLS),
  // Far apart enough to make the history move its reference.
  occurredAtMs: fc.integer({ min: 0, max: 15 * 365 }).map((day) => START_MS + day * DAY_MS + 12_345_678),
  timePrecision: fc.constantFrom('minute', 'hour', 'day', 'month'),
  category: fc.constantFrom('burglary', 'robbery', 'anti-social-behaviour', 'drugs'),
  markers: fc.constantFrom([], ['knife' as const]),
  discovery: fc.constantFrom('reported', 'reported', 'officer', 'sensor'),
}) satisfies fc.Arbitrary<CountedIncident>;

function counted(history: CellHistory, theme: Theme, nowMs: number): number[][] {
  const { kernels } = history.countsOf(theme);
  const days = (nowMs - history.referenceMs) / DAY_MS;
  return history.cells.map((_, index) =>
    COUNTED_KERNELS.map(
      ({ halfLifeDays }, k) =>
        (kernels[index * COUNTED_KERNELS.length + k] ?? 0) * 2 ** (-days / halfLifeDays),
    ),
  );
}

function recounted(
  incidents: readonly CountedIncident[],
  cells: readonly Cell[],
  theme: Theme,
  nowMs: number,
): number[][] {
  const relevant = incidents.filter((incident) => feedsModel(incident) && belongsTo(theme, incident));
  return cells.map((cell) => {
    const around = neighbours(cell);
    return COUNTED_KERNELS.map(({ ring, halfLifeDays }) =>
      relevant
        .filter((incident) => (ring === 'own' ? incident.cell === cell : around.includes(incident.cell)))
        .filter(({ timePrecision }) => timePrecision !== 'month' || halfLifeDays >= 90)
        .reduce((sum, incident) => sum + 2 ** ((countedAtMs(incident) - nowMs) / DAY_MS / halfLifeDays), 0),
    );
  });
}

describe('CellHistory', { timeout: 60_000 }, () => {
  it('counts what a recount would, with late and removed incidents and a checkpoint on the way', () => {
    fc.assert(
      fc.property(
        fc.array(anIncident, { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(), { maxLength: 15 }),
        (incidents, removals) => {
          let history = new CellHistory({ timeZone });
          const left = [...incidents];
          incidents.forEach((incident, i) => {
            history.add(incident);
            if (i === Math.floor(incidents.length / 2)) {
              history = CellHistory.decode(history.encode(), { timeZone });
            }
          });
          for (const pick of removals) {
            const [removed] = left.splice(pick % Math.max(1, left.length), 1);
            if (removed !== undefined) history.remove(removed);
          }
          const nowMs = Math.max(...incidents.map(countedAtMs)) + DAY_MS;
          for (const theme of THEMES) {
            const ours = counted(history, theme, nowMs);
            recounted(left, history.cells, theme, nowMs).forEach((row, cell) => {
              row.forEach((count, k) => {
                expect(Math.abs((ours[cell]?.[k] ?? NaN) - count)).toBeLessThan(1e-9);
              });
            });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is exactly zero where nothing remains, whatever came and went', () => {
    fc.assert(
      fc.property(fc.array(anIncident, { minLength: 1, maxLength: 40 }), (incidents) => {
        const history = new CellHistory({ timeZone });
        for (const incident of incidents) history.add(incident);
        const stays = incidents[0];
        for (const incident of incidents.slice(1).toReversed()) history.remove(incident);
        const isLeft = stays !== undefined && feedsModel(stays);
        for (const theme of THEMES) {
          const { kernels, rhythm, level, hourOfWeek } = history.countsOf(theme);
          if (isLeft && belongsTo(theme, stays)) continue;
          expect([...kernels, ...rhythm, ...hourOfWeek].every((sum) => sum === 0)).toBe(true);
          expect(level).toEqual({ recent: 0, slow: 0, monthly: 0 });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('continues from a checkpoint bit for bit', () => {
    fc.assert(
      fc.property(
        fc.array(anIncident, { maxLength: 40 }),
        fc.array(anIncident, { maxLength: 40 }),
        (before, after) => {
          const history = new CellHistory({ timeZone });
          for (const incident of before) history.add(incident);
          const continued = CellHistory.decode(history.encode(), { timeZone });
          expect(continued.encode()).toEqual(history.encode());
          for (const incident of after) {
            history.add(incident);
            continued.add(incident);
          }
          expect(continued.cells).toEqual(history.cells);
          expect(continued.encode()).toEqual(history.encode());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps a closed area closed over a checkpoint', () => {
    const history = new CellHistory({ timeZone });
    history.add(knownIncident());
    history.closeArea();
    const continued = CellHistory.decode(history.encode(), { timeZone });
    continued.add(knownIncident({ cell: patch(3).at(-1) ?? '' }));
    expect(continued.size).toBe(1);
  });

  it('lets a closed area feel what happens beside it, and nothing further off', () => {
    const [middle = '', beside = ''] = CELLS;
    const history = new CellHistory({ timeZone });
    history.add(knownIncident({ cell: middle }));
    history.closeArea();
    history.add(knownIncident({ cell: beside }));
    const [row = []] = counted(history, 'all', START_MS);
    expect(row.slice(0, HALF_LIFE_DAYS.length)).toEqual(HALF_LIFE_DAYS.map(() => 1));
    expect(row.slice(HALF_LIFE_DAYS.length)).toEqual(HALF_LIFE_DAYS.map(() => 1));
    expect(history.countsOf('all').level.recent).toBe(1);
  });

  it('takes no notice of what officers or sensors found', () => {
    const history = new CellHistory({ timeZone });
    history.add(knownIncident({ discovery: 'officer' }));
    history.add(knownIncident({ discovery: 'sensor' }));
    expect(history.size).toBe(0);
  });

  it.each([
    ['of another time zone', (bytes: Uint8Array) => [bytes, new TimeZone('America/Chicago')] as const],
    ['that is cut short', (bytes: Uint8Array) => [bytes.slice(0, -3), timeZone] as const],
    ['that is something else', () => [new TextEncoder().encode('something else'), timeZone] as const],
  ])('refuses a checkpoint %s', (_, spoil) => {
    const history = new CellHistory({ timeZone });
    history.add(knownIncident());
    const [bytes, zone] = spoil(history.encode());
    expect(() => CellHistory.decode(bytes, { timeZone: zone })).toThrow(HistoryUnreadable);
  });
});
