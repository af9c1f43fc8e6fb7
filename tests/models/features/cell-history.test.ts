/** The history's decayed counts are what a recount from all incidents would give, whatever happened on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellHistory } from '../../../models/features/cell-history.ts';
import {
  countedAtMs,
  feedsModel,
  knowsHour,
  type CountedIncident,
} from '../../../models/features/counted-incident.ts';
import { RHYTHM_COUNT } from '../../../models/features/group-counts.ts';
import { HistoryUnreadable } from '../../../models/features/history-encoding.ts';
import {
  COUNTED_KERNELS,
  HALF_LIFE_DAYS,
  LEVEL_HALF_LIFE_DAYS,
  RHYTHM_HALF_LIFE_DAYS,
  SLOW_LEVEL_HALF_LIFE_DAYS,
} from '../../../models/features/kernels.ts';
import { neighbours, type Cell } from '../../../shared/cell.ts';
import { belongsTo, THEMES, type Theme } from '../../../shared/theme.ts';
import { DAY_MS, HOUR_MS, HOURS_PER_WEEK, TimeZone } from '../../../shared/time.ts';
import { knownIncident, patch, START_MS } from '../../support/known-incidents.ts';

const timeZone = new TimeZone('Europe/London');
const CELLS = patch(2);

const anIncident = fc.record({
  cell: fc.constantFrom(...CELLS),
  // Far apart enough to make the history move its reference.
  occurredAtMs: fc.integer({ min: 0, max: 15 * 365 * 24 }).map((hour) => START_MS + hour * HOUR_MS + 345_678),
  timePrecision: fc.constantFrom('minute', 'hour', 'day', 'month'),
  category: fc.constantFrom('burglary', 'robbery', 'anti-social-behaviour', 'drugs'),
  markers: fc.constantFrom([], ['knife' as const]),
  discovery: fc.constantFrom('reported', 'reported', 'officer', 'sensor'),
}) satisfies fc.Arbitrary<CountedIncident>;

const anEvent = fc.record({
  act: fc.constantFrom('tell', 'tell', 'tell', 'correct', 'cancel', 'restart'),
  incident: anIncident,
  pick: fc.nat(),
});

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

/** All sums of a theme, brought to now: the cells' kernels, their rhythms, the area's hours of the week and its level. */
function decayed(history: CellHistory, theme: Theme, nowMs: number): number[] {
  if (history.size === 0) return [];
  const { rhythm, hourOfWeek, level } = history.countsOf(theme);
  const days = (nowMs - history.referenceMs) / DAY_MS;
  const to = (halfLifeDays: number) => (sum: number) => sum * 2 ** (-days / halfLifeDays);
  const rhythms = [...rhythm.subarray(0, history.size * RHYTHM_COUNT), ...hourOfWeek];
  return [
    ...counted(history, theme, nowMs).flat(),
    ...rhythms.map(to(RHYTHM_HALF_LIFE_DAYS)),
    to(LEVEL_HALF_LIFE_DAYS)(level.recent),
    ...[level.slow, level.monthly].map(to(SLOW_LEVEL_HALF_LIFE_DAYS)),
  ];
}

/** The same, by the definition of each sum. */
function recounted(
  incidents: readonly CountedIncident[],
  cells: readonly Cell[],
  theme: Theme,
  nowMs: number,
): number[] {
  if (cells.length === 0) return [];
  const relevant = incidents.filter((incident) => feedsModel(incident) && belongsTo(theme, incident));
  const sumOf = (halfLifeDays: number, counts: (incident: CountedIncident) => boolean): number =>
    relevant
      .filter(counts)
      .reduce((sum, incident) => sum + 2 ** ((countedAtMs(incident) - nowMs) / DAY_MS / halfLifeDays), 0);
  const isMonth = ({ timePrecision }: CountedIncident): boolean => timePrecision === 'month';
  const hourly = relevant.filter(knowsHour).map((incident) => ({
    incident,
    local: timeZone.localTime(incident.occurredAtMs),
  }));
  const rhythmOf = (counts: (one: (typeof hourly)[number]) => boolean): number => {
    const those = new Set(hourly.filter(counts).map(({ incident }) => incident));
    return sumOf(RHYTHM_HALF_LIFE_DAYS, (incident) => those.has(incident));
  };
  const kernels = cells.flatMap((cell) => {
    const around = neighbours(cell);
    return COUNTED_KERNELS.map(({ ring, halfLifeDays }) =>
      sumOf(halfLifeDays, (incident) => {
        const isNear = ring === 'own' ? incident.cell === cell : around.includes(incident.cell);
        return isNear && (!isMonth(incident) || halfLifeDays >= 90);
      }),
    );
  });
  const rhythms = cells.flatMap((cell) => [
    ...[0, 1, 2, 3].map((quarter) =>
      rhythmOf(
        ({ incident, local }) => incident.cell === cell && Math.floor(local.hourOfDay / 6) === quarter,
      ),
    ),
    rhythmOf(({ incident, local }) => incident.cell === cell && local.isWeekend),
  ]);
  const week = Array.from({ length: HOURS_PER_WEEK }, (_, hour) =>
    rhythmOf(({ local }) => local.hourOfWeek === hour),
  );
  return [
    ...kernels,
    ...rhythms,
    ...week,
    sumOf(LEVEL_HALF_LIFE_DAYS, (incident) => !isMonth(incident)),
    sumOf(SLOW_LEVEL_HALF_LIFE_DAYS, (incident) => !isMonth(incident)),
    sumOf(SLOW_LEVEL_HALF_LIFE_DAYS, isMonth),
  ];
}

describe('CellHistory', { timeout: 60_000 }, () => {
  it('holds what a recount would, though incidents come late, are corrected or cancelled, and it restarts', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { minLength: 1, maxLength: 80, size: 'max' }), (events) => {
        let history = new CellHistory({ timeZone });
        const standing: CountedIncident[] = [];
        let nowMs = START_MS;
        for (const { act, incident, pick } of events) {
          if (act === 'restart') history = CellHistory.decode(history.encode(), { timeZone });
          if (act === 'correct' || act === 'cancel') {
            const [superseded] = standing.splice(pick % Math.max(1, standing.length), 1);
            if (superseded !== undefined) history.remove(superseded);
          }
          if (act === 'tell' || act === 'correct') {
            history.add(incident);
            standing.push(incident);
            nowMs = Math.max(nowMs, countedAtMs(incident));
          }
        }
        for (const theme of THEMES) {
          const ours = decayed(history, theme, nowMs + DAY_MS);
          const scratch = recounted(standing, history.cells, theme, nowMs + DAY_MS);
          expect(ours.length).toBe(scratch.length);
          ours.forEach((sum, i) => {
            expect(Math.abs(sum - (scratch[i] ?? NaN))).toBeLessThan(1e-9);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is exactly zero where nothing remains, whatever came and went', () => {
    fc.assert(
      fc.property(fc.array(anIncident, { minLength: 1, maxLength: 40, size: 'max' }), (incidents) => {
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
        fc.array(anIncident, { maxLength: 40, size: 'max' }),
        fc.array(anIncident, { maxLength: 40, size: 'max' }),
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
