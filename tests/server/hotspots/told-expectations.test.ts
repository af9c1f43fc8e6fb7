/** What LIVE was told of cells outlives the forecaster: in its checkpoint, and in what LIVE was told after that. */
import { expect, it } from 'vitest';
import { ToldExpectations } from '../../../server/hotspots/told-expectations.ts';
import { ranking } from '../../support/rankings.ts';

const CELLS = ['89194ad326fffff', '89194ad32abffff'];
const SUBJECT = { force: 'kent', theme: 'all', horizonHours: 8 } as const;

function toldOnce(): ToldExpectations {
  const told = new ToldExpectations();
  told.of(SUBJECT).take(CELLS, Float32Array.of(1, 2));
  told.of({ ...SUBJECT, force: 'surrey' }).take(CELLS, Float32Array.of(5, 5));
  told.reached(70);
  told.reached(69);
  return told;
}

it('knows after a checkpoint what was told, of each force apart, and up to where', () => {
  const told = ToldExpectations.decode(toldOnce().encode());
  expect(told.seq).toBe(70);
  expect(told.of(SUBJECT).take(CELLS, Float32Array.of(1.01, 2.5))).toEqual([[CELLS[1], 2.5]]);
  expect(told.of({ ...SUBJECT, force: 'surrey' }).take(CELLS, Float32Array.of(5, 5))).toEqual([]);
  expect(told.of({ ...SUBJECT, theme: 'asb' }).take(CELLS, Float32Array.of(1, 2))).toHaveLength(2);
});

it('takes in what was told after the checkpoint, the later after the earlier', async () => {
  const told = ToldExpectations.decode(toldOnce().encode());
  const [cell = ''] = CELLS;
  const later = [9, 1.5].map((expected, n) => ({
    ...{
      seq: 71 + n,
      announcement: { ...ranking(SUBJECT, 0), moved: [[cell, expected]] as [string, number][] },
    },
  }));
  await told.takeIn(listed(later), () => CELLS);
  expect(told.seq).toBe(72);
  // A checkpoint before the next tick has it, too.
  const again = ToldExpectations.decode(told.encode());
  expect(again.of(SUBJECT).take(CELLS, Float32Array.of(1.5, 2))).toEqual([]);
});

async function* listed<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

it('knows nothing without a checkpoint, and leaves none where it does not know what LIVE heard', () => {
  expect(ToldExpectations.decode([]).of(SUBJECT).take(CELLS, Float32Array.of(1, 2))).toHaveLength(2);
  expect(ToldExpectations.decode([]).seq).toBeUndefined();
  const told = toldOnce();
  told.doubt();
  expect(told.encode()).toEqual([]);
});
