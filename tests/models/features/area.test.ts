/** The area grows with incidents, closes its holes, and never chooses cells from what comes after it was closed. */
import { describe, expect, it } from 'vitest';
import { Area } from '../../../models/features/area.ts';
import { neighbours } from '../../../shared/cell.ts';
import { patch } from '../../support/known-incidents.ts';

const [middle = '', ...ring] = patch(1);

describe('Area', () => {
  it('takes in a cell once five of its neighbours are inside, and says so in its order', () => {
    const area = new Area();
    ring.slice(0, 4).forEach((cell) => area.take(cell));
    expect(area.indexOf(middle)).toBe(-1);
    expect(area.take(ring[4] ?? '')).toBe(4);
    expect(area.indexOf(middle)).toBe(5);
    expect(area.cells).toEqual([...ring.slice(0, 5), middle]);
  });

  it('knows the neighbours of each cell, in both directions', () => {
    const area = new Area();
    patch(3).forEach((cell) => area.take(cell));
    area.cells.forEach((cell, index) => {
      const inside = neighbours(cell).filter((other) => area.indexOf(other) >= 0);
      const known = [...area.neighbourRow(index)]
        .filter((other) => other >= 0)
        .map((other) => area.cells[other]);
      expect(known.toSorted()).toEqual(inside.toSorted());
    });
  });

  it('takes in what is enclosed when it is closed, and leaves the open', () => {
    const area = new Area();
    const outer = patch(4).filter((cell) => !patch(3).includes(cell));
    outer.forEach((cell) => area.take(cell));
    expect(area.size).toBe(24);
    area.close();
    expect(area.cells.toSorted()).toEqual(patch(4).toSorted());
  });

  it('leaves a gap open that leads outside', () => {
    const area = new Area();
    const outer = patch(4).filter((cell) => !patch(3).includes(cell));
    outer.slice(2).forEach((cell) => area.take(cell));
    area.close();
    expect(area.size).toBe(22);
  });

  it('stays as it is once closed', () => {
    const area = new Area();
    area.take(middle);
    area.close();
    expect(area.take(ring[0] ?? '')).toBe(-1);
    expect(area.size).toBe(1);
  });
});
