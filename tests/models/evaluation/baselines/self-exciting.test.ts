/** The self-exciting process: the fit finds what was planted, and the forecast follows from it. */
import { describe, expect, it } from 'vitest';
import { Ground } from '../../../../models/evaluation/baselines/ground.ts';
import type { KnownPast } from '../../../../models/evaluation/baselines/known-past.ts';
import { fitSelfExcitingProcess } from '../../../../models/evaluation/baselines/self-exciting-fit.ts';
import { SELF_EXCITING_PROCESS } from '../../../../models/evaluation/baselines/self-exciting-process.ts';
import { seededRandom } from '../../../../models/evaluation/seeded-random.ts';
import { DAY_MS } from '../../../../shared/time.ts';
import { patch, START_MS } from '../../../support/known-incidents.ts';

const CELLS = patch(2);
const DAYS = 700;
const PLANTED = { offspring: 0.4, decayPerDay: 0.5 };

function backgroundPerDay(cell: number): number {
  return cell % 2 === 0 ? 0.4 : 0.1;
}

/** Brings on further incidents in the same cell, as often and as soon as the process says. */
function simulated(copies = 1): KnownPast {
  const random = seededRandom(8);
  const waiting = (rate: number): number => -Math.log(1 - random()) / rate;
  const incidents: { cell: number; day: number }[] = [];
  CELLS.forEach((_, cell) => {
    for (let day = waiting(backgroundPerDay(cell)); day < DAYS; day += waiting(backgroundPerDay(cell))) {
      const family = [day];
      for (const parent of family) {
        for (let chance = waiting(1); chance < PLANTED.offspring; chance += waiting(1)) {
          family.push(parent + waiting(PLANTED.decayPerDay));
        }
      }
      for (const at of family)
        if (at < DAYS) for (let c = 0; c < copies; c++) incidents.push({ cell, day: at });
    }
  });
  incidents.sort((one, other) => one.day - other.day);
  return {
    count: incidents.length,
    cell: Int32Array.from(incidents, ({ cell }) => cell),
    atMs: Float64Array.from(incidents, ({ day }) => START_MS + day * DAY_MS),
    eastMetres: new Float64Array(incidents.length),
    northMetres: new Float64Array(incidents.length),
  };
}

const untilMs = START_MS + DAYS * DAY_MS;

describe('fitSelfExcitingProcess', () => {
  it('finds how many an incident brings on, how soon, and each cell’s own rate', () => {
    const process = fitSelfExcitingProcess(simulated(), CELLS.length, untilMs, DAYS, 200);
    expect(Math.abs(process.offspring - PLANTED.offspring)).toBeLessThan(0.05);
    expect(Math.abs(process.decayPerDay - PLANTED.decayPerDay)).toBeLessThan(0.12);
    const mean = (parity: number): number => {
      const rates = process.backgroundPerDay.filter((_, cell) => cell % 2 === parity);
      return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    };
    expect(Math.abs(mean(0) - 0.4)).toBeLessThan(0.06);
    expect(Math.abs(mean(1) - 0.1)).toBeLessThan(0.03);
  });

  it('is not led astray by several reports of one event', () => {
    const process = fitSelfExcitingProcess(simulated(2), CELLS.length, untilMs, DAYS, 200);
    expect(process.decayPerDay).toBeLessThan(1);
    expect(process.offspring).toBeGreaterThan(0.2);
  });
});

describe('the self-exciting process', () => {
  it('raises a cell for a while after an incident, and no other', () => {
    const known = simulated();
    const ground = new Ground(CELLS);
    const { open, parameters } = SELF_EXCITING_PROCESS.fit({ ground, known, untilMs, windows: [] });
    const { offspring = NaN, decayPerDay = NaN } = parameters;
    const withOneMore: KnownPast = {
      ...known,
      count: known.count + 1,
      cell: Int32Array.of(...known.cell, 3),
      atMs: Float64Array.of(...known.atMs, untilMs - DAY_MS),
    };
    const window = { fromMs: untilMs, toMs: untilMs + DAY_MS };
    const [before, after] = [known, withOneMore].map((past) => open().at(past, window));
    const raised = (after?.[3] ?? NaN) - (before?.[3] ?? NaN);
    expect(raised).toBeCloseTo(offspring * Math.exp(-decayPerDay) * (1 - Math.exp(-decayPerDay)), 9);
    expect(after?.[4]).toBe(before?.[4]);
  });
});
