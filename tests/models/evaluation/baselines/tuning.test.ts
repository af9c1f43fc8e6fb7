/** Tuning takes the map that would have forecast the training period best, and spreads no more evenly than helps. */
import { describe, expect, it } from 'vitest';
import type { TuningWindow } from '../../../../models/evaluation/baselines/baseline.ts';
import { tune } from '../../../../models/evaluation/baselines/tuning.ts';

function candidate(name: number, map: number[]): Parameters<typeof tune>[0][number] {
  return { parameters: { name }, open: () => ({ at: () => Float64Array.from(map) }) };
}

function windows(...observed: number[][]): TuningWindow[] {
  const nothing = new Float64Array(0);
  const known = {
    count: 0,
    cell: new Int32Array(0),
    eastMetres: nothing,
    northMetres: nothing,
    atMs: nothing,
  };
  return observed.map((counts, w) => ({
    window: { fromMs: w, toMs: w + 1 },
    known,
    observed: Uint16Array.from(counts),
  }));
}

describe('tune', () => {
  it('chooses by what came, not by where it came last', () => {
    const candidates = [candidate(1, [8, 1, 1]), candidate(2, [1, 8, 1]), candidate(3, [1, 1, 8])];
    const came = windows([0, 2, 0], [0, 3, 0], [0, 0, 1]);
    expect(tune(candidates, came).parameters).toEqual({ name: 2 });
  });

  it('spreads more evenly, the more comes where the map has nothing', () => {
    const sharp = [candidate(1, [1, 0, 0, 0])];
    expect(tune(sharp, windows([100, 0, 0, 0])).evenSpread).toBe(0.003);
    expect(tune(sharp, windows([9, 1, 0, 0])).evenSpread).toBe(0.1);
    expect(tune(sharp, windows([5, 2, 2, 2])).evenSpread).toBe(0.2);
  });

  it('does with an empty map what an even one does', () => {
    const came = windows([1, 1, 1]);
    expect(tune([candidate(1, [0, 0, 0]), candidate(2, [9, 0, 0])], came).parameters).toEqual({ name: 1 });
  });
});
